/**
 * The calls the page makes to the adviser's worker. Answers are handed on as text: each is read where it is shown, by a
 * shape that is loaded with that place.
 */

import type { Result } from '../../lib/result';
import { nothing, read, string } from '../../lib/validate';
import { readEnvelopes, type Envelope } from '../envelopes';

/** What a plan is asked for; what is left out is as usual. */
export interface Wish {
  readonly goal?: string;
  readonly by?: string;
  readonly to?: string;
  readonly sleep?: string;
  readonly away?: string;
  readonly days?: string;
  readonly commute_min?: number;
  readonly breaks?: readonly string[];
  /** How many babies the milk is for: the amount is what they may drink. */
  readonly babies?: number;
  /** When she leaves, at home, and how long she is on the way: `2026-12-20T14:00+11h`. */
  readonly travel?: string;
  readonly to_zone?: string;
  readonly most_sessions?: number;
}

export interface RetrainingAsked {
  readonly to?: 'nursing' | 'pump';
  readonly within_min?: number;
}

export interface TrialAsked {
  readonly question: string;
  readonly latency?: boolean;
  readonly by_day?: boolean;
  readonly smallest_percent?: number;
}

export interface Args {
  start: [device: string];
  add: [entries: string];
  rememberFit: [fit: Uint8Array];
  takeIn: [];
  /** `add 05:00`, `drop 13:00`, `+5min`, `massage`, `nurse sat,sun`. */
  whatIf: [change: string, days: number];
  insights: [];
  plan: [wish: Wish];
  followed: [];
  keepPlan: [];
  planCalendar: [remindMin: number];
  retraining: [asked: RetrainingAsked];
  planTrial: [asked: TrialAsked];
  startTrial: [asked: TrialAsked];
  pageOfTrial: [id: string];
  report: [];
}

export type Method = keyof Args;
/** Those that write an entry. */
export type Writing = 'keepPlan' | 'startTrial';
type Silent = 'start' | 'add' | 'rememberFit';

export type Replies = { [M in Method]: M extends Writing ? Envelope[] : M extends Silent ? null : string };

const SILENT: readonly Method[] = ['start', 'add', 'rememberFit'];
const WRITING: readonly Method[] = ['keepPlan', 'startTrial'];

export function readReply(method: Method, answer: unknown): Result<unknown> {
  if (SILENT.includes(method)) return read(nothing, answer, method);
  const text = read(string, answer, method);
  return text.ok && WRITING.includes(method) ? readEnvelopes(`[${text.value}]`) : text;
}
