/** How a reflex is retrained, as the engine answers it. Loaded with the place that shows it. */

import { boolean, count, list, nullable, number, object, oneOf, string, type Infer } from '../../lib/validate';
import { moment } from '../shapes';

/** Of 100 tries: the middle of 80 in 100 women who may be her, and all of them on average. */
const chance = object({ p10: number, p50: number, p90: number, mean: number });

const to = oneOf('nursing', 'pump');

/** A step as the model expects it; days are `null` beyond six weeks. */
const ahead = object({
  rung: string,
  title: string,
  days: list(nullable(count)),
  beside: count,
  trouble_min_per_day: number,
  learned_in_a_week: number,
});

export const programme = object({
  now: moment,
  to,
  within_min: number,
  state: oneOf('nothing_logged', 'not_begun', 'on_the_way', 'set_back', 'done', 'stopped'),
  says: string,
  stopped: list(string),
  limits: list(string),
  chance: nullable(chance),
  tries: list(object({ at: moment, after_s: nullable(number), came: boolean, set_aside: boolean })),
  done_rule: string,
  done_on: nullable(string),
  curve: list(object({ date: string, chance, ahead: boolean })),
  next: nullable(
    object({
      step: object({
        title: string,
        does: string,
        why: string,
        source: string,
        grade: string,
        log: string,
        go_on: string,
        go_back: string,
      }),
      ahead,
      says: string,
    }),
  ),
  options: list(ahead),
  setbacks: list(object({ what: string, chance, says: string })),
  evidence: object({ pump: count, beside: count, nursing: count, seen: count }),
  unmeasured: string,
  data_age_h: nullable(number),
});

export type Programme = Infer<typeof programme>;
export type Chance = Infer<typeof chance>;
export type Aim = Infer<typeof to>;
