/** The numbers of the page for a consultant, as whoever advises answers. Loaded with the place that shows it. */

import { boolean, count, list, nullable, number, object, string, type Infer } from '../../lib/validate';

/** What was logged: the middle, the least and the most, of `n`. */
const seen = object({ middle: number, least: number, most: number, n: count });

/** What is reckoned: 8 of 10 lie from `p10` to `p90`. */
const range = object({ p10: number, p50: number, p90: number });

const day = object({
  date: string,
  logged: boolean,
  /** Output (mL). */
  output_ml: nullable(number),
  whole: boolean,
  pumpings: count,
  nursings: count,
});

const removed = object({
  days: list(day),
  pumpings_per_day: nullable(seen),
  pump_minutes_per_day: nullable(seen),
  session_minutes: nullable(seen),
  output_ml_per_day: nullable(seen),
  usual_output_ml: nullable(range),
  session_ml: nullable(seen),
  nursings_per_day: nullable(seen),
  longest_gap_h: nullable(seen),
  days_in_part: count,
});

const supply = object({
  ml_per_day: nullable(range),
  sides: nullable(object({ left: range, right: range })),
  sessions: count,
  data_age_h: nullable(number),
  not_known: nullable(string),
});

const letDowns = object({
  days: count,
  first_s: nullable(seen),
  slowed_s: nullable(seen),
  per_session: nullable(seen),
  /** Output (mL). */
  ml: nullable(seen),
  felt: nullable(object({ of: count, n: count })),
  by_themselves: count,
  most_often_at: nullable(string),
});

/** Everything here is intake: what babies drank. */
const fed = object({
  bottle_ml_per_day: nullable(seen),
  bottles_per_day: nullable(seen),
  milks: list(object({ milk: string, share: number })),
  days_in_part: count,
  weighed_ml: nullable(seen),
  nursing_minutes: nullable(seen),
  left_share: nullable(number),
  needed: nullable(object({ from: string, to: string, gain_g_per_day: number, intake_ml_per_day: range })),
  babies: list(
    object({
      name: nullable(string),
      nursings_per_day: nullable(seen),
      bottles_per_day: nullable(seen),
      bottle_ml_per_day: nullable(seen),
    }),
  ),
});

const z = object({ curve: string, z: number, z_likely: list(number), centiles: string });

const centiles = object({ age_days: number, p03: number, p15: number, p50: number, p85: number, p97: number });

const grown = object({
  name: nullable(string),
  sex: nullable(string),
  age_days: nullable(number),
  corrected_by_days: number,
  weights: list(object({ date: string, age_days: nullable(number), weight_g: number })),
  left_out: count,
  newest: nullable(object({ date: string, days_ago: number, weight_g: number, z: list(z) })),
  gain: nullable(object({ from: string, to: string, g_per_day: number, likely: list(number) })),
  curves: list(object({ of: string, centiles: list(centiles) })),
});

export const report = object({
  heading: object({
    made_at: string,
    mother: nullable(string),
    gave_birth: nullable(string),
    days_since_birth: nullable(number),
    from: nullable(string),
    to: nullable(string),
    sessions: count,
    data_age_h: nullable(number),
    simulated: count,
    looks_from: string,
    looks_to: string,
  }),
  flags: object({ call: list(string), before_more_pumping: list(string), about_the_log: list(string) }),
  removed,
  supply,
  let_downs: letDowns,
  fed,
  growth: list(grown),
  findings: object({ known: list(object({ about: string, says: string, from: string })), not_known: list(string) }),
  plan: nullable(
    object({
      goal: string,
      made: string,
      until: nullable(string),
      target_ml: nullable(number),
      sessions: list(object({ clock: string, minutes: nullable(number) })),
    }),
  ),
  forecasts: nullable(object({ sessions: list(object({})), days: count, within: count, mae_ml: nullable(number) })),
  limits: list(string),
});

export type Report = Infer<typeof report>;
export type Seen = Infer<typeof seen>;
export type Range = Infer<typeof range>;
export type Day = Infer<typeof day>;
export type BabyGrown = Infer<typeof grown>;
export type BabyFed = Report['fed']['babies'][number];
export type Curve = BabyGrown['curves'][number];
export type Centiles = Infer<typeof centiles>;
