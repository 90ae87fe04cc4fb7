import type { Look } from '../../engine/session';
import type { SessionBridge } from '../../engine/session-spawn';
import { OneAtATime } from '../../lib/one-at-a-time';
import { asked_s, watchedOf, type PumpSession } from '../../store/pump-session';
import { Seconds } from '../../store/seconds.svelte';

/**
 * What the engine sees of the session, asked anew every second and at each tap; a slow phone skips seconds. Made in a
 * component; it ends with it.
 */
export class Looking {
  look = $state.raw<Look | null>(null);
  problem = $state('');
  #present: Seconds;
  #questions = new OneAtATime();

  constructor(engine: () => SessionBridge, session: () => PumpSession | null) {
    this.#present = new Seconds(() => session()?.ended_ms === null);
    $effect(() => {
      const current = session();
      const now_s = current && asked_s(current, Math.max(this.#present.now_ms, Date.now()));
      if (current && now_s !== null) void this.#questions.do(() => this.#ask(engine(), current, now_s));
    });
  }

  get now_ms(): number {
    return this.#present.now_ms;
  }

  async #ask(engine: SessionBridge, session: PumpSession, now_s: number): Promise<void> {
    const answer = await engine.call('look', [watchedOf(session), now_s]);
    if (answer.ok) this.look = answer.value;
    this.problem = answer.ok ? '' : answer.problem.text;
  }
}
