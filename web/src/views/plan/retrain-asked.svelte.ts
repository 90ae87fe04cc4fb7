import { programme, type Aim, type Programme } from '../../engine/advice/retraining';
import * as memory from '../../store/memory';
import type { Twin } from '../../store/twin.svelte';
import { advised, Answer, type OpenAdvice } from '../answer.svelte';

const TO_KEY = 'letdown.retrain.to';
const WITHIN_KEY = 'letdown.retrain.within';
export const USUAL_WITHIN_MIN = 5;
const LEAST_MIN = 2;
const MOST_MIN = 10;

/** What she asks about retraining, remembered on this device, and what was answered. */
export class Retraining {
  readonly answer = new Answer<Programme>(programme, 'how your let-down is retrained');
  /** Which way; `null`: as the log suggests. */
  to = $state<Aim | null>(readTo(memory.recall(TO_KEY)));
  /** Within how many minutes a first let-down is in time. */
  within_min = $state(readWithin(memory.recall(WITHIN_KEY)));
  /** Whether she looks at the whole of it. */
  open = $state(false);

  #advice: OpenAdvice;

  constructor(advice: OpenAdvice) {
    this.#advice = advice;
  }

  /** Asks, unless this was asked of the same log on the same day. */
  ask(log: string): void {
    const asked = { ...(this.to === null ? {} : { to: this.to }), within_min: this.within_min };
    void this.answer.ask(`${log} ${this.to} ${this.within_min}`, (signal) =>
      advised(this.#advice, (advice) => advice.ask('retraining', [asked], signal)),
    );
  }

  go(to: Aim): void {
    this.to = to;
    memory.keep(TO_KEY, to);
  }

  wait(within_min: number): void {
    this.within_min = readWithin(String(within_min));
    memory.keep(WITHIN_KEY, String(this.within_min));
  }
}

const readTo = (text: string | null): Aim | null => (text === 'nursing' || text === 'pump' ? text : null);

function readWithin(text: string | null): number {
  const minutes = Math.round(Number(text ?? USUAL_WITHIN_MIN));
  return Number.isFinite(minutes) ? Math.min(MOST_MIN, Math.max(LEAST_MIN, minutes)) : USUAL_WITHIN_MIN;
}

// The place may be left and come back to.
const kept = new WeakMap<Twin, Retraining>();

export function retrainingOf(twin: Twin, advice: OpenAdvice): Retraining {
  const known = kept.get(twin) ?? new Retraining(advice);
  kept.set(twin, known);
  return known;
}
