/**
 * What the journal's engine (`crates/letdown-wasm`) offers, as this page relies on it. All values are JSON text unless said. Every
 * method throws an `Error` whose message is a sentence for a person. When the WASM is built, the compiler checks its
 * generated types against this interface in `worker.ts`.
 */
export interface Engine {
  /** The JSON list as UTF-8: it may be long, and bytes cross fastest. */
  add(entries: Uint8Array): void;
  entry_count(): number;
  example_count(): number;
  has_example(): boolean;

  /** An envelope that is not yet in the journal: it is added once the server has stored it. */
  log_pump(draft: string, now: string, random: Uint8Array): string;
  /** `fields` is a JSON object of the kind's fields, as `docs/format.md` has them. */
  log(kind: string, fields: string, now: string, random: Uint8Array): string;
  /** What `fields` says is said anew, `null` takes it away, the rest stays. */
  edit(root: string, fields: string, now: string, random: Uint8Array): string;
  remove(root: string, now: string, random: Uint8Array): string;
  restore(root: string, now: string, random: Uint8Array): string;

  undo_import(batch: string, now: string, random: Uint8Array): string;
  example(now: string, seed: Uint8Array): string;
  clear_example(now: string, random: Uint8Array): string;

  babies(): string;
  sessions(now: string, limit: number): string;
  find(query: string, now: string): string;
  /** Reads the words of at most so many entries that no search has looked at; says how many are left. */
  read_ahead(most: number): number;
  history(now: string, days: number): string;
  /** Today, as far as it needs no twin. */
  today(now: string): string;
  /** What the coach knows before a session that begins now, as far as it needs no twin. */
  coach_knows(now: string): string;

  /** Trials, as far as they need no twin: which there are, a draw, an end. */
  trials(now: string): string;
  /** `{next, entry}`; the entry, an envelope as text, is `null` where it was drawn before. */
  next_of_trial(now: string, random: Uint8Array): string;
  turn_trial(go_on: boolean, now: string, random: Uint8Array): string;
}

/** What the twin (`crates/letdown-wasm-twin`) offers: the same entries, read slowly. */
export interface TwinEngine {
  add(entries: Uint8Array): void;
  /** A twin at once, which says that it is provisional. */
  take_in(now: string): string;
  fit(now: string): string;
  /** The fit as bytes, once there is one. */
  keep_fit(): Uint8Array | undefined;
  /** The fit of an earlier visit. */
  remember_fit(fit: Uint8Array): void;
  today(now: string): string;
  forecast(now: string, days: number): string;
  lately(now: string, days: number): string;
  /** What the coach knows before a session that begins now. */
  coach_knows(now: string): string;
}

/** How many random bytes the engine takes for each entry it writes. */
export const RANDOM_PER_ENTRY = 10;
export const EXAMPLE_SEED_BYTES = 32;
