/** The HTTP client of the journal server. No component calls it; the stores do. */

import { member } from '../lib/raw-json';
import { err, ok, type Problem, type Result } from '../lib/result';
import { boolean, count, list, object, readJson, string } from '../lib/validate';
import { head, listText, type Bundle, type Envelope } from '../engine/envelopes';

export interface EntriesPage {
  readonly entries: Bundle;
  readonly next: number;
  readonly more: boolean;
}

export interface Server {
  /** The entries the server stored after `after`, in its order. */
  pull(after: number): Promise<Result<EntriesPage>>;
  /** Stores entries. `ok` means that the server said they are stored, all of them. */
  push(entries: readonly Envelope[]): Promise<Result<null>>;
}

const page = object({ entries: list(head), next: count, more: boolean });
const stored = object({ stored: count, known: count });
const refusal = object({ error: string });

const NO_ANSWER = 'Letdown’s server did not answer.';
const MAX_ENTRIES = 5_000;
/** The server takes 8 MiB; what the list itself adds fits well into the difference. */
const MAX_BYTES = 7 * 1024 * 1024;

export function httpServer(request: typeof fetch = (...args) => fetch(...args)): Server {
  async function text(path: string, init?: RequestInit): Promise<Result<string>> {
    try {
      const answer = await request(path, init);
      const body = await answer.text();
      return answer.ok ? ok(body) : { ok: false, problem: refused(answer.status, body) };
    } catch {
      return err('unreachable', NO_ANSWER);
    }
  }

  return {
    async pull(after) {
      const body = await text(`/v1/entries?after=${after}`);
      if (!body.ok) return body;
      const read = readJson(page, body.value, 'entries');
      if (!read.ok) return read;
      const { entries: heads, next, more } = read.value;
      // The engine reads the entries themselves, as they were written.
      return ok({ entries: { heads, text: member(body.value, 'entries') ?? '[]' }, next, more });
    },

    async push(entries) {
      for (const chunk of chunks(entries)) {
        const body = await text('/v1/entries', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: `{"entries":${listText(chunk)}}`,
        });
        if (!body.ok) return body;
        const receipt = readJson(stored, body.value, 'receipt');
        if (!receipt.ok) return receipt;
      }
      return ok(null);
    },
  };
}

function refused(status: number, body: string): Problem {
  const said = readJson(refusal, body, 'error');
  const text = said.ok ? said.value.error : `The server answered ${status}.`;
  return { kind: status === 409 ? 'conflict' : 'refused', text };
}

function chunks(entries: readonly Envelope[]): Envelope[][] {
  const bytes = new TextEncoder();
  const found: Envelope[][] = [];
  let room = 0;
  for (const entry of entries) {
    const size = bytes.encode(entry.text).length + 1;
    const last = found.at(-1);
    if (last && last.length < MAX_ENTRIES && size <= room) last.push(entry);
    else {
      found.push([entry]);
      room = MAX_BYTES;
    }
    room -= size;
  }
  return found;
}
