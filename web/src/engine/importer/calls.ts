/** The calls the page makes to the importer's worker, and how each answer is read before it is believed. */

import type { Result } from '../../lib/result';
import { list, nothing, read, readJson, string } from '../../lib/validate';
import { readEnvelopes, type Envelope } from '../envelopes';
import type { ImportFile } from './contract';
import { importReading, pastImport, sample, type ImportReading, type PastImport, type Sample } from './shapes';

export interface Answers {
  readonly tz?: string;
  readonly date_order?: 'mdy' | 'dmy';
  readonly unit?: 'ml' | 'oz';
  readonly weight_unit?: 'kg' | 'g' | 'lb';
  readonly baby?: string;
  /** What the columns of an unknown table mean: `time=When,volume="Milk, mine",kind=pump`. */
  readonly map?: string;
}

export interface Args {
  start: [device: string];
  add: [entries: string];
  read: [files: readonly ImportFile[], answers: Answers];
  take: [entries: number];
  sample: [files: readonly ImportFile[], rows: number];
  past: [];
  exportCsv: [];
  exportLines: [];
}

export interface Replies {
  start: null;
  add: null;
  read: ImportReading;
  take: Envelope[];
  sample: Sample[];
  past: PastImport[];
  exportCsv: string;
  exportLines: string;
}

export type Method = keyof Args;

type Reader<T> = (answer: unknown) => Result<T>;

const readers: { readonly [M in Method]: Reader<Replies[M]> } = {
  start: (answer) => read(nothing, answer, 'start'),
  add: (answer) => read(nothing, answer, 'add'),
  read: (answer) => readJson(importReading, answer, 'the reading of a file'),
  take: (answer) => {
    const text = read(string, answer, 'entries');
    return text.ok ? readEnvelopes(text.value) : text;
  },
  sample: (answer) => readJson(list(sample), answer, 'the first rows of a table'),
  past: (answer) => readJson(list(pastImport), answer, 'past imports'),
  exportCsv: (answer) => read(string, answer, 'the table'),
  exportLines: (answer) => read(string, answer, 'the lines'),
};

export const readReply = (method: Method, answer: unknown): Result<unknown> => readers[method](answer);
