import { err, type Result } from '../lib/result';
import { readJson, type Shape } from '../lib/validate';
import type { Advice } from '../store/advice';

/** What was answered last; it stands until a newer answer is there. */
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

export type OpenAdvice = () => Promise<Advice>;

const LOST = 'The part that advises did not load. Your log is safe; try again when you are online.';

/** A question to whoever advises, who may have to be loaded first. */
export async function advised<T>(open: OpenAdvice, ask: (advice: Advice) => Promise<Result<T>>): Promise<Result<T>> {
  const advice = await open().catch(() => null);
  return advice ? ask(advice) : err('stopped', LOST);
}
