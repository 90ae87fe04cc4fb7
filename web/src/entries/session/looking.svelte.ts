import type { Look } from '../../engine/session';
import type { SessionBridge } from '../../engine/session-spawn';
import { seconds, watchedOf, type PumpSession } from '../../store/pump-session';
import { Seconds } from '../../store/seconds.svelte';

/** What the engine sees of the session, asked anew every second and at each tap. Made in a component; it ends with it. */
export class Looking {
  look = $state.raw<Look | null>(null);
  problem = $state('');
  #present: Seconds;
  #asking = false;

  constructor(engine: () => SessionBridge, session: () => PumpSession | null) {
    this.#present = new Seconds(() => session()?.ended_ms === null);
    $effect(() => {
      const current = session();
      if (current) void this.#ask(engine(), current, seconds(current, this.#present.now_ms));
    });
  }

  get now_ms(): number {
    return this.#present.now_ms;
  }

  /** One question at a time: a slow phone skips seconds, it does not queue them. */
  async #ask(engine: SessionBridge, session: PumpSession, now_s: number): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    const answer = await engine.call('look', [watchedOf(session), now_s]);
    this.#asking = false;
    if (answer.ok) this.look = answer.value;
    this.problem = answer.ok ? '' : answer.problem.text;
  }
}
