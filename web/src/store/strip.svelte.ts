import type { Result } from '../lib/result';

/** Long enough to think again, or to read. */
const UNDO_STAYS_MS = 60_000;
const WORDS_STAY_MS = 8_000;

interface Said {
  readonly text: string;
  readonly undo?: () => Promise<Result<unknown>>;
}

/** The one line above the bar that says what was just done, and takes it back. */
export class Strip {
  said = $state.raw<Said | null>(null);
  busy = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;

  say(text: string, undo?: () => Promise<Result<unknown>>): void {
    this.said = undo ? { text, undo } : { text };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.close(), undo ? UNDO_STAYS_MS : WORDS_STAY_MS);
  }

  async undo(): Promise<void> {
    const undo = this.said?.undo;
    if (!undo || this.busy) return;
    this.busy = true;
    const done = await undo();
    this.busy = false;
    if (done.ok) this.say('Taken back.');
    else this.say(`Not taken back. ${done.problem.text} Nothing is lost.`, undo);
  }

  close(): void {
    this.said = null;
  }
}
