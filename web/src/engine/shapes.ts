/** The shapes of what the engine answers; every type of the page's data is derived from here. */

import { readMoment } from '../lib/time';
import {
  boolean,
  count,
  list,
  nullable,
  number,
  object,
  oneOf,
  parsed,
  record,
  string,
  type Infer,
  type Shape,
} from '../lib/validate';

export const moment = parsed(string, readMoment, 'a time with its zone');

const anything: Shape<unknown> = (value) => value;

export const likely = object({ p10: number, p50: number, p90: number });
export const fan = object({ p05: number, p10: number, p25: number, p50: number, p75: number, p90: number, p95: number });

export const twin = object({ state: oneOf('pending', 'ready', 'too_little', 'unsound'), message: string });

/** One entry as the log lists it. A kind that this page does not know is listed as well. */
export const line = object({
  root: string,
  kind: string,
  at: moment,
  minutes: nullable(number),
  output_ml: nullable(number),
  left_ml: nullable(number),
  right_ml: nullable(number),
  intake_ml: nullable(number),
  milk: nullable(string),
  weight_g: nullable(number),
  weight_typed: nullable(string),
  note: nullable(string),
  example: boolean,
  flags: list(string),
  /** What it says, in plain words. */
  says: string,
  /** Whether it once said something else. */
  edited: boolean,
  /** The app it came from. */
  imported_from: nullable(string),
  /** Its fields as they stand in the journal. */
  body: record(anything),
});

/** A baby: written down, or only named in the log. */
export const baby = object({
  root: nullable(string),
  name: string,
  /** What it was called before. */
  also: list(string),
  born: nullable(string),
  gestation_days: nullable(number),
});

export const today = object({
  now: moment,
  supply_ml_per_day: nullable(likely),
  /** The same of each breast, where her log tells them apart. */
  sides: nullable(object({ left: likely, right: likely })),
  in_breast_ml: nullable(likely),
  last: nullable(object({ at: moment, output_ml: nullable(number), minutes: nullable(number), hours_ago: number })),
  next: nullable(object({ at: moment, ml: nullable(likely) })),
  logged_today_ml: number,
  sessions_today: count,
  flags: list(object({ what: string })),
  data_age_h: nullable(number),
  twin,
});

export const history = object({
  days: list(
    object({ date: string, output_ml: nullable(number), sessions: count, sessions_with_volume: count }),
  ),
  summary: string,
});

export const forecast = object({
  now: moment,
  rest_of_today: object({ logged_ml: number, ml: nullable(fan) }),
  days: list(object({ date: string, ml: fan })),
  sessions: list(object({ at: moment, ml: likely })),
  twin,
  data_age_h: nullable(number),
  summary: string,
});

export const fitReport = object({
  state: oneOf('ready', 'too_little', 'unsound'),
  message: string,
  sessions: count,
  fitted_sessions: count,
  draws: count,
  r_hat: nullable(number),
  ess: nullable(number),
  divergences: nullable(count),
});

export type Line = Infer<typeof line>;
export type Baby = Infer<typeof baby>;
export type Today = Infer<typeof today>;
export type History = Infer<typeof history>;
export type Forecast = Infer<typeof forecast>;
export type FitReport = Infer<typeof fitReport>;
