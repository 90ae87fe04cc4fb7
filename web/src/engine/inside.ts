/** A look inside: a session of a simulated woman, as it is asked for and as it comes out, second by second. */

import { boolean, count, list, nullable, number, object, type Infer } from '../lib/validate';

export type At = 'pump' | 'baby' | 'hand' | 'none';

export interface InsideSettings {
  readonly left: At;
  readonly right: At;
  readonly minutes: number;
  /** Milk in each breast against what it holds when full. */
  readonly fullness: number;
  /** Against the strongest that is comfortable. */
  readonly vacuum: number;
  readonly suck: number;
  readonly massage: number;
  readonly cues: number;
  readonly stress: number;
  readonly pain: number;
  readonly seed: number;
}

const stand = object({ alveoli_ml: list(number), ducts_ml: list(number), taken_ml: list(number) });

export const inside = object({
  frames: object({
    t_s: list(count),
    both: stand,
    left: stand,
    right: stand,
    oxytocin: list(number),
    contraction: list(number),
    drive: list(number),
    charge: list(number),
  }),
  let_downs: list(object({ at_s: number, volume_ml: number, felt: boolean, visible: boolean })),
  first_s: nullable(number),
  slowed_s: nullable(number),
  totals: object({
    available_ml: number,
    taken_ml: number,
    left_ml: number,
    right_ml: number,
    left_in_ml: number,
    made_ml: number,
    holds_ml: number,
    seconds: number,
  }),
});

export type Inside = Infer<typeof inside>;
