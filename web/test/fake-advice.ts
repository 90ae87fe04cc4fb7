/** A stand-in for the adviser's WASM: the contract's manners, not its mathematics. No release contains it. */

import type { AdviceEngine } from '../src/engine/advice/contract';
import { Engine, TRIAL_SESSIONS } from './fake-engine';
import { RAISE } from './fake-plan';
import { ANSWERS } from './retraining-answers';

const nothingYet = () => {
  throw new Error('This stand-in does not advise on that.');
};

/** What-if and what the log says are those of the engine's stand-in. */
export class Advice extends Engine implements AdviceEngine {
  #plan: { readonly goal: string } | null = null;
  plan = (wish: string) => JSON.stringify((this.#plan = { ...RAISE, ...(JSON.parse(wish) as { goal: string }) }));
  followed = (now: string) =>
    (JSON.parse(this.find('{"kind":"plan"}', now)) as unknown[]).length === 0
      ? 'null'
      : JSON.stringify({ goal: 'raise', since: now.slice(0, 10), days: 0, planned_per_day: 8, came_per_day: 0, seldom: [], says: 'Planned.' });
  keep_plan = (now: string, random: Uint8Array) => this.log('plan', JSON.stringify({ goal: this.#plan?.goal }), now, random);
  plan_calendar = () => 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n';
  /** Her tries are the log's; the rest is that of a mother who has not begun. */
  retraining = (asked: string, now: string) => {
    const { to = 'nursing', within_min = 5 } = JSON.parse(asked) as { to?: string; within_min?: number };
    const nursings = (JSON.parse(this.sessions(now, 200)) as { kind: string; at: string; body: Record<string, unknown> }[]).filter(({ kind }) => kind === 'nurse');
    const tries = nursings.flatMap(({ at, body }) => {
      const after_s = typeof body['first_let_down_s'] === 'number' ? body['first_let_down_s'] : null;
      if (after_s === null && body['let_down'] === undefined) return [];
      return [{ at, after_s, came: after_s === null ? body['let_down'] === true : after_s <= 60 * within_min, set_aside: false }];
    });
    const answer = JSON.stringify({ ...ANSWERS.notBegun, now, to, within_min, tries: tries.reverse() });
    return answer.replaceAll('within 5 minutes', `within ${String(within_min)} minutes`);
  };
  page_of_trial = nothingYet;
  report = nothingYet;

  plan_trial(asked: string): string {
    const { question, smallest_percent } = JSON.parse(asked) as { question: string; smallest_percent: number };
    const asks = `Do sessions with ${question} bring more milk?`;
    return JSON.stringify({
      asks, by_day: false, smallest_percent, noise_from: 0, sessions: TRIAL_SESSIONS, days: null, power: 0.8, red_flags: [], cannot_tell: [],
      says: `${asks} About ${String(TRIAL_SESSIONS)} sessions. It would be told.`,
    });
  }

  start_trial(asked: string, now: string, random: Uint8Array): string {
    const { question } = JSON.parse(asked) as { question: string };
    return this.log('trial', JSON.stringify({ technique: question, state: 'running' }), now, random);
  }
}

export default function init(options: { module_or_path: unknown }): Promise<unknown> {
  return Promise.resolve(options);
}
