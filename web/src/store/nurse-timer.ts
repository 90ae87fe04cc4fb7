/**
 * The timer of a nursing, as what happened and when: nothing counts, so that a phone may sleep or reload between two
 * looks. Times are epoch milliseconds.
 */

import { list, nullable, number, object, oneOf, readJson } from '../lib/validate';

export type Side = 'left' | 'right';

/** One side, from when until when; `null` while it runs. */
export interface Run {
  readonly side: Side;
  readonly from_ms: number;
  readonly to_ms: number | null;
}

/** The runs in the order nursed; there is at least one. */
export interface Timer {
  readonly runs: readonly Run[];
  /** When she said that milk let down. */
  readonly let_down_ms?: number;
}

/** A stint as the journal has it. */
export interface Stint {
  readonly side: Side;
  readonly minutes: number;
  readonly pause_before_min?: number;
}

export const otherSide = (side: Side): Side => (side === 'left' ? 'right' : 'left');

/** The side begins now; one that runs on the other side ends. */
export function started(timer: Timer | null, side: Side, now_ms: number): Timer {
  if (!timer) return { runs: [{ side, from_ms: now_ms, to_ms: null }] };
  if (runningSide(timer) === side) return timer;
  const { runs } = paused(timer, now_ms);
  return { ...timer, runs: [...runs, { side, from_ms: Math.max(now_ms, runs.at(-1)?.to_ms ?? now_ms), to_ms: null }] };
}

/** Nothing runs any more, until a side begins. */
export function paused(timer: Timer, now_ms: number): Timer {
  return { ...timer, runs: timer.runs.map((run) => ({ ...run, to_ms: endOf(run, now_ms) })) };
}

/** Milk lets down now; said by mistake, it is taken back with `null`. */
export const letDown = ({ runs }: Timer, at_ms: number | null): Timer => (at_ms === null ? { runs } : { runs, let_down_ms: at_ms });

export const runningSide = ({ runs }: Timer): Side | null => runs.find(({ to_ms }) => to_ms === null)?.side ?? null;
export const lastSide = ({ runs }: Timer): Side => runs.at(-1)?.side ?? 'left';
export const startOf_ms = ({ runs }: Timer): number => runs[0]?.from_ms ?? 0;

/** How long the baby was at a side, or at both when none is named, without pauses. */
export function ran_ms({ runs }: Timer, now_ms: number, side?: Side): number {
  return runs
    .filter((run) => side === undefined || run.side === side)
    .reduce((sum, run) => sum + endOf(run, now_ms) - run.from_ms, 0);
}

const TENTH_MS = 6_000;

/**
 * What the journal gets. Minutes are to a tenth, and so that stints and pauses together are as long as it took. A run
 * shorter than a tenth was a slip of the thumb.
 */
export function stintsOf(timer: Timer, now_ms: number): { start_ms: number; stints: Stint[]; let_down_s?: number } {
  const ended = timer.runs.map((run) => ({ ...run, to_ms: endOf(run, now_ms) }));
  const meant = ended.filter(({ from_ms, to_ms }) => TENTH_MS <= to_ms - from_ms);
  const runs = 0 < meant.length ? meant : ended.slice(-1);
  const start_ms = runs[0]?.from_ms ?? now_ms;
  const tenths = (at_ms: number) => Math.round((at_ms - start_ms) / TENTH_MS);
  const joined: { side: Side; from: number; to: number }[] = [];
  for (const { side, from_ms, to_ms } of runs) {
    const [from, to] = [tenths(from_ms), tenths(to_ms)];
    const last = joined.at(-1);
    if (last?.side === side && last.to === from) last.to = to;
    else joined.push({ side, from, to });
  }
  const stints = joined.map(({ side, from, to }, i) => {
    const pause = from - (joined[i - 1]?.to ?? from);
    const minutes = (to - from) / 10;
    return pause === 0 ? { side, minutes } : { side, minutes, pause_before_min: pause / 10 };
  });
  const let_down_s = Math.round(((timer.let_down_ms ?? -Infinity) - start_ms) / 1000);
  return 0 <= let_down_s ? { start_ms, stints, let_down_s } : { start_ms, stints };
}

/** "4:07", "1:02:30". */
export function clockText(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  const [h, min] = [Math.floor(s / 3600), Math.floor(s / 60) % 60];
  return h === 0 ? `${min}:${two(s % 60)}` : `${h}:${two(min)}:${two(s % 60)}`;
}

const kept = object({
  runs: list(object({ side: oneOf('left', 'right'), from_ms: number, to_ms: nullable(number) })),
  let_down_ms: nullable(number),
});

/** The timer as it was kept; `null` when there is none, or none that makes sense. */
export function readTimer(text: string | null): Timer | null {
  const read = readJson(kept, text, 'timer');
  if (!read.ok || read.value.runs.length === 0) return null;
  const { runs, let_down_ms } = read.value;
  const inOrder = runs.every(({ from_ms, to_ms }, i) => {
    const next = runs[i + 1];
    return to_ms === null ? !next : from_ms <= to_ms && (!next || to_ms <= next.from_ms);
  });
  return inOrder ? letDown({ runs }, let_down_ms) : null;
}

/** A clock that was set back makes no run shorter than nothing. */
const endOf = ({ from_ms, to_ms }: Run, now_ms: number) => to_ms ?? Math.max(from_ms, now_ms);
