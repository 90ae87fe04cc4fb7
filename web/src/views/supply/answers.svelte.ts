import { insights, type Insights } from '../../engine/insights';
import { lately, type Lately } from '../../engine/lately';
import { whatIf, type WhatIf } from '../../engine/what-if';
import type { Result } from '../../lib/result';
import { readJson, type Shape } from '../../lib/validate';
import type { Twin } from '../../store/twin.svelte';

/** What the slow reader answered last; it stands until a newer answer is there. */
export class Answer<T> {
  value = $state.raw<T | null>(null);
  problem = $state('');
  busy = $state(false);

  #read: (text: string) => Result<T>;
  #asked: unknown = null;
  #running: AbortController | null = null;

  constructor(shape: Shape<T>, what: string) {
    this.#read = (text) => readJson(shape, text, what);
  }

  /** Asks, unless the same (`question`) was asked before. A newer question overtakes the one that runs. */
  async ask(question: string, call: (signal: AbortSignal) => Promise<Result<string>>): Promise<void> {
    if (question === this.#asked) return;
    this.#asked = question;
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    this.busy = true;
    const text = await call(running.signal);
    if (running.signal.aborted) return;
    const came = text.ok ? this.#read(text.value) : text;
    if (came.ok) this.value = came.value;
    // What cannot be answered now may be answered later.
    else this.#asked = null;
    this.problem = came.ok ? '' : came.problem.text;
    this.busy = false;
  }

  /** As if nothing had been asked. */
  clear(): void {
    this.#running?.abort();
    this.#asked = null;
    this.value = null;
    this.problem = '';
    this.busy = false;
  }
}

const DAYS = 14;

/** What this place asks of the slow reader. */
export class Answers {
  readonly insights = new Answer<Insights>(insights, 'what your log says');
  readonly lately = new Answer<Lately>(lately, 'the last forecasts');
  readonly whatIf = new Answer<WhatIf>(whatIf, 'the answer');

  #twin: Twin;

  constructor(twin: Twin) {
    this.#twin = twin;
  }

  /** Asks anew what the log has outdated. */
  keepUp(): void {
    const { report, version } = this.#twin;
    if (!report) return;
    void this.insights.ask(`${version}`, (signal) => this.#twin.tell('insights', [], signal));
    if (report.state === 'ready') {
      void this.lately.ask(`${version}`, (signal) => this.#twin.tell('lately', [DAYS], signal));
    } else {
      this.lately.clear();
    }
  }

  /** What a change would bring; without one, nothing. */
  change(change: string | null): void {
    const { report, version } = this.#twin;
    if (change === null || report?.state !== 'ready') this.whatIf.clear();
    else void this.whatIf.ask(`${version} ${change}`, (signal) => this.#twin.tell('whatIf', [change, DAYS], signal));
  }
}

// The place may be left and come back to.
const kept = new WeakMap<Twin, Answers>();

export function answersOf(twin: Twin): Answers {
  const known = kept.get(twin) ?? new Answers(twin);
  kept.set(twin, known);
  return known;
}
