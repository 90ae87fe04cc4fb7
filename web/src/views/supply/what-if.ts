/** The usual changes of a day: what is asked, and the answer in words. */

import type { WhatIf } from '../../engine/what-if';
import { about, aboutWithUnit, rangeWithUnit, unitName, type Unit } from '../../lib/format';
import { clock, type Moment } from '../../lib/time';

export const CHANGES = [
  { value: 'add', text: 'One more' },
  { value: 'drop', text: 'One fewer' },
  { value: 'longer', text: '5 min longer' },
  { value: 'massage', text: 'Massage' },
  { value: 'nurse', text: 'Nurse at weekends' },
] as const;
export type ChangeKind = (typeof CHANGES)[number]['value'];

/** The change as the engine reads it. */
export function changeText(kind: ChangeKind, time: string): string {
  const words = { add: `add ${time}`, drop: `drop ${time}`, longer: '+5min', massage: 'massage', nurse: 'nurse sat,sun' };
  return words[kind];
}

const DAY_MIN = 24 * 60;
const text = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** Her usual hours in order, `06:30`, from the sessions that are likely next. */
export function usualTimes(sessions: readonly { readonly at: Moment }[]): string[] {
  const first = sessions[0]?.at.epoch_ms ?? 0;
  const oneDay = sessions.filter(({ at }) => at.epoch_ms - first < (DAY_MIN - 30) * 60_000);
  return [...new Set(oneDay.map(({ at }) => text(at.hour * 60 + at.minute)))].sort();
}

/** In the middle of her longest gap, to the half hour: where one more session would fit. */
export function roomiest(times: readonly string[]): string {
  const minutes = times.map(minutesOf);
  const gaps = minutes.map((from, i) => {
    const to = minutes[i + 1] ?? (minutes[0] ?? 0) + DAY_MIN;
    return { from, length: to - from };
  });
  const longest = gaps.reduce((best, gap) => (best.length < gap.length ? gap : best), { from: 0, length: 0 });
  return text((Math.round((longest.from + longest.length / 2) / 30) * 30) % DAY_MIN);
}

export const timeSaid = (time: string) => clock(Math.floor(minutesOf(time) / 60), minutesOf(time) % 60);

type Differs = WhatIf['difference']['ml_per_day'];

const MINUS = '\u2212';
const signed = (ml: number, unit: Unit) => {
  const size = about(Math.abs(ml), unit);
  if (size === '0') return '0';
  return `${ml < 0 ? MINUS : '+'}${size}`;
};

/** The difference first: "About 40 mL a day more, likely 10 to 70". */
export function headline({ p05, p10, p50, p90, p95 }: Differs, unit: Unit): string {
  if (p05 === 0 && p95 === 0) return 'It changes nothing that the model knows of';
  const middle = about(Math.abs(p50), unit) === '0' ? 'About the same output' : `About ${aboutWithUnit(Math.abs(p50), unit)} a day ${p50 < 0 ? 'less' : 'more'}`;
  return `${middle}, likely ${between(p10, p50, p90, unit)}`;
}

/** On one side of nothing, sizes; on both, signs. */
function between(p10: number, p50: number, p90: number, unit: Unit): string {
  const isClear = about(Math.abs(p50), unit) !== '0' && 0 <= p10 * p90 && 0 <= p50 * p10;
  const [low, high] = isClear ? [p10, p90].map(Math.abs).sort((a, b) => a - b) : [null, null];
  if (low != null && high != null) return `${about(low, unit)} to ${about(high, unit)}`;
  return `${signed(p10, unit)} to ${signed(p90, unit)}\u00a0${unitName(unit)}`;
}

/** What it costs and what it is set against. */
export function details({ baseline, changed, difference }: WhatIf, unit: Unit): string[] {
  const made = difference.made_ml_per_day;
  const minutes = difference.minutes_per_day;
  const range = ({ p10, p90 }: Differs) => rangeWithUnit(p10, p90, unit);
  return [
    `${aboutWithUnit(changed.ml_per_day.p50, unit)} a day (likely ${range(changed.ml_per_day)}) instead of ${aboutWithUnit(baseline.ml_per_day.p50, unit)} (${range(baseline.ml_per_day)}), over the next ${baseline.days.length} days.`,
    0 < difference.nursings_per_day
      ? `What your baby drinks is not in these numbers. What you make changes by ${signed(made.p10, unit)} to ${signed(made.p90, unit)}\u00a0${unitName(unit)} a day.`
      : '',
    Math.abs(minutes) < 0.5 ? '' : `It is about ${Math.round(Math.abs(minutes))} minutes ${minutes < 0 ? 'fewer' : 'more'} at the pump a day.`,
  ].filter((sentence) => sentence !== '');
}
