/** The shapes of what the importer answers. */

import { readMoment } from '../../lib/time';
import { count, list, nullable, object, oneOf, parsed, record, string, type Infer, type Shape } from '../../lib/validate';

const moment = parsed(string, readMoment, 'a time with its zone');

const question = object({
  needs: oneOf('zone', 'date_order', 'unit', 'weight_unit', 'columns', 'baby'),
  message: string,
  /** A date of the file as it stands there, and the two days that it can be. */
  example: nullable(object({ text: string, mdy: string, dmy: string })),
  babies: nullable(list(string)),
});

const preview = object({
  files: list(
    object({
      file: string,
      format: string,
      read: count,
      rows_imported: count,
      rows_duplicate: count,
      imported: record(count),
      changed: record(count),
      skipped: list(object({ row: count, reason: string })),
      flags: list(object({ row: count, what: string })),
    }),
  ),
  entries: count,
  /** How many of them are entries of our own that come in as they are: an undo leaves those. */
  as_they_are: nullable(count),
  from: nullable(moment),
  to: nullable(moment),
});

export type ImportQuestion = Infer<typeof question>;
export type ImportPreview = Infer<typeof preview>;
export type ImportReading = ({ readonly needs: null } & ImportPreview) | ImportQuestion;

export const importReading: Shape<ImportReading> = (value, at) => {
  const { needs } = object({ needs: nullable(string) })(value, at);
  return needs === null ? { needs, ...preview(value, at) } : question(value, at);
};

/** A table whose columns nobody has explained. */
export const sample = object({ file: string, columns: list(string), rows: list(list(string)), guess: string });
export type Sample = Infer<typeof sample>;

export const pastImport = object({ batch: string, app: string, entries: count, at: moment });
export type PastImport = Infer<typeof pastImport>;
