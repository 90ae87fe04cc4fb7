/** A programme in her words: where she stands in one line, her tries, the curve, and the steps. */

import type { Chance, Programme } from '../../engine/advice/retraining';
import { secondsSaid } from '../../entries/forms/nurse-let-down';
import { logsUpTo, plural } from '../../lib/format';
import { clockOf, shortDay, weekDay } from '../../lib/time';

type Try = Programme['tries'][number];
type Point = Programme['curve'][number];
type Ahead = Programme['options'][number];

const of100 = (percent: number) => `${Math.round(percent)}`;

/** "likely 6 to 96"; nothing where that would be one number. */
export const likelySaid = ({ p10, p90 }: Pick<Chance, 'p10' | 'p90'>) =>
  of100(p10) === of100(p90) ? '' : `likely ${of100(p10)} to ${of100(p90)}`;

/** "about 48 of 100 (likely 6 to 96)"; the engine says nothing surer than 2 and 98. */
export function chanceSaid(chance: Chance): string {
  if (NEARLY <= chance.p10) return 'nearly all';
  if (chance.p90 <= 100 - NEARLY) return 'hardly any';
  const likely = likelySaid(chance);
  return `about ${of100(chance.mean)} of 100${likely === '' ? '' : ` (${likely})`}`;
}

const NEARLY = 95;

const triesOf = (to: Programme['to']) => (to === 'nursing' ? 'nursings without the pump' : 'pump sessions alone');

/** Where she stands, in one line. */
export function standing({ state, to, chance, within_min }: Programme): string {
  const now = chance ? `Now ${nowSaid(chance, triesOf(to))} bring a let-down within ${within_min} minutes.` : '';
  const forWhom = to === 'nursing' ? 'your baby' : 'the pump';
  switch (state) {
    case 'nothing_logged':
      return 'Nothing is logged yet that tells how your milk lets down.';
    case 'not_begun':
      return `Not begun. ${now}`;
    case 'on_the_way':
      return `On the way. ${now}`;
    case 'set_back':
      return `A pause in between: two days with support, then on. ${now}`;
    case 'done':
      return `Your milk lets down for ${forWhom}. There is nothing to retrain now.`;
    case 'stopped':
      return 'Something else comes first.';
  }
}

function nowSaid(chance: Chance, tries: string): string {
  const [number = '', likely] = chanceSaid(chance).split(' (');
  return `${number} ${tries}${likely === undefined ? '' : ` (${likely}`}`;
}

export type TryKind = 'came' | 'none' | 'aside';

export const kindOfTry = ({ came, set_aside }: Try): TryKind => (set_aside ? 'aside' : came ? 'came' : 'none');

const TRY_SAID: Record<TryKind, string> = { came: 'in time', none: 'not in time', aside: 'a hard day, set aside' };

/** "Sun, 27 Sep, 09:30: in time, after 1 min 20 s". */
export function trySaid(tried: Try): string {
  const after = tried.after_s === null ? '' : `, after ${secondsSaid(tried.after_s)}`;
  return `${weekDay(tried.at.day)}, ${clockOf(tried.at)}: ${TRY_SAID[kindOfTry(tried)]}${after}`;
}

/** "6 of the last 10 came in time; 2 on hard days are set aside." */
export function triesSaid(tries: readonly Try[]): string {
  if (tries.length === 0) return '';
  const counted = tries.filter(({ set_aside }) => !set_aside);
  const aside = tries.length - counted.length;
  const came = counted.filter((tried) => tried.came).length;
  const first = counted.length === 0 ? '' : `${came} of the last ${counted.length} came in time`;
  const rest = aside === 0 ? '' : aside === 1 ? '1 on a hard day is set aside' : `${aside} on hard days are set aside`;
  return `${[first, rest].filter((part) => part !== '').join('; ')}.`;
}

/** The curve as a sentence, for who does not see it. */
export function curveSaid(curve: readonly Point[]): string {
  const past = curve.filter(({ ahead }) => !ahead);
  const [first, today] = [past[0], past.at(-1)];
  if (!first || !today) return '';
  const last = curve.at(-1);
  const began = first.date === today.date ? '' : `On ${shortDay(first.date)} ${chanceSaid(first.chance)}. `;
  const then = last?.ahead ? ` With the next step, by ${shortDay(last.date)}: ${chanceSaid(last.chance)}.` : '';
  return `The chance of a let-down in time. ${began}Today ${chanceSaid(today.chance)}.${then}`;
}

/** The rows of the curve's table. */
export const curveRows = (curve: readonly Point[]): string[][] =>
  curve.map(({ date, chance, ahead }) => [
    weekDay(date),
    ahead ? 'ahead' : 'so far',
    of100(chance.mean),
    `${of100(chance.p10)}–${of100(chance.p90)}`,
  ]);

/** How long the model thinks a step takes until done. */
export function daysSaid([few, middle, many]: Ahead['days']): string {
  if (few == null) return 'No end in sight within six weeks';
  if (middle == null) return `${plural(few, 'day')} to done at the least, maybe months`;
  return many == null
    ? `Done in about ${plural(middle, 'day')} (${few}, or more than six weeks)`
    : `Done in about ${plural(middle, 'day')} (${few === many ? few : `${few} to ${many}`})`;
}

/** What a step costs and teaches. */
export function worthSaid({ trouble_min_per_day, learned_in_a_week }: Ahead): string {
  const points = Math.round(learned_in_a_week);
  const taught = points < 1 ? 'a week of it changes little' : `a week of it adds about ${points} of 100`;
  return `About ${Math.round(trouble_min_per_day)}\u00a0min of extra work and waiting a day; ${taught}.`;
}

const BETWEEN: Record<string, string> = { stress: 'A day of much stress', new_place: 'A new place', pause: 'A week’s pause' };

export const betweenName = (what: string) => BETWEEN[what] ?? what.replaceAll('_', ' ');

/** What it rests on, with its age. */
export function restsOn({ evidence, data_age_h }: Programme): string {
  const { pump, beside, nursing, seen } = evidence;
  const counted = [
    `${plural(pump, 'pump session')} alone`,
    `${beside} with the pump beside nursing`,
    `${plural(nursing, 'nursing')} alone`,
  ];
  const age = data_age_h === null ? '' : `, ${logsUpTo(data_age_h)}`;
  return `It rests on ${counted.join(', ')}${age}. Of ${seen} it is known whether a let-down came.`;
}
