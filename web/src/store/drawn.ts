/** What a session of a trial was drawn to be, remembered on this device for as long as it stands. */

import { number, object, readJson, string, type Infer } from '../lib/validate';
import type { Line } from '../engine/shapes';
import { dayOf } from '../lib/time';
import { keep, recall } from './memory';

const KEY = 'letdown.drawn';
/** A draw belongs to the session that begins so long after it, or so shortly before. */
const OPEN_MS = 2 * 3_600_000;
const BEFORE_MS = 15 * 60_000;
/** The page's clock stands still for so long at most. */
const CLOCK_MS = 60_000;

const kept = object({ trial: string, part: string, at_ms: number, says: string });
export type Draw = Infer<typeof kept>;

export const keepDraw = (draw: Draw | null) => keep(KEY, JSON.stringify(draw));

/** What stands now: of this day where days are drawn, else until its session was logged or two hours have passed. */
export function recallDraw(now_ms: number, sessions: readonly Pick<Line, 'kind' | 'at' | 'minutes'>[]): Draw | null {
  const read = readJson(kept, recall(KEY), 'draw');
  if (!read.ok) return null;
  const { part, at_ms } = read.value;
  if (part === 'day') return dayOf(new Date(at_ms)) === dayOf(new Date(now_ms)) ? read.value : null;
  // A session that was over when she drew is not the one it was drawn for.
  const isUsed = sessions.some(({ kind, at, minutes }) => {
    const wasOver = at.epoch_ms < at_ms && minutes !== null && at.epoch_ms + 60_000 * minutes <= at_ms;
    return kind === 'pump' && at_ms - BEFORE_MS <= at.epoch_ms && !wasOver;
  });
  return isUsed || now_ms < at_ms - CLOCK_MS || at_ms + OPEN_MS < now_ms ? null : read.value;
}

/** "This one: with a picture of your baby." */
export const inShort = ({ says }: Draw): string => says.slice(0, says.search(/\.(\s|$)/) + 1);
