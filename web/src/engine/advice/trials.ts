/** Trials on herself, as the journal and whoever advises answer. Loaded with the place that shows them. */

import { boolean, count, list, nullable, number, object, oneOf, string, type Infer } from '../../lib/validate';

/** A change (%) in which 8 of 10 lie. */
const percent = object({ p10: number, p50: number, p90: number });

export const listed = list(
  object({
    id: string,
    asks: string,
    state: string,
    started: string,
    /** Whether whole days are drawn. */
    by_day: boolean,
    /** Draws so far. */
    drawn: count,
    /** Sessions, or days, it was planned for. */
    planned: count,
  }),
);

/** What a trial would take. */
export const planned = object({
  asks: string,
  by_day: boolean,
  smallest_percent: number,
  noise_from: count,
  /** Sessions, or days. */
  sessions: count,
  days: nullable(count),
  /** The share of trials that find such an effect where it is there. */
  power: number,
  red_flags: list(string),
  cannot_tell: list(string),
  says: string,
});

/** What a session that begins now was drawn to be; the entry, an envelope as text, where it is drawn only now. */
export const drawn = object({
  next: object({ trial: string, arm: oneOf('with', 'without'), part: string, number: count, fresh: boolean, says: string }),
  entry: nullable(string),
});

const arm = object({
  drawn: count,
  counted: count,
  skipped: count,
  as_drawn: count,
  otherwise: count,
  /** What came, and what was expected, on average: output (mL). */
  output_ml: nullable(number),
  expected_ml: nullable(number),
});

/** The one page of a trial. */
export const page = object({
  id: string,
  asks: string,
  state: string,
  started: string,
  by_day: boolean,
  smallest_percent: nullable(number),
  planned: count,
  counted: count,
  next_look: nullable(count),
  with: arm,
  without: arm,
  claim: oneOf('too_early', 'not_yet', 'not_told', 'helps', 'takes'),
  claimed_from: count,
  effect: nullable(percent),
  helps: nullable(number),
  /** By the trial alone (%): 95 of 100 lie within. */
  alone: nullable(object({ low: number, middle: number, high: number })),
  before: percent,
  expected_by: oneOf('twin', 'line', 'nothing'),
  finished: boolean,
  red_flags: list(string),
  cannot_tell: list(string),
  says: string,
});

export type Listed = Infer<typeof listed>[number];
export type Planned = Infer<typeof planned>;
export type Drawn = Infer<typeof drawn>;
export type TrialPage = Infer<typeof page>;
