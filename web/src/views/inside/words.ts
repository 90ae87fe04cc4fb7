/** The session in words: what came, what stays, what happens just now. */

import type { Inside, InsideSettings } from '../../engine/inside';
import { exactWithUnit, plural, type Unit } from '../../lib/format';
import type { Moment } from './moment';

/** `1:05`. */
export function clockText(t_s: number): string {
  const whole = Math.max(0, Math.round(t_s));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** For ears, which read 1:05 as a time of day. */
export function spoken(t_s: number): string {
  const whole = Math.max(0, Math.round(t_s));
  const [min, s] = [Math.floor(whole / 60), whole % 60];
  return min === 0 ? plural(s, 'second') : `${plural(min, 'minute')} ${plural(s, 'second')}`;
}

const STAYS = 'Milk that no let-down has moved stays where it is.';

export function summary(inside: Inside, unit: Unit): string {
  const { totals, let_downs, first_s, slowed_s } = inside;
  const ml = (value: number) => exactWithUnit(value, unit);
  const minutes = plural(Math.round(totals.seconds / 60), 'minute');
  const [taken, available] = [ml(totals.taken_ml), ml(totals.available_ml)];
  if (totals.available_ml < 1) return 'The breasts begin empty here, so there is nothing to let down yet. Give them some milk below.';
  if (first_s === null) {
    const drips = totals.taken_ml < 1 ? '' : ` About ${taken} dripped out by itself.`;
    return `No let-down came in ${minutes}: what reaches the reflex is too faint, or too much stands in its way.${drips} ${STAYS}`;
  }
  const seen = let_downs.filter(({ visible }) => visible).length;
  const felt = let_downs.filter((l) => l.felt).length;
  const many = seen === let_downs.length ? 'each' : `${seen} of them`;
  const came = `Milk came at ${clockText(first_s)}. ${plural(let_downs.length, 'let-down')} in ${minutes}, ${many} with milk to see; she felt ${felt === 0 ? 'none' : felt}.`;
  const slowed = slowed_s === null ? '' : ` Flow had slowed at ${clockText(slowed_s)}.`;
  if (totals.taken_ml < 1) return `${came} Nobody took the milk, so it flowed back. It is not lost.`;
  return `${came} ${taken} of ${available} came out.${slowed} ${STAYS}`;
}

/** What happens at a moment, in one short sentence. */
export function happening(moment: Moment, { left, right }: Pick<InsideSettings, 'left' | 'right'>): string {
  const ducts_ml = moment.left.ducts_ml + moment.right.ducts_ml;
  const flow = moment.left.flow_ml_per_min + moment.right.flow_ml_per_min;
  const waits = [left, right].filter((at) => at === 'none').length;
  if (0.35 < moment.contraction) {
    if (1 < flow) return 'Let-down: the alveoli squeeze, milk runs through the ducts and out.';
    return 'Let-down: the alveoli squeeze, and milk fills the ducts.';
  }
  if (0.3 < moment.oxytocin) return 'Oxytocin has arrived. In a few seconds the breasts begin to squeeze.';
  if (2 < ducts_ml && 0 < waits) return 'Milk that nobody takes flows back up. It is not lost.';
  if (2 < flow) return 'The squeeze fades; what stands in the ducts still comes.';
  if (moment.drive < 0.19 && moment.charge < 0.9) return 'Hardly anything reaches the reflex now. The milk stays where it is.';
  if (0.75 < moment.charge) return 'The next let-down is near.';
  return 'A lull. The milk waits in the alveoli for the next let-down.';
}

/** Words for a strength from nothing upwards: each word holds up to its number. */
const graded =
  (...words: readonly (readonly [upTo: number, word: string])[]) =>
  (value: number) =>
    words.find(([upTo]) => value <= upTo + 1e-9)?.[1] ?? words.at(-1)?.[1] ?? '';

const percent = (value: number) => `${Math.round(100 * value)}\u00a0%`;

export const say = {
  minutes: (value: number) => plural(value, 'minute'),
  fullness: (value: number) => (value === 0 ? 'empty' : `${percent(value)} full`),
  vacuum: (value: number) =>
    value === 0 ? 'off' : value === 1 ? 'as strong as is comfortable' : `${percent(value)} of what is comfortable`,
  suck: graded([0, 'asleep'], [0.35, 'a small, early baby'], [0.7, 'a gentle baby'], [1, 'a strong baby']),
  massage: graded([0, 'none'], [0.35, 'light'], [0.7, 'steady'], [1, 'firm']),
  cues: graded([0, 'none'], [0.1, 'faint'], [0.3, 'clear'], [0.6, 'strong']),
  stress: graded([0, 'calm'], [0.3, 'a little'], [0.8, 'busy or loud'], [1.4, 'a lot'], [2, 'very much']),
  pain: graded([0, 'none'], [0.3, 'a little'], [0.8, 'sore'], [1.4, 'a lot'], [2, 'very much']),
} satisfies Partial<Record<keyof InsideSettings, (value: number) => string>>;
