/** A stand-in for the adviser's WASM: the contract's manners, not its mathematics. No release contains it. */

import type { AdviceEngine } from '../src/engine/advice/contract';
import { Engine } from './fake-engine';
import { RAISE } from './fake-plan';

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
  retraining = nothingYet;
  trials = () => '[]';
  plan_trial = nothingYet;
  start_trial = nothingYet;
  next_of_trial = nothingYet;
  page_of_trial = nothingYet;
  turn_trial = nothingYet;
  report = nothingYet;
}

export default function init(options: { module_or_path: unknown }): Promise<unknown> {
  return Promise.resolve(options);
}
