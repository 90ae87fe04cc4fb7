/** Journal entries as the page carries them: their identity, and their text exactly as it was written. */

import { err, ok, type Result } from '../lib/result';
import { items } from '../lib/raw-json';
import { count, list, nullable, object, oneOf, readJson, string, type Infer } from '../lib/validate';

const envelope = object({
  v: count,
  id: string,
  device: string,
  seq: count,
  hlc: string,
  kind: string,
  op: oneOf('put', 'del'),
  root: string,
  body: object({ source: nullable(object({ batch: nullable(string) })) }),
});

export type Envelope = Pick<Infer<typeof envelope>, 'id' | 'root' | 'kind'> & {
  /** The import it came with. */
  readonly batch: string | null;
  readonly text: string;
};

/** Reads the text of a JSON list of envelopes. */
export function readEnvelopes(text: string): Result<Envelope[]> {
  const parsed = readJson(list(envelope), text, 'entries');
  if (!parsed.ok) return parsed;
  const texts = items(text);
  if (texts.length !== parsed.value.length) return err('unreadable', 'The entries could not be told apart.');
  return ok(
    parsed.value.map(({ id, root, kind, body }, i) => ({ id, root, kind, batch: body.source?.batch ?? null, text: texts[i] ?? '' })),
  );
}

/** Many entries at once, as the server sent them: who they are, and the JSON list of them as it was written. */
export interface Bundle {
  readonly heads: readonly Head[];
  readonly text: string;
}

export const head = object({ id: string, kind: string });
export type Head = Infer<typeof head>;

export const bundleOf = (entries: readonly Envelope[]): Bundle => ({ heads: entries, text: listText(entries) });

export const listText = (entries: readonly Envelope[]) => `[${entries.map((entry) => entry.text).join(',')}]`;
