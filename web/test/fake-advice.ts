/** A stand-in for the adviser's WASM: the contract's manners, not its mathematics. No release contains it. */

import type { AdviceEngine } from '../src/engine/advice/contract';
import { Engine } from './fake-engine';

const nothingYet = () => {
  throw new Error('This stand-in does not advise on that.');
};

/** What-if and what the log says are those of the engine's stand-in. */
export class Advice extends Engine implements AdviceEngine {
  plan = nothingYet;
  followed = () => 'null';
  keep_plan = nothingYet;
  plan_calendar = nothingYet;
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
