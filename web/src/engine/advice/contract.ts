/**
 * What advises (`crates/letdown-wasm-advice`), as this page relies on it: what-if, what the log says, plans, retraining,
 * trials and the page for a consultant. A WASM of its own that takes the twin's fit over instead of making one. All values
 * are JSON text unless said; every method throws an `Error` whose message is a sentence for a person.
 */
export interface AdviceEngine {
  add(entries: Uint8Array): void;
  /** The fit that the twin keeps. */
  remember_fit(fit: Uint8Array): void;
  /** The twin from that fit, with what was logged since taken in; a first look where there is none. */
  take_in(now: string): string;

  what_if(change: string, now: string, days: number): string;
  insights(now: string): string;

  /** `wish` is `{goal, by, to, babies, travel, to_zone, sleep, away, days, commute_min, breaks, most_sessions}`; without a goal, what follows the plan that was kept. */
  plan(wish: string, now: string): string;
  /** What came of the plan that was kept, or `null`. */
  followed(now: string): string;
  /** The entry that keeps the plan that was asked for last. */
  keep_plan(now: string, random: Uint8Array): string;
  /** The same as a calendar file (no JSON). */
  plan_calendar(now: string, remind_min: number): string;

  /** `asked` is `{to, within_min}`. */
  retraining(asked: string, now: string): string;

  /** `asked` is `{question, latency, by_day, smallest_percent}`. */
  plan_trial(asked: string, now: string): string;
  start_trial(asked: string, now: string, random: Uint8Array): string;
  /** Of the trial that runs, else of the newest, when `id` is empty. */
  page_of_trial(id: string, now: string): string;

  report(now: string): string;
}

/** How many random bytes the beginning of a trial takes: an entry's, and the seal's. */
export const RANDOM_PER_TRIAL = 14;
