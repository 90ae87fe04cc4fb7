/** A pump session while it goes on, or a look inside one: what the engine offers, how its answers are read, what the worker does. */

import type { Result } from '../lib/result';
import { boolean, list, nullable, number, object, oneOf, readJson, record, string, type Infer, type Shape } from '../lib/validate';
import { inside, type Inside, type InsideSettings } from './inside';

/** One session, as the WASM has it. All values are JSON text unless said. */
export interface SessionEngine {
  look(now_s: number): string;
  /** What the coach says: `{prompt, said}`. */
  coach(knows: string, said: string, now_s: number): string;
  end(now_s: number): string;
  free(): void;
}

/** How sessions are made; the class `Session` of the WASM. */
export interface SessionEngines {
  /** `{v, taps: [{t_s, tap, ml}]}`, as `docs/traces.md` has it. */
  taps(taps: string): SessionEngine;
  simulated(seed: number): SessionEngine;
}

export const TAP_WORDS = [
  'milk_came', 'slowed', 'ended', 'mark', 'massage_begins', 'massage_ends', 'pause_begins', 'pause_ends',
] as const;

/** What she tapped, and when (s since the session began). */
export interface Tap {
  readonly t_s: number;
  readonly tap: (typeof TAP_WORDS)[number];
  /** The mark of the bottle (mL). */
  readonly ml: number | null;
}

/** What is watched: her taps so far, or a simulated scale. */
export type Watched =
  | { readonly source: 'taps'; readonly taps: readonly Tap[] }
  | { readonly source: 'simulated'; readonly seed: number };

const anything: Shape<unknown> = (value) => value;

export const PHASES = ['before_first', 'let_down', 'between', 'slowed', 'past_flow', 'massage', 'pause', 'ended'] as const;
export type Phase = (typeof PHASES)[number];

/** The session as it stands. */
export const look = object({
  elapsed_s: number,
  milk_ml: nullable(number),
  /** It is no farther off than this, 19 times in 20; so of each let-down. */
  milk_off_ml: nullable(number),
  phase: oneOf(...PHASES),
  let_downs: list(
    object({
      onset_s: number,
      end_s: number,
      volume_ml: nullable(number),
      volume_off_ml: nullable(number),
      confidence: number,
      goes_on: boolean,
    }),
  ),
  first_s: nullable(number),
  slowed_s: nullable(number),
  /** mL a minute, one a second; empty without a scale. */
  flow: list(number),
  is_over: boolean,
});

export type Look = Infer<typeof look>;
export type LetDown = Look['let_downs'][number];

export const SAYS = ['shown', 'do', 'not_now', 'stop', 'pain', 'tense'] as const;

/** What the coach or she said, and when (s since the session began). */
export const said = object({ at_s: number, what: oneOf(...SAYS), id: nullable(string) });
export type Said = Infer<typeof said>;

const prompt = object({
  id: string,
  since_s: number,
  text: string,
  why: string,
  source: string,
  limits: string,
  offers: list(object({ answer: oneOf(...SAYS), text: string })),
});
export type Prompt = Infer<typeof prompt>;

export const coached = object({ prompt: nullable(prompt), said: list(said) });
export type Coached = Infer<typeof coached>;

/** The fields of its entry. */
export const sessionFields = record(anything);

/** The calls the page makes to the worker: their arguments, and how each answer is read before it is believed. */
export interface SessionArgs {
  look: [watched: Watched, now_s: number];
  /** `knows` is what the twin answered before the session, as JSON text. */
  coach: [watched: Watched, knows: string, said: readonly Said[], now_s: number];
  /** The fields of its entry, when it ends then. */
  end: [watched: Watched, now_s: number];
  inside: [settings: InsideSettings];
}

export interface SessionReplies {
  look: Look;
  coach: Coached;
  end: Record<string, unknown>;
  inside: Inside;
}

const readers: { readonly [M in keyof SessionArgs]: (answer: unknown) => Result<SessionReplies[M]> } = {
  look: (answer) => readJson(look, answer, 'the session'),
  coach: (answer) => readJson(coached, answer, 'the coach'),
  end: (answer) => readJson(sessionFields, answer, 'the session'),
  inside: (answer) => readJson(inside, answer, 'the picture'),
};

export const readSessionReply = (method: keyof SessionArgs, answer: unknown): Result<unknown> => readers[method](answer);

/** The worker's part. A simulated session is kept: the next look goes on where the last one was. */
export function sessionHandlers(engines: SessionEngines, lookInside: (settings: string) => string) {
  let kept: { readonly seed: number; readonly engine: SessionEngine } | null = null;

  function simulated(seed: number): SessionEngine {
    if (kept?.seed !== seed) {
      kept?.engine.free();
      kept = { seed, engine: engines.simulated(seed) };
    }
    return kept.engine;
  }

  function ask(watched: Watched, question: (engine: SessionEngine) => string): string {
    if (watched.source === 'simulated') return question(simulated(watched.seed));
    const engine = engines.taps(tapsText(watched.taps));
    try {
      return question(engine);
    } finally {
      engine.free();
    }
  }

  return {
    look: (watched: Watched, now_s: number) => ask(watched, (engine) => engine.look(now_s)),
    coach: (watched: Watched, knows: string, said: readonly Said[], now_s: number) =>
      ask(watched, (engine) => engine.coach(knows, JSON.stringify(said), now_s)),
    end: (watched: Watched, now_s: number) => ask(watched, (engine) => engine.end(now_s)),
    inside: (settings: InsideSettings) => lookInside(JSON.stringify(settings)),
  };
}

const tapsText = (taps: readonly Tap[]) =>
  JSON.stringify({ v: 1, taps: taps.map(({ t_s, tap, ml }) => (ml === null ? { t_s, tap } : { t_s, tap, ml })) });
