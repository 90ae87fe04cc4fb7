/** Trials in words: what can be asked, and what came of it. */

import type { TrialAsked } from '../../engine/advice/calls';
import type { Listed, TrialPage } from '../../engine/advice/trials';
import { exact, unitName, type Likely, type Unit } from '../../lib/format';
import { readMoment, shortDay } from '../../lib/time';

export const QUESTIONS = [
  { value: 'picture', text: 'A picture' },
  { value: 'massage', text: 'Massage' },
  { value: 'pause_massage', text: 'A pause with massage' },
  { value: 'sound', text: 'A sound' },
  { value: 'warmth', text: 'Warmth' },
  { value: 'smell', text: 'A smell' },
  { value: 'thought', text: 'A thought' },
  { value: 'flange', text: 'Another flange' },
  { value: '+5min', text: '5 min longer' },
] as const;
export type Question = (typeof QUESTIONS)[number]['value'];

/** What it is, where the word alone does not say it. */
export const HINTS: Record<Question, string> = {
  picture: 'You look at a picture of your baby while you pump.',
  massage: 'You massage or press your breast while you pump.',
  pause_massage: 'When flow slows you pause, massage, and go on.',
  sound: 'You listen to a recording of your baby.',
  warmth: 'A warm cloth before, or a warm flange while you pump.',
  smell: 'Something that smells of your baby is near.',
  thought: 'You think of your baby for a minute before you begin.',
  flange: 'The other flange that you have, against the one you use now.',
  '+5min': 'Whole days are drawn: one day every session runs 5 minutes longer, another as long as usual.',
};

export const OUTCOMES = [
  { value: 'milk', text: 'Milk' },
  { value: 'latency', text: 'Seconds until milk comes' },
] as const;
export type Outcome = (typeof OUTCOMES)[number]['value'];

/** The smallest effects that can be chosen, and the one that stands there first (%). */
const SMALLEST: Record<Outcome, { readonly all: readonly number[]; readonly usual: number }> = {
  milk: { all: [5, 10, 15, 20, 30], usual: 10 },
  latency: { all: [15, 25, 40, 60], usual: 25 },
};
export const smallestOptions = (outcome: Outcome) => SMALLEST[outcome].all.map((percent) => ({ value: String(percent), text: `${percent}\u00a0%` }));

/** Days are compared by their milk: whole days are drawn where sessions run longer. */
export const outcomeOf = (question: Question, outcome: Outcome): Outcome => (question === '+5min' ? 'milk' : outcome);

export function trialAsked(question: Question, outcome: Outcome, smallest: string): TrialAsked {
  const of = outcomeOf(question, outcome);
  const { all, usual } = SMALLEST[of];
  return { question, latency: of === 'latency', smallest_percent: all.find((percent) => String(percent) === smallest) ?? usual };
}

const STATES: Record<string, string> = { running: 'goes on', done: 'ended', stopped: 'ended early' };
const unitOf = (by_day: boolean, n: number) => `${by_day ? 'day' : 'session'}${n === 1 ? '' : 's'}`;

/** "Begun on 26 Oct, ended early, 14 of 111 sessions drawn." */
export function standsAt({ started, state, drawn, planned, by_day }: Listed): string {
  const at = readMoment(started);
  const begun = at ? `Begun on ${shortDay(at.day)}, ` : '';
  return `${begun}${STATES[state] ?? state}, ${drawn} of ${planned} ${unitOf(by_day, planned)} drawn.`;
}

/** "About 24 sessions, 4 days at your pace". */
export function takes({ sessions, by_day, days }: { sessions: number; by_day: boolean; days: number | null }): string {
  const about = `About ${sessions} ${unitOf(by_day, sessions)}`;
  return by_day || days === null ? about : `${about}, ${days} ${unitOf(true, days)} at your pace`;
}

/** What such a trial finds: its sentences behind the question and what it takes. */
export const whatItFinds = ({ asks, says }: { asks: string; says: string }) => inTwo(says.replace(asks, '').trim())[1];

/** The first sentence, and the rest. */
export function inTwo(says: string): [string, string] {
  const end = says.search(/\.\s/);
  return end < 0 ? [says, ''] : [says.slice(0, end + 1), says.slice(end + 2)];
}

const MINUS = '\u2212';
export function signed(percent: number): string {
  const whole = Math.round(Math.abs(percent));
  return whole === 0 ? '0' : `${percent < 0 ? MINUS : '+'}${whole}`;
}

export interface EffectRow {
  readonly name: string;
  readonly said: string;
  readonly value: Likely;
  readonly pale?: boolean;
}

/** What came and what was believed before, together and apart: a change in percent, each with its range. */
export function effectRows({ effect, alone, before }: TrialPage): EffectRow[] {
  if (!effect || !alone) return [];
  const row = (name: string, value: Likely, of: string, pale = false): EffectRow => ({
    name, value, pale, said: `${signed(value.p50)}\u00a0% (${signed(value.p10)} to ${signed(value.p90)}, ${of})`,
  });
  return [
    row('Both together', effect, '8 in 10'),
    row('The trial alone', { p10: alone.low, p50: alone.middle, p90: alone.high }, '95 in 100'),
    row('Believed before', before, '8 in 10', true),
  ];
}

/** How far the picture of the rows reaches to either side (%). */
export const reach = (rows: readonly EffectRow[]) =>
  1.1 * Math.max(5, ...rows.flatMap(({ value }) => [Math.abs(value.p10), Math.abs(value.p90)]));

/** "It helps at all: about 78 in 100." */
export function chance(helps: number): string {
  const of100 = Math.round(100 * helps);
  const said = of100 < 1 ? 'fewer than 1' : 99 < of100 ? 'more than 99' : `about ${of100}`;
  return `That it helps at all: ${said} in 100, by all of this together.`;
}

/** What came of each of the two, as rows of a table. */
export function armRows(page: TrialPage, unit: Unit): string[][] {
  const { with: one, without: other } = page;
  const ml = (name: string, a: number | null, b: number | null) =>
    a === null && b === null ? [] : [[name, ...[a, b].map((value) => (value === null ? 'no data' : exact(value, unit)))]];
  return [
    ['Drawn', String(one.drawn), String(other.drawn)],
    ['With a number', String(one.counted), String(other.counted)],
    ['Skipped', String(one.skipped), String(other.skipped)],
    ['Done as drawn', String(one.as_drawn), String(other.as_drawn)],
    ['Done otherwise', String(one.otherwise), String(other.otherwise)],
    ...ml(`Came, ${unitName(unit)}`, one.output_ml, other.output_ml),
    ...ml(`Expected, ${unitName(unit)}`, one.expected_ml, other.expected_ml),
  ];
}

const EXPECTED = {
  twin: 'What came is held against what the model of your log, as it was before the trial, expected of each session.',
  line: 'What came is held against what your gaps between sessions alone led to expect; there was too little log for more.',
  nothing: 'Seconds are compared as they came.',
};
export const expectedBy = ({ expected_by }: TrialPage) => EXPECTED[expected_by];

/** How far it has come. */
export function howFar({ counted, planned, by_day }: TrialPage): string {
  return `${counted} of ${planned} ${unitOf(by_day, planned)} have brought a number.`;
}
