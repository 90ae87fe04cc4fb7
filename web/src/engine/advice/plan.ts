/** A plan and what came of the one before, as the engine answers it. Loaded with the place that shows it. */

import { boolean, list, nullable, number, object, oneOf, string, count, type Infer } from '../../lib/validate';
import { likely, moment, twin } from '../shapes';

export const GOALS = ['raise', 'hold', 'work', 'home', 'stash', 'wean', 'retrain'] as const;
export type Goal = (typeof GOALS)[number];

const goal = oneOf(...GOALS);

/** A pump session of a day: its hour, `06:30`; `home`: the hour at home, where her clock shows another zone. */
const line = object({ clock: string, minutes: number, technique: nullable(string), why: string, home: nullable(string) });

export const followed = object({
  goal,
  since: string,
  days: count,
  planned_per_day: number,
  came_per_day: number,
  /** Hours at which a session came on fewer than half of the days. */
  seldom: list(string),
});

export const plan = object({
  goal,
  until: string,
  target_ml: nullable(number),
  reaches: nullable(boolean),
  schedule: list(object({ at: moment, minutes: number, technique: nullable(string) })),
  days: list(object({ when: string, sessions: list(line) })),
  /** `null` where advice stops, and where no milk is counted. */
  expected: nullable(
    object({
      ml_per_day: likely,
      as_now_ml_per_day: likely,
      change_range_ml: likely,
      more_in_all_ml: likely,
      cost_min_per_day: number,
      minutes_per_day: number,
      sessions_per_day: number,
      full_h_per_day: number,
    }),
  ),
  next_best: list(object({ says: string })),
  if_missed: nullable(object({ says: string })),
  /** What her babies may drink a day: intake, where the goal goes by that. */
  needs: nullable(object({ babies: list(object({ ml_per_day: number })), ml_per_day: likely, says: string })),
  /** A journey to another zone, where one was asked for. */
  travel: nullable(object({ zone: string, says: string })),
  /** Which breast to begin with, where the log tells. */
  first_side: nullable(object({ first: oneOf('left', 'right'), says: string })),
  /** What is put by, and which to use first. */
  stash: nullable(object({ says: string })),
  reasons: list(object({ text: string, source: string, grade: string })),
  limits_hit: list(object({ rule: string, text: string })),
  assumed: nullable(string),
  data_age_h: nullable(number),
  twin,
  says: string,
});

export type Plan = Infer<typeof plan>;
export type PlanLine = Infer<typeof line>;
export type Expected = NonNullable<Plan['expected']>;
export type Followed = Infer<typeof followed>;
