export const SPEEDS = [1, 10, 60] as const;
export type Speed = (typeof SPEEDS)[number];

/** A tab that was asleep must not jump. */
const LONGEST_STEP_MS = 100;

/** Where playing stands after some time: forward at a speed, and still at the end. */
export function advanced(t_s: number, elapsed_ms: number, speed: Speed, end_s: number): number {
  return Math.min(end_s, t_s + (Math.min(LONGEST_STEP_MS, elapsed_ms) / 1000) * speed);
}

/** Moves time on, frame by frame, until the end or until she stops it. */
export class Playing {
  on = $state(false);
  speed = $state<Speed>(10);

  #time: { get: () => number; set: (t_s: number) => void; end: () => number };
  #frame = 0;

  constructor(time: { get: () => number; set: (t_s: number) => void; end: () => number }) {
    this.#time = time;
  }

  toggle(): void {
    if (this.on) this.stop();
    else this.#start();
  }

  stop(): void {
    this.on = false;
    cancelAnimationFrame(this.#frame);
  }

  #start(): void {
    if (this.#time.end() <= this.#time.get()) this.#time.set(0);
    this.on = true;
    let before = performance.now();
    const step = (now: number) => {
      this.#time.set(advanced(this.#time.get(), now - before, this.speed, this.#time.end()));
      before = now;
      if (this.#time.get() < this.#time.end()) this.#frame = requestAnimationFrame(step);
      else this.on = false;
    };
    this.#frame = requestAnimationFrame(step);
  }
}
