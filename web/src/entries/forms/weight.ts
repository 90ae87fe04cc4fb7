import type { Fields } from '../../engine/calls';
import { readNumber, trim } from '../pump-draft';
import type { Shape } from './entry-form.svelte';
import { just, numberOf, openCommon, readCommon, textOf, together, unreadable, type Common, type Reading } from './fields';

export type WeightUnit = 'kg' | 'g' | 'lb';

export const WEIGHT_UNITS: readonly { readonly value: WeightUnit; readonly text: string }[] = [
  { value: 'kg', text: 'kg' },
  { value: 'g', text: 'g' },
  { value: 'lb', text: 'lb and oz' },
];

export interface WeightFields extends Common {
  amount: string;
  unit: WeightUnit;
  /** Beside pounds. */
  ounces: string;
}

export const weightUnitOf = (text: string | null): WeightUnit =>
  WEIGHT_UNITS.find(({ value }) => value === text)?.value ?? 'kg';

export const weightShape = (unit: WeightUnit): Shape<WeightFields> => ({
  open: (body, now) => ({ ...openCommon(body, now), ...opened(body, unit) }),
  read: (fields, now, body) => together(read(fields, body), readCommon(fields, now)),
});

function opened(body: Fields | null, unit: WeightUnit): Pick<WeightFields, 'amount' | 'unit' | 'ounces'> {
  const grams = numberOf(body, 'weight_g');
  if (grams === null) return { amount: '', unit, ounces: '' };
  const typed = textOf(body, 'weight_typed');
  const metric = /^([\d.]+) ?(kg|g)$/i.exec(typed);
  if (metric) return { amount: metric[1] ?? '', unit: weightUnitOf(metric[2]?.toLowerCase() ?? null), ounces: '' };
  const pounds = /^([\d.]+) ?lbs?(?:[ .]*([\d.]+) ?oz)?$/i.exec(typed);
  if (pounds) return { amount: pounds[1] ?? '', unit: 'lb', ounces: pounds[2] ?? '' };
  return { amount: trim(grams), unit: 'g', ounces: '' };
}

function read(fields: WeightFields, body: Fields | null): Reading {
  // Left as it stands, it keeps the words it came with.
  const was = opened(body, fields.unit);
  if (body && was.amount === fields.amount && was.unit === fields.unit && was.ounces === fields.ounces) {
    return just({ weight_typed: textOf(body, 'weight_typed') || `${was.amount} g` });
  }
  const amount = readNumber(fields.amount);
  const ounces = fields.unit === 'lb' ? readNumber(fields.ounces) : null;
  if (typeof amount !== 'number') return unreadable('amount', 'Write the weight as a number, like 4.12.');
  if (ounces === 'unreadable') return unreadable('ounces', 'Write the ounces as a number, like 6.');
  const more = ounces === null ? '' : ` ${trim(ounces)} oz`;
  return just({ weight_typed: `${trim(amount)} ${fields.unit}${more}` });
}
