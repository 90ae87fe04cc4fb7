/** What a change would bring, as the engine answers it. Loaded with the place that shows it. */

import { list, nullable, number, object, string, type Infer } from '../lib/validate';
import { fan, twin } from './shapes';

const course = object({
  days: list(object({ date: string, ml: fan })),
  ml_per_day: fan,
  made_ml_per_day: fan,
  sessions_per_day: number,
  nursings_per_day: number,
  minutes_per_day: number,
});

export const whatIf = object({
  change: string,
  baseline: course,
  changed: course,
  difference: course,
  unproven: list(string),
  stops: list(string),
  data_age_h: nullable(number),
  twin,
  says: string,
});

export type WhatIf = Infer<typeof whatIf>;
