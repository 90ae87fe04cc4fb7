/** What she asks a plan for: everything is as usual until she says otherwise. */

import type { Goal } from '../../engine/advice/plan';
import type { Wish } from '../../engine/advice/calls';
import { about, inUnit, ML_PER_OZ, unitName, type Unit } from '../../lib/format';
import { addDays } from '../../lib/time';

export const GOAL_NAMES: Record<Goal, string> = {
  raise: 'More milk',
  hold: 'As much as now',
  work: 'Back to work',
  home: 'Home from hospital',
  stash: 'A stash',
  wean: 'Wean',
  retrain: 'Retrain let-down',
};

export const WEEK = [
  { value: 'mon', text: 'Mon' },
  { value: 'tue', text: 'Tue' },
  { value: 'wed', text: 'Wed' },
  { value: 'thu', text: 'Thu' },
  { value: 'fri', text: 'Fri' },
  { value: 'sat', text: 'Sat' },
  { value: 'sun', text: 'Sun' },
] as const;
export type Day = (typeof WEEK)[number]['value'];

export interface Stretch {
  readonly from: string;
  readonly until: string;
}

export interface Break {
  readonly at: string;
  readonly minutes: number;
}

/** A journey to another zone: when she leaves, on the clock at home, and how long she is on the way. */
export interface Journey {
  /** As a `datetime-local` field has it; empty until she says. */
  readonly departs: string;
  readonly hours: number;
  readonly zone: string;
}

export interface Asked {
  readonly goal: Goal | null;
  /** The day she typed; empty: as usual for the goal. */
  readonly by: string;
  /** In her unit, as typed; empty: as usual. */
  readonly amount: string;
  readonly sleep: Stretch | null;
  readonly away: Stretch;
  readonly days: readonly Day[];
  readonly commute: number;
  readonly breaks: readonly Break[];
  readonly most: number | null;
  /** How many babies the milk is for; `null`: as the log says, or not by babies. */
  readonly babies: number | null;
  readonly travel: Journey | null;
}

export const AS_USUAL: Asked = {
  goal: null,
  by: '',
  amount: '',
  sleep: null,
  away: { from: '09:00', until: '17:00' },
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  commute: 0,
  breaks: [],
  most: null,
  babies: null,
  travel: null,
};

export const A_NIGHT: Stretch = { from: '23:00', until: '06:00' };
export const A_BREAK: Break = { at: '12:30', minutes: 30 };
export const A_JOURNEY: Journey = { departs: '', hours: 8, zone: '' };
export const WAY_H = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 16, 18, 20, 24, 30, 36, 48] as const;
export const BABIES = ['One', 'Two', 'Three', 'Four'] as const;
export const MOST_SESSIONS = 12;
export const FURTHEST_DAYS = 120;
/** The shortest and the longest break that the engine takes (min). */
export const BREAK_MIN = [10, 15, 20, 30, 45, 60] as const;
export const COMMUTE_MIN = [0, 15, 30, 45, 60, 90, 120] as const;

const STASH_ML = 1_000;

export const usualDays = (goal: Goal) => (goal === 'wean' || goal === 'stash' ? 28 : 14);
export const usualBy = (goal: Goal, today: string) => addDays(today, usualDays(goal));

/** Goals whose amount she may say. */
export const hasAmount = (goal: Goal | null) => goal === 'raise' || goal === 'stash' || goal === 'home';
/** Goals that may go by what babies drink. */
export const goesByBabies = (goal: Goal | null) => goal === 'raise' || goal === 'home';
/** Goals with a day that can move to another zone. */
export const canTravel = (goal: Goal | null) => goal === 'hold' || goal === 'raise' || goal === 'stash';

/** What stands in the field when she has not typed: a round number of her unit. */
export function usualAmount(goal: Goal, pumped_ml: number | null, unit: Unit): string {
  if (goal === 'stash') return unit === 'ml' ? String(STASH_ML) : String(Math.round(inUnit(STASH_ML, unit)));
  return goal === 'home' || pumped_ml === null ? '' : about(1.1 * pumped_ml, unit).replaceAll(',', '');
}

/** A step of the amount, in her unit. */
export const amountStep = (goal: Goal, unit: Unit) =>
  goal === 'stash' ? { ml: 100, oz: 4 }[unit] : { ml: 20, oz: 0.5 }[unit];

const number = (text: string) => Number(text.trim().replace(',', '.'));

export function stepped(text: string, by: number): string {
  const now = number(text);
  const next = (Number.isFinite(now) ? now : 0) + by;
  return String(Math.max(Math.abs(by), Math.round(next * 10) / 10));
}

/** What is not right yet, in a sentence; empty when all is. */
export function amiss({ goal, amount, days, away, sleep, by, travel }: Asked, today: string): string {
  if (amount.trim() !== '' && !(0 < number(amount))) return 'Write the amount as a number above 0.';
  if (goal === 'work' && days.length === 0) return 'Choose at least one day on which you are away.';
  if (goal === 'work' && away.from === away.until) return 'The hours away begin and end at the same time; change one of them.';
  if (sleep && sleep.from === sleep.until) return 'Your sleep begins and ends at the same time; change one of them.';
  if (travel && canTravel(goal) && (travel.departs === '' || travel.zone === '')) return 'Say when you leave and where to.';
  if (travel && canTravel(goal) && travel.departs.slice(0, 10) < today) return 'The journey has begun already; a plan is made before one.';
  if (by !== '' && (by <= today || addDays(today, FURTHEST_DAYS) < by)) {
    return `A plan reaches from tomorrow to ${FURTHEST_DAYS} days ahead; choose a day within.`;
  }
  return '';
}

const between = ({ from, until }: Stretch) => `${from}-${until}`;

/** As the engine takes it: only what she said. */
export function wishOf(asked: Asked, unit: Unit): Wish {
  const { goal, by, amount, sleep, away, days, commute, breaks, most, babies, travel } = asked;
  const isAway = goal === 'work';
  return {
    ...(goal && { goal }),
    ...(by !== '' && { by }),
    ...(hasAmount(goal) && amount.trim() !== '' && { to: `${number(amount)} ${unitName(unit)}` }),
    ...(sleep && { sleep: between(sleep) }),
    ...(isAway && { away: between(away), days: days.join(',') }),
    ...(isAway && 0 < commute && { commute_min: commute }),
    ...(isAway && 0 < breaks.length && { breaks: breaks.map(({ at, minutes }) => `${at}+${minutes}`) }),
    ...(goesByBabies(goal) && babies !== null && { babies }),
    ...(canTravel(goal) && travel && { travel: `${travel.departs}+${travel.hours}h`, to_zone: travel.zone }),
    ...(most !== null && { most_sessions: most }),
  };
}

/** What she has pumped on a usual day of late (mL); days without a volume and the one that runs do not count. */
export function pumpedADay(days: readonly { readonly output_ml: number | null }[]): number | null {
  const whole = days.slice(0, -1).flatMap(({ output_ml }) => (output_ml === null || output_ml === 0 ? [] : [output_ml])).slice(-7);
  return whole.length === 0 ? null : whole.reduce((sum, ml) => sum + ml, 0) / whole.length;
}

/** An amount in the other unit, when she changes it under way. */
export function converted(amount: string, to: Unit): string {
  const now = number(amount);
  if (amount.trim() === '' || !Number.isFinite(now)) return '';
  return to === 'oz' ? String(Math.round((2 * now) / ML_PER_OZ) / 2) : String(Math.round((now * ML_PER_OZ) / 10) * 10);
}
