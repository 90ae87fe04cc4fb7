import type { Query } from '../engine/calls';
import type { Line } from '../engine/shapes';
import { ok, type Result } from '../lib/result';
import type { Journal } from '../store/journal.svelte';
import { kindsNamed } from './kinds';

/** So many at first, and again whenever she nears their end: more than a screen, drawn at once on a slow phone. */
const STEP = 20;
/** Between two letters; the engine looks once for a word. */
const STILL_TYPING_MS = 25;
/** So many entries are read for the next search at a time: few enough that a search need not wait for them. */
const AHEAD = 400;

/** What is looked for in the log, and what was found. */
export class Search {
  text = $state('');
  kind = $state('');
  /** The last day to list; empty when all are. */
  until = $state('');
  /** `null` until the first answer is there. */
  lines = $state.raw<Line[] | null>(null);
  /** Whether there are more than are listed. */
  hasMore = $state(false);
  problem = $state('');
  #journal: Journal;
  #limit = STEP;
  #query = '';
  #more = new AbortController();

  constructor(journal: Journal) {
    this.#journal = journal;
    $effect(() => this.#follow());
    $effect(() => this.#readAhead());
  }

  readonly narrows = $derived(this.text.trim() !== '' || this.kind !== '');

  clear(): void {
    this.text = '';
    this.kind = '';
    this.until = '';
  }

  /** The next ones, behind those that are listed. */
  async showMore(): Promise<void> {
    const { lines } = this;
    if (!lines || !this.hasMore || this.#limit !== lines.length) return;
    this.#limit += STEP;
    const { signal } = this.#more;
    const found = await find(this.#journal, { ...this.#asked(), skip: lines.length, limit: STEP }, signal);
    if (signal.aborted) return;
    this.problem = found.ok ? '' : found.problem.text;
    if (!found.ok) {
      this.#limit = lines.length;
      return;
    }
    this.lines = [...lines, ...found.value];
    this.hasMore = found.value.length === STEP;
  }

  #asked(): Query {
    const text = this.text.trim();
    return {
      ...(text === '' ? {} : { text }),
      ...(this.kind === '' ? {} : { kind: this.kind }),
      ...(this.until === '' ? {} : { to: this.until }),
    };
  }

  /** Looks again whenever what is looked for or the journal changes. */
  #follow(): () => void {
    const query = this.#asked();
    const { version, sessions } = this.#journal;
    const stop = new AbortController();
    this.#more.abort();
    this.#more = stop;
    if (version === 0) return () => stop.abort();
    const words = JSON.stringify(query);
    // The same question after a change keeps her place.
    if (words !== this.#query) this.#limit = STEP;
    this.#query = words;
    const limit = this.#limit;
    if (words === '{}' && limit === STEP) {
      this.#found(ok(sessions.slice(0, STEP)), limit);
      return () => stop.abort();
    }
    const timer = setTimeout(() => {
      void find(this.#journal, { ...query, limit }, stop.signal).then((found) => {
        if (!stop.signal.aborted) this.#found(found, limit);
      });
    }, query.text === undefined ? 0 : STILL_TYPING_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }

  #found(found: Result<Line[]>, limit: number): void {
    this.problem = found.ok ? '' : found.problem.text;
    if (!found.ok) return;
    this.lines = found.value;
    this.hasMore = found.value.length === limit;
  }

  /** While the log is in sight, its words are read, so that a search has an answer at once. */
  #readAhead(): () => void {
    let stopped = this.#journal.version === 0;
    const read = async () => {
      while (!stopped) {
        const left = await this.#journal.readAhead(AHEAD);
        if (!left.ok || left.value === 0) return;
      }
    };
    void read();
    return () => (stopped = true);
  }
}

/** Entries whose words, or whose kind as it is called here, hold the text; the newest first. */
export async function find(journal: Pick<Journal, 'find'>, query: Query, signal?: AbortSignal): Promise<Result<Line[]>> {
  const { text = '', kind, skip = 0, limit = STEP } = query;
  const named = kindsNamed(text).filter((name) => kind === undefined || name === kind);
  if (named.length === 0) return journal.find(query, signal);
  // Several answers become one: each is asked for from its beginning.
  const { to } = query;
  const all = { ...(to === undefined ? {} : { to }), limit: skip + limit };
  const queries: Query[] = [{ ...query, ...all, skip: 0 }, ...named.map((name) => ({ ...all, kind: name }))];
  const lines = new Map<string, Line>();
  for (const each of queries) {
    const found = await journal.find(each, signal);
    if (!found.ok) return found;
    for (const line of found.value) lines.set(line.root, line);
  }
  const sorted = [...lines.values()].sort((a, b) => b.at.epoch_ms - a.at.epoch_ms);
  return ok(sorted.slice(skip, skip + limit));
}
