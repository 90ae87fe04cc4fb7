/** The geometry of the daily chart: what was pumped, day by day, and the fan of what is likely to come. */

import { addDays } from '../time';
import { linear, ticks, type Scale } from './scale';

export interface PastDay {
  readonly date: string;
  readonly output_ml: number | null;
  readonly sessions: number;
  readonly sessions_with_volume: number;
}

export interface Quantiles {
  readonly p10: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p90: number;
}

export interface DailyData {
  /** Oldest first, today last. */
  readonly past: readonly PastDay[];
  /** What is still likely to come today. */
  readonly rest: Quantiles | null;
  /** Whole days after today. */
  readonly future: readonly { readonly date: string; readonly ml: Quantiles }[];
}

export interface Frame {
  readonly width: number;
  readonly height: number;
  /** The height of the text (px): margins and labels are measured in it, so that large text has its room. */
  readonly em: number;
}

export interface Bar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** `partly`: some of that day's sessions were logged without a volume, so that the bar is too short. */
  readonly kind: 'whole' | 'partly' | 'unknown' | 'nothing yet';
}

export interface DayTick {
  readonly day: string;
  readonly x: number;
  readonly anchor: 'middle' | 'end';
}

/** A name for a part of the fan: a thin line from the part down to the words. */
export interface Callout {
  readonly text: string;
  readonly x: number;
  readonly from: number;
  readonly to: number;
}

export interface DailyGeometry {
  readonly left: number;
  readonly y: Scale;
  readonly yTicks: readonly number[];
  readonly days: readonly DayTick[];
  readonly bars: readonly Bar[];
  /** What is likely to be added to today's bar. */
  readonly rest: { readonly x: number; readonly width: number; readonly y: number; readonly height: number } | null;
  readonly band50: string;
  readonly band80: string;
  readonly median: string;
  /** Empty when there is no room for the words. */
  readonly callouts: readonly Callout[];
}

const GAP = 0.28;

/** `perUnit`: how many mL one unit of the axis is. */
export function daily({ past, rest, future }: DailyData, frame: Frame, perUnit = 1): DailyGeometry {
  const { width, height, em } = frame;
  const days = Math.max(1, past.length + future.length);
  const today = past.at(-1)?.output_ml ?? 0;
  const tops = [...past.map(({ output_ml }) => output_ml ?? 0), today + (rest?.p50 ?? 0), ...future.map(({ ml }) => ml.p90)];
  const max = Math.max(1, ...tops) / perUnit;
  const yTicks = ticks(max);
  const left = 2.9 * em;
  const ceiling = 1.6 * em;
  const x = linear([0, days], [left, width]);
  const y = linear([0, max], [height - 1.7 * em, ceiling]);
  const yMl = (ml: number) => y(ml / perUnit);
  const barWidth = (x(1) - x(0)) * (1 - GAP);
  const barLeft = (i: number) => x(i + GAP / 2);

  const bars = past.map((day, i): Bar => {
    const isToday = i === past.length - 1 && rest !== null;
    const kind = barKind(day, isToday);
    const top = kind === 'unknown' ? ceiling : yMl(day.output_ml ?? 0);
    return { x: barLeft(i), y: top, width: barWidth, height: y(0) - top, kind };
  });

  const edge = (key: keyof Quantiles) => through(future.map(({ ml }) => yMl(ml[key])), past.length, x);
  const band = (low: keyof Quantiles, high: keyof Quantiles) =>
    future.length === 0 ? '' : `${path([...edge(high), ...edge(low).reverse()])}Z`;

  return {
    left,
    y,
    yTicks,
    days: dayTicks(past, future.length, x, em),
    bars,
    rest: rest && {
      x: barLeft(past.length - 1),
      width: barWidth,
      y: yMl(today + rest.p50),
      height: yMl(today) - yMl(today + rest.p50),
    },
    band50: band('p25', 'p75'),
    band80: band('p10', 'p90'),
    median: path(edge('p50')),
    callouts: callouts(future.map(({ ml }) => ml), past.length, x, yMl, em),
  };
}

function barKind({ output_ml, sessions, sessions_with_volume }: PastDay, isToday: boolean): Bar['kind'] {
  if (output_ml === null) return isToday ? 'nothing yet' : 'unknown';
  return sessions_with_volume < sessions ? 'partly' : 'whole';
}

type Point = readonly [x: number, y: number];

/** Through the middle of each day, and level to the outer edges of the first and the last. */
function through(ys: readonly number[], first: number, x: Scale): Point[] {
  const [start, end] = [ys[0], ys.at(-1)];
  if (start === undefined || end === undefined) return [];
  return [[x(first), start], ...ys.map((y, i): Point => [x(first + i + 0.5), y]), [x(first + ys.length), end]];
}

const path = (points: readonly Point[]) =>
  points.length === 0 ? '' : `M${points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join('L')}`;

const DAY_LABEL_EM = 4.2;

/** Today, and whole weeks away from it: at most four, fewer where the words would touch. */
function dayTicks(past: readonly PastDay[], futureDays: number, x: Scale, em: number): DayTick[] {
  const today = past.at(-1)?.date;
  if (today === undefined) return [];
  const end = x(past.length + futureDays);
  const kept: DayTick[] = [];
  for (const away of [0, 14, -7, 7, -13]) {
    if (futureDays < away || away <= -past.length || 4 <= kept.length) continue;
    const middle = x(past.length - 0.5 + away);
    const atEnd = end < middle + (DAY_LABEL_EM / 2) * em;
    const tick: DayTick = { day: addDays(today, away), x: atEnd ? end : middle, anchor: atEnd ? 'end' : 'middle' };
    const touches = kept.some((other) => Math.abs(centre(other, em) - centre(tick, em)) < DAY_LABEL_EM * em);
    if (!touches) kept.push(tick);
  }
  return kept;
}

const centre = ({ x, anchor }: DayTick, em: number) => (anchor === 'end' ? x - (DAY_LABEL_EM / 2) * em : x);

/** From the outermost part, whose line is leftmost and whose words are lowest, inwards: so no line crosses words. */
const PARTS: readonly { readonly text: string; readonly at: (ml: Quantiles) => number }[] = [
  { text: '8 in 10 days', at: ({ p10, p25 }) => (p10 + p25) / 2 },
  { text: '5 in 10 days', at: ({ p25, p50 }) => (p25 + p50) / 2 },
  { text: 'median', at: ({ p50 }) => p50 },
];
const WORDS_EM = 6.4;
const ROW_EM = 1.3;

function callouts(future: readonly Quantiles[], first: number, x: Scale, yMl: Scale, em: number): Callout[] {
  const room = x(first + future.length) - x(first);
  const lowest = Math.max(0, ...future.map(({ p10 }) => yMl(p10)));
  const top = yMl(0) - (0.5 + ROW_EM * PARTS.length) * em;
  if (room < (WORDS_EM + 1.2) * em || top < lowest) return [];
  return PARTS.flatMap(({ text, at }, k) => {
    const where = x(first) + (0.5 + 0.7 * k) * em;
    const ml = future[Math.floor((where - x(first)) / (x(1) - x(0)))];
    return ml ? [{ text, x: where, from: yMl(at(ml)), to: yMl(0) - (0.85 + ROW_EM * k) * em }] : [];
  });
}
