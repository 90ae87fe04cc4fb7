/** A stand-in for the adviser's WASM: the contract's manners, not its mathematics. No release contains it. */

import type { AdviceEngine } from '../src/engine/advice/contract';
import { Engine } from './fake-engine';
import { ANSWERS } from './retraining-answers';

const nothingYet = () => {
  throw new Error('This stand-in does not advise on that.');
};

/** What-if and what the log says are those of the engine's stand-in. */
export class Advice extends Engine implements AdviceEngine {
  plan = nothingYet;
  followed = () => 'null';
  keep_plan = nothingYet;
  plan_calendar = nothingYet;
  /** Her tries are the log's; the rest is that of a mother who has not begun. */
  retraining = (asked: string, now: string) => {
    const { to = 'nursing', within_min = 5 } = JSON.parse(asked) as { to?: string; within_min?: number };
    const nursings = (JSON.parse(this.sessions(now, 200)) as { kind: string; at: string; body: Record<string, unknown> }[]).filter(({ kind }) => kind === 'nurse');
    const tries = nursings.flatMap(({ at, body }) => {
      const after_s = typeof body['first_let_down_s'] === 'number' ? body['first_let_down_s'] : null;
      if (after_s === null && body['let_down'] === undefined) return [];
      return [{ at, after_s, came: after_s === null ? body['let_down'] === true : after_s <= 60 * within_min, set_aside: false }];
    });
    return JSON.stringify({ ...ANSWERS.notBegun, now, to, within_min, tries: tries.reverse() });
  };
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
