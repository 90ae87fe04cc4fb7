/** The calls the page makes to the worker: their arguments, and how each answer is read before it is believed. */

import { ok, type Result } from '../lib/result';
import { boolean, bytes, count, list, nothing, nullable, read, readJson, string, type Shape } from '../lib/validate';
import { readEnvelopes, type Envelope } from './envelopes';
import { baby, fitReport, forecast, history, line, today } from './shapes';

export interface PumpDraft {
  readonly start: string;
  readonly total_ml?: number;
  readonly minutes?: number;
  readonly techniques?: readonly string[];
  readonly place?: string;
  readonly note?: string;
  readonly typed?: { readonly amount: number; readonly unit: 'ml' | 'oz' };
}

/** Fields of an entry as its kind has them (`docs/format.md`); `null` takes one away. */
export type Fields = Readonly<Record<string, unknown>>;

/** Which entries to find; what is left out does not narrow. */
export interface Query {
  /** In the kind, the plain words or the note. */
  readonly text?: string;
  readonly kind?: string;
  readonly limit?: number;
  /** So many of the newest are left out. */
  readonly skip?: number;
  /** The last day. */
  readonly to?: string;
}

export interface Args {
  start: [device: string];
  add: [entries: string];
  entryCount: [];
  hasExample: [];
  logPump: [draft: PumpDraft];
  log: [kind: string, fields: Fields];
  edit: [root: string, fields: Fields];
  remove: [root: string];
  restore: [root: string];
  undoImport: [batch: string, entries: number];
  example: [];
  clearExample: [];
  babies: [];
  sessions: [limit: number];
  find: [query: Query];
  readAhead: [most: number];
  history: [days: number];
  takeIn: [];
  fit: [];
  keepFit: [];
  rememberFit: [fit: Uint8Array];
  today: [];
  forecast: [days: number];
  lately: [days: number];
  coachKnows: [];
  trials: [];
  nextOfTrial: [];
  turnTrial: [goOn: boolean];
}

export type Method = keyof Args;

/** Those that the twin's worker answers. */
export type TwinMethod = 'start' | 'add' | 'takeIn' | 'fit' | 'keepFit' | 'rememberFit' | 'today' | 'forecast' | 'lately' | 'coachKnows';
/** Those that the journal's worker answers. */
export type JournalMethod = Exclude<Method, Exclude<TwinMethod, 'start' | 'add' | 'today' | 'coachKnows'>>;

const plain =
  <T>(shape: Shape<T>) =>
  (answer: unknown, method: string) =>
    read(shape, answer, method);

const json =
  <T>(shape: Shape<T>) =>
  (answer: unknown, method: string) =>
    readJson(shape, answer, method);

const envelopes = (answer: unknown, method: string): Result<Envelope[]> => {
  const text = read(string, answer, method);
  return text.ok ? readEnvelopes(text.value) : text;
};

const envelope = (answer: unknown, method: string): Result<Envelope[]> => {
  const text = read(string, answer, method);
  return text.ok ? readEnvelopes(`[${text.value}]`) : text;
};

export const readers = {
  start: plain(nothing),
  add: plain(nothing),
  entryCount: plain(count),
  hasExample: plain(boolean),
  logPump: envelope,
  log: envelope,
  edit: envelope,
  remove: envelope,
  restore: envelope,
  undoImport: envelopes,
  example: envelopes,
  clearExample: envelopes,
  babies: json(list(baby)),
  sessions: json(list(line)),
  find: json(list(line)),
  readAhead: plain(count),
  history: json(history),
  takeIn: json(fitReport),
  fit: json(fitReport),
  keepFit: plain(nullable(bytes)),
  rememberFit: plain(nothing),
  today: json(today),
  forecast: json(forecast),
  // Read where they are shown: their shapes are loaded with that place.
  lately: plain(string),
  // Handed on to the session's worker as it is.
  coachKnows: plain(string),
  trials: plain(string),
  nextOfTrial: plain(string),
  turnTrial: envelope,
} satisfies Record<Method, (answer: unknown, method: string) => Result<unknown>>;

type Read<R> = R extends (answer: unknown, method: string) => Result<infer T> ? T : never;
export type Answer<M extends Method> = Read<(typeof readers)[M]>;

export function readAnswer<M extends Method>(method: M, answer: unknown): Result<Answer<M>> {
  const result: Result<unknown> = readers[method](answer, method);
  return result.ok ? ok(result.value as Answer<M>) : result;
}
