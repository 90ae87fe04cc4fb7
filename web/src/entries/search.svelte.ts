import type { Line } from '../engine/shapes';
import type { Journal } from '../store/journal.svelte';

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
    const query = { limit: this.#limit, ...(text === '' ? {} : { text }), ...(this.kind === '' ? {} : { kind: this.kind }) };
    const stop = new AbortController();
    if (this.#journal.version === 0) return () => stop.abort();
    const timer = setTimeout(() => {
      void this.#journal.find(query, stop.signal).then((found) => {
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
