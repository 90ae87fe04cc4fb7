/**
 * A pump session that goes on, as what was tapped and when: nothing counts, so that a phone may sleep or reload between
 * two looks. Times ending in `_ms` are epoch milliseconds, those in `_s` seconds since it began.
 */

import { said, TAP_WORDS, type Said, type Tap, type Watched } from '../engine/session';
import { list, nullable, number, object, oneOf, readJson, string } from '../lib/validate';

export interface PumpSession {
  /** Her taps, or a scale that is simulated, to look at. */
  readonly source: 'taps' | 'simulated';
  readonly began_ms: number;
  /** `null` while it goes on. */
  readonly ended_ms: number | null;
  /** Which simulated session. */
  readonly seed: number;
  readonly taps: readonly Tap[];
  /** What was known before it, as the twin told it; `null` until it has: then nothing is said. */
  readonly knows: string | null;
  /** What the coach and she said. */
  readonly said: readonly Said[];
}

/** A simulated session runs faster: nobody waits twenty minutes to look at one. */
export const SIMULATED_SPEED = 10;
/** The engine follows no session for longer. */
const LONGEST_S = 6 * 3_600;
/** Taps are noted to a tenth of a second. */
const TAP_STEP_S = 0.1;
const MOST_TAPS = 1_000;
const MOST_SAID = 200;
const SEEDS = 1_000;
/** What is known of a woman of whom nothing is. */
const NOTHING = '{}';

export const begunWithTaps = (now_ms: number): PumpSession =>
  ({ source: 'taps', began_ms: now_ms, ended_ms: null, seed: 0, taps: [], knows: null, said: [] });

export const begunSimulated = (now_ms: number, chance: number): PumpSession =>
  ({ source: 'simulated', began_ms: now_ms, ended_ms: null, seed: Math.floor(chance * SEEDS), taps: [], knows: NOTHING, said: [] });

/** How long it has gone on, or went on. A clock that was set back makes no session shorter than its taps. */
export function seconds({ source, began_ms, ended_ms, taps }: PumpSession, now_ms: number): number {
  const speed = source === 'simulated' ? SIMULATED_SPEED : 1;
  const ran_s = (speed * ((ended_ms ?? now_ms) - began_ms)) / 1_000;
  return Math.min(LONGEST_S, Math.max(0, ran_s, taps.at(-1)?.t_s ?? 0));
}

/** How late it is when the engine is asked: behind what was tapped and said, so that it counts at once. */
export function asked_s(session: PumpSession, now_ms: number): number {
  const { taps, said: all } = session;
  const behind_s = Math.max((taps.at(-1)?.t_s ?? -TAP_STEP_S) + TAP_STEP_S, all.at(-1)?.at_s ?? 0);
  return Math.min(LONGEST_S, Math.max(seconds(session, now_ms), behind_s));
}

export function tapped(session: PumpSession, tap: Tap['tap'], now_ms: number, ml: number | null = null): PumpSession {
  if (session.ended_ms !== null || MOST_TAPS <= session.taps.length) return session;
  const t_s = Math.round(10 * seconds(session, now_ms)) / 10;
  return { ...session, taps: [...session.taps, { t_s, tap, ml }] };
}

/** Milk passed the next mark. */
export const risen = (session: PumpSession, step_ml: number, now_ms: number): PumpSession =>
  tapped(session, 'mark', now_ms, Math.min(1_000, level_ml(session) + step_ml));

/** The last mark that milk passed; 0 before the first. */
export const level_ml = ({ taps }: PumpSession): number => taps.filter(({ tap }) => tap === 'mark').at(-1)?.ml ?? 0;

/** A slip of the thumb: the last tap is taken back. */
export const untapped = (session: PumpSession): PumpSession => ({ ...session, taps: session.taps.slice(0, -1) });

export const isOn = ({ taps }: PumpSession, what: 'massage' | 'pause'): boolean =>
  taps.filter(({ tap }) => tap.startsWith(what)).at(-1)?.tap === `${what}_begins`;

/** Massage and pauses begin and end by the same button. */
export const switched = (session: PumpSession, what: 'massage' | 'pause', now_ms: number): PumpSession =>
  tapped(session, isOn(session, what) ? `${what}_ends` : `${what}_begins`, now_ms);

/** She answers a prompt, or says how she is. */
export function answered(session: PumpSession, what: Said['what'], id: string | null, now_ms: number): PumpSession {
  if (session.ended_ms !== null || MOST_SAID <= session.said.length) return session;
  const at_s = Math.round(10 * seconds(session, now_ms)) / 10;
  return { ...session, said: [...session.said, { at_s, what, id }] };
}

export const ended = (session: PumpSession, now_ms: number): PumpSession =>
  ({ ...session, ended_ms: Math.max(now_ms, session.began_ms) });

export const goneOn = (session: PumpSession): PumpSession => ({ ...session, ended_ms: null });

export const watchedOf = ({ source, seed, taps }: PumpSession): Watched =>
  source === 'simulated' ? { source, seed } : { source, taps };

const kept = object({
  source: oneOf('taps', 'simulated'),
  began_ms: number,
  ended_ms: nullable(number),
  seed: number,
  taps: list(object({ t_s: number, tap: oneOf(...TAP_WORDS), ml: nullable(number) })),
  knows: nullable(string),
  // A session that an older page began has none.
  said: nullable(list(said)),
});

/** The session as it was kept; `null` when there is none, or none that makes sense. */
export function readSession(text: string | null): PumpSession | null {
  const read = readJson(kept, text, 'session');
  if (!read.ok) return null;
  const { taps, began_ms, ended_ms } = read.value;
  const inOrder = taps.every(({ t_s }, i) => 0 <= t_s && t_s <= LONGEST_S && (taps[i - 1]?.t_s ?? 0) <= t_s);
  return inOrder && (ended_ms === null || began_ms <= ended_ms) ? { ...read.value, said: read.value.said ?? [] } : null;
}
