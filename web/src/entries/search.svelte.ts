import type { Query } from '../engine/calls';
import type { Line } from '../engine/shapes';
import { ok, type Result } from '../lib/result';
import type { Journal } from '../store/journal.svelte';
import { kindsNamed } from './kinds';

const FIRST = 60;
const MORE = 200;
/** Between two letters; the engine looks once for a word. */
const STILL_TYPING_MS = 180;

/** What is looked for in the log, and what was found. */
export class Search {
  text = $state('');
  kind = $state('');
  /** `null` until the first answer is there. */
  lines = $state.raw<Line[] | null>(null);
  problem = $state('');
  #limit = $state(FIRST);
  #journal: Journal;

  constructor(journal: Journal) {
    this.#journal = journal;
    $effect(() => this.#follow());
  }

  readonly narrows = $derived(this.text.trim() !== '' || this.kind !== '');
  readonly mayHaveMore = $derived(this.lines?.length === this.#limit);

  showMore(): void {
    this.#limit += MORE;
  }

  clear(): void {
    this.text = '';
    this.kind = '';
  }

  /** Looks again whenever what is looked for or the journal changes. */
  #follow(): () => void {
    const text = this.text.trim();
    const query: Query = { limit: this.#limit, ...(text === '' ? {} : { text }), ...(this.kind === '' ? {} : { kind: this.kind }) };
    const stop = new AbortController();
    if (this.#journal.version === 0) return () => stop.abort();
    const timer = setTimeout(() => {
      void find(this.#journal, query, stop.signal).then((found) => {
        if (stop.signal.aborted) return;
        this.problem = found.ok ? '' : found.problem.text;
        if (found.ok) this.lines = found.value;
      });
    }, text === '' ? 0 : STILL_TYPING_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }
}

/** Entries whose words, or whose kind as it is called here, hold the text; the newest first. */
export async function find(journal: Pick<Journal, 'find'>, query: Query, signal?: AbortSignal): Promise<Result<Line[]>> {
  const { text = '', kind, limit = FIRST } = query;
  const named = kindsNamed(text).filter((name) => kind === undefined || name === kind);
  const queries: Query[] = [query, ...named.map((name) => ({ kind: name, limit }))];
  const lines = new Map<string, Line>();
  for (const each of queries) {
    const found = await journal.find(each, signal);
    if (!found.ok) return found;
    for (const line of found.value) lines.set(line.root, line);
  }
  const all = [...lines.values()];
  if (1 < queries.length) all.sort((a, b) => b.at.epoch_ms - a.at.epoch_ms);
  return ok(all.slice(0, limit));
}
