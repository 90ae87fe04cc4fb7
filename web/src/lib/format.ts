/**
 * Numbers as they are said: always with a unit, and a likely one as a range. Ranges round as the body does, to 10 mL;
 * what she logged is shown as she logged it.
 */

export type Unit = 'ml' | 'oz';
/** How volumes are shown; not at all in the quiet mode. */
export type Shown = Unit | 'none';

/** What stands in the place of a volume in the quiet mode. */
export const HIDDEN = 'hidden';

export interface Likely {
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
}

export const ML_PER_OZ = 29.5735;
const NBSP = '\u00a0';
const JOINER = '\u2060';
const NAMES: Record<Unit, string> = { ml: 'mL', oz: 'oz' };

export const unitName = (unit: Unit) => NAMES[unit];

export const inUnit = (ml: number, unit: Unit) => (unit === 'ml' ? ml : ml / ML_PER_OZ);

/** A number that is only likely: to 10 mL, or to half an ounce. */
export function about(ml: number, unit: Unit): string {
  if (unit === 'oz') return decimal(Math.round(inUnit(ml, unit) * 2) / 2, 1);
  return decimal(Math.round(ml / 10) * 10, 0);
}

/** A number that was logged: to 1 mL, or to a tenth of an ounce. */
export const exact = (ml: number, unit: Unit) => decimal(inUnit(ml, unit), unit === 'oz' ? 1 : 0);

export const aboutWithUnit = (ml: number, unit: Shown) => (unit === 'none' ? HIDDEN : `${about(ml, unit)}${NBSP}${unitName(unit)}`);
export const exactWithUnit = (ml: number, unit: Shown) => (unit === 'none' ? HIDDEN : `${exact(ml, unit)}${NBSP}${unitName(unit)}`);

/** What was seen, and how far off it may be: "21 mL ± 3 mL" as the command says it, in one breath. */
export function within(ml: number, off_ml: number | null, unit: Shown): string {
  if (unit === 'none') return HIDDEN;
  if (off_ml === null) return exactWithUnit(ml, unit);
  const finest = unit === 'oz' ? ML_PER_OZ / 10 : 1;
  return `${exact(ml, unit)}${NBSP}±${NBSP}${exact(Math.max(finest, off_ml), unit)}${NBSP}${unitName(unit)}`;
}

/** "740–900", or one number when both ends round to it. */
export function range(low_ml: number, high_ml: number, unit: Unit): string {
  const [low, high] = [about(low_ml, unit), about(high_ml, unit)];
  return low === high ? low : `${low}–${high}`;
}

/** For a sentence: no line ends inside it. */
export const rangeWithUnit = (low_ml: number, high_ml: number, unit: Shown) =>
  unit === 'none' ? HIDDEN : `${range(low_ml, high_ml, unit).replace('–', `${JOINER}–${JOINER}`)}${NBSP}${unitName(unit)}`;

/** The age of what a number rests on. */
export function logsUpTo(hours: number): string {
  return `from logs up to ${ago(hours)}`;
}

/** A long stretch of time, as coarse as it is long. */
export function long(hours: number): string {
  const days = Math.round(hours / 24);
  if (hours < 48) return `${Math.round(hours)}${NBSP}h`;
  if (days < 60) return `${days} days`;
  return days < 730 ? `${Math.round(days / 30.4)} months` : `${Math.round(days / 365.25)} years`;
}

/** "25 min", "2 h 10 min". */
export function length(minutes: number): string {
  const whole = Math.round(minutes);
  const [h, min] = [Math.floor(whole / 60), whole % 60];
  if (h === 0) return `${min}${NBSP}min`;
  return min === 0 ? `${h}${NBSP}h` : `${h}${NBSP}h ${min}${NBSP}min`;
}

/** How long ago: fine at first, coarser as it gets older. */
export function ago(hours: number): string {
  if (hours < 1 / 60) return 'now';
  return hours < 3 ? `${length(hours * 60)} ago` : `${long(hours)} ago`;
}

export const plural = (n: number, one: string, many = `${one}s`) => `${decimal(n, 0)} ${n === 1 ? one : many}`;

function decimal(value: number, digits: number): string {
  return value.toLocaleString('en', { minimumFractionDigits: 0, maximumFractionDigits: digits });
}
