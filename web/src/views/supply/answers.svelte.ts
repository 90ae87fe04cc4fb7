import { insights, type Insights } from '../../engine/insights';
import { lately, type Lately } from '../../engine/lately';
import { whatIf, type WhatIf } from '../../engine/what-if';
import type { Twin } from '../../store/twin.svelte';
import { advised, Answer, type OpenAdvice } from '../answer.svelte';

const DAYS = 14;

/** What this place asks of the slow reader and of whoever advises. */
export class Answers {
  readonly insights = new Answer<Insights>(insights, 'what your log says');
  readonly lately = new Answer<Lately>(lately, 'the last forecasts');
  readonly whatIf = new Answer<WhatIf>(whatIf, 'the answer');

  #twin: Twin;
  #advice: OpenAdvice;

  constructor(twin: Twin, advice: OpenAdvice) {
    this.#twin = twin;
    this.#advice = advice;
  }

  /** Asks anew what the log has outdated. */
  keepUp(): void {
    const { report, version } = this.#twin;
    if (!report) return;
    void this.insights.ask(`${version}`, (signal) => advised(this.#advice, (advice) => advice.ask('insights', [], signal)));
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
    else void this.whatIf.ask(`${version} ${change}`, (signal) => advised(this.#advice, (advice) => advice.ask('whatIf', [change, DAYS], signal)));
  }
}

// The place may be left and come back to.
const kept = new WeakMap<Twin, Answers>();

export function answersOf(twin: Twin, advice: OpenAdvice): Answers {
  const known = kept.get(twin) ?? new Answers(twin, advice);
  kept.set(twin, known);
  return known;
}
