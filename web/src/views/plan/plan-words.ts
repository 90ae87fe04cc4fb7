/** A plan in words and in her unit: what it brings, what it asks of her, and what came of it. */

import type { Expected, Followed, Goal, Plan, PlanLine } from '../../engine/advice/plan';
import { about, aboutWithUnit, rangeWithUnit, unitName, type Likely, type Unit } from '../../lib/format';
import { clock, shortDay } from '../../lib/time';

const MINUS = '\u2212';
const NBSP = '\u00a0';

/** "06:30" on her clock. */
export const clockSaid = (text: string) => clock(Number(text.slice(0, 2)), Number(text.slice(3, 5)));

/** Hours in a sentence of the engine, `23:00`, on her clock; a range of minutes is none. */
export const clocksSaid = (text: string) => text.replace(/\b([01]\d|2[0-3]):[0-5]\d\b/g, (found) => clockSaid(found));

function signed(ml: number, unit: Unit): string {
  const size = about(Math.abs(ml), unit);
  if (size === '0') return '0';
  return `${ml < 0 ? MINUS : '+'}${size}`;
}

/** "+20 to +90 mL", never a bare middle. */
export function changeRange({ p10, p90 }: Likely, unit: Unit): string {
  const [low, high] = [signed(p10, unit), signed(p90, unit)];
  return `${low === high ? low : `${low} to ${high}`}${NBSP}${unitName(unit)}`;
}

/** What it is about, in one line: "About 1,020 mL a day by 12 Dec". */
export function headline({ goal, until, days }: Plan, expected: Expected, unit: Unit): string {
  const day = shortDay(until);
  switch (goal) {
    case 'stash':
      return `About ${aboutWithUnit(Math.max(0, expected.more_in_all_ml.p50), unit)} more in all by ${day}`;
    case 'wean': {
      const none = days.find(({ sessions }) => sessions.length === 0)?.when.split(' to ')[0];
      return `One session after the other goes${none === undefined ? '' : `, the last by ${none}`}`;
    }
    default:
      return `About ${aboutWithUnit(expected.ml_per_day.p50, unit)} a day by ${day}`;
  }
}

export interface Figure {
  readonly name: string;
  readonly value: string;
}

/** Output a day with the plan and as she does it, as likely values; none when weaning. */
export function outputs({ goal }: Plan, { ml_per_day, as_now_ml_per_day }: Expected, unit: Unit) {
  if (goal === 'wean') return [];
  const said = ({ p50, p10, p90 }: Likely) => `${aboutWithUnit(p50, unit)} a day, likely ${rangeWithUnit(p10, p90, unit)}`;
  return [
    { name: goal === 'stash' ? 'With the plan, at its end' : 'With the plan', value: ml_per_day, said: said(ml_per_day) },
    { name: 'As you do it', value: as_now_ml_per_day, said: said(as_now_ml_per_day), pale: true },
  ];
}

/** What it changes and what it asks, each with its unit and range. */
export function figures({ goal }: Plan, expected: Expected, unit: Unit): Figure[] {
  const time = { name: 'At the pump', value: minutesSaid(expected) };
  switch (goal) {
    case 'wean':
      return [{ name: 'Very full breasts on the way', value: `about ${hours(expected.full_h_per_day)} a day` }, time];
    case 'stash':
      return [{ name: 'Likely', value: `${changeRange(expected.more_in_all_ml, unit)} in all, against as you do it` }, time];
    default:
      return [{ name: 'The difference', value: `likely ${changeRange(expected.change_range_ml, unit)} a day` }, time];
  }
}

const hours = (h: number) => `${h < 1 ? h.toFixed(1) : String(Math.round(2 * h) / 2)}${NBSP}h`;

function minutesSaid({ minutes_per_day, cost_min_per_day, sessions_per_day }: Expected): string {
  const more = Math.round(cost_min_per_day);
  const against = more === 0 ? 'as many as now' : `${Math.abs(more)} ${more < 0 ? 'fewer' : 'more'} than now`;
  return `about ${Math.round(minutes_per_day)}${NBSP}min a day, ${against}; ${decimal(sessions_per_day)} sessions`;
}

const decimal = (n: number) => String(Math.round(10 * n) / 10);

/** "every day" as a heading. */
export const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const help = (technique: string) => (technique === 'nursing_beside' ? 'the baby at the other breast' : `with ${technique}`);

/** What every session of a day is done with; `null` where they differ, or there is nothing to say. */
export function helpOfAll(sessions: readonly PlanLine[]): string | null {
  const technique = sessions[0]?.technique ?? null;
  return technique !== null && sessions.every((line) => line.technique === technique) ? help(technique) : null;
}

/** What a session is, beside its hour: "18 min, with massage"; what holds for all of a day is said once. */
export function sessionSaid({ minutes, technique }: PlanLine, ofAll: string | null = null): string {
  return `${Math.round(minutes)}${NBSP}min${technique === null || ofAll !== null ? '' : `, ${help(technique)}`}`;
}

/** The hour at home, where her clock shows another zone. */
export const homeSaid = ({ home }: PlanLine) => (home === null ? '' : `${clockSaid(home)} at home`);

export const whySaid = ({ why }: PlanLine) => clocksSaid(why);
export const isNew = ({ why }: PlanLine) => why === 'new';

/** A day in one line, for those that differ by one session. */
export function dayInLine(sessions: readonly PlanLine[]): string {
  if (sessions.length === 0) return 'no pump session';
  return sessions.map((line) => (line.why.includes('shorter') ? `${clockSaid(line.clock)} (${Math.round(line.minutes)}${NBSP}min)` : clockSaid(line.clock))).join(', ');
}

/** Where a sentence of a limit stops all advice. */
const STOPS = ['red_flag', 'no_more_pumping'];

/** Whom to call, where there is no plan; none where there is one. */
export function stops({ expected, schedule, limits_hit }: Plan): string[] {
  if (expected !== null || 0 < schedule.length) return [];
  return limits_hit.filter(({ rule }) => STOPS.includes(rule)).map(({ text }) => text);
}

const GRADES: Record<string, string> = {
  trial: 'from a trial',
  measured: 'measured in women',
  contested: 'trials disagree',
  model: 'by the model',
  care: 'from care',
};
export const gradeSaid = (grade: string) => GRADES[grade] ?? grade;

const FOR: Record<Goal, string> = {
  raise: 'more milk',
  hold: 'as much as now',
  work: 'your work',
  home: 'the way home',
  stash: 'a stash',
  wean: 'weaning',
  retrain: 'your let-down',
};

/** What came of the plan that was kept: no verdict. */
export function followedSaid({ goal, since, days, planned_per_day, came_per_day, seldom }: Followed): string[] {
  const made = `Your plan for ${FOR[goal]} is of ${shortDay(since)}.`;
  if (days === 0) return [made, 'Once a whole day has passed, you can read here what came of it.'];
  return [
    made,
    `In ${days === 1 ? '1 whole day' : `${days} whole days`} since about ${decimal(came_per_day)} pump sessions a day, of ${decimal(planned_per_day)} planned.`,
    seldom.length === 0 ? '' : `Least often at ${seldom.map(clockSaid).join(', ')}; an hour that does not suit your days is no loss.`,
    goal !== 'wean' && came_per_day + 0.5 < planned_per_day ? 'The next plan holds at most one session more than came.' : '',
  ].filter((sentence) => sentence !== '');
}
