/** What her log says about how her body works, as the engine answers it. Loaded with the place that shows it. */

import { boolean, count, list, nullable, number, object, string, type Infer } from '../lib/validate';
import { likely, twin } from './shapes';

/** The change of something (%), and whether it is known. */
const effect = object({ known: boolean, percent: likely, above_zero: number, n: count, more: nullable(count) });

/** So many of so many, with the range of the share behind it. */
const share = object({ of: count, n: count, p10: number, p50: number, p90: number });

const contrast = object({ made_by_schedule: likely, pumped_by_schedule: nullable(likely), beyond: effect });

export const insights = object({
  release: object({
    p_made_not_released: number,
    p_little_made: number,
    p_released: number,
    prior: list(number),
    known: boolean,
    evidence: list(object({ kind: string, n: count, says: string })),
    settles: nullable(object({ observe: string })),
    says: string,
  }),
  rhythm: object({
    weeks: count,
    weekdays: list(
      object({ day: string, sessions: number, made_ml: likely, pumped_ml: likely, logged_ml: nullable(number) }),
    ),
    monday_friday: nullable(contrast),
    weekend_week: nullable(contrast),
    says: string,
  }),
  drinks: object({ tenth_more: effect, n: count, says: string }),
  techniques: list(
    object({ technique: string, contrast: string, n_with: count, n_without: count, effect, answer: string, says: string }),
  ),
  past_flow: object({ n_past: count, n_not: count, usual_min: number, effect: nullable(effect), says: string }),
  felt: object({
    of_seen: nullable(share),
    of_unseen: nullable(share),
    recent: nullable(share),
    before: nullable(share),
    let_downs_a_session: nullable(number),
    says: string,
  }),
  cues: object({
    latencies: list(object({ with: string, n: count, seconds: list(number), against_pump_alone: nullable(effect) })),
    spontaneous: list(object({ trigger: string, n: count, leaked: count })),
    spontaneous_per_week: number,
    says: string,
  }),
  energy: object({
    kcal_per_day: nullable(likely),
    food: nullable(likely),
    stores: nullable(likely),
    from: nullable(string),
    says: string,
  }),
  after_weaning: object({ weaned: boolean, let_downs_since: count, says: string }),
  nursing: object({ n: count, days: count, says: string }),
  data_age_h: nullable(number),
  twin,
});

export type Insights = Infer<typeof insights>;
export type Effect = Infer<typeof effect>;
export type Share = Infer<typeof share>;
