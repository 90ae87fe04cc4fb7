/** Work that is asked for faster than it is done: one goes on, the newest waits, those between are left out. */
export class OneAtATime {
  #goesOn = false;
  #waits: (() => Promise<void>) | null = null;

  async do(work: () => Promise<void>): Promise<void> {
    if (this.#goesOn) {
      this.#waits = work;
      return;
    }
    this.#goesOn = true;
    try {
      for (let next: (() => Promise<void>) | null = work; next; next = this.#take()) await next();
    } finally {
      this.#goesOn = false;
    }
  }

  #take(): (() => Promise<void>) | null {
    const waits = this.#waits;
    this.#waits = null;
    return waits;
  }
}
