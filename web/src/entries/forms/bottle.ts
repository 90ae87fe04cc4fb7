import type { Fields } from '../../engine/calls';
import type { Line } from '../../engine/shapes';
import type { Unit } from '../../lib/format';
import { median } from '../../store/usual';
import type { Shape } from './entry-form.svelte';
import { just, numberOf, openAmount, openCommon, readAmount, readCommon, textOf, together, type Common } from './fields';

export interface BottleFields extends Common {
  amount: string;
  unit: Unit;
  milk: string;
}

export const MILKS = [
  { value: 'expressed', text: 'Your milk' },
  { value: 'fortified', text: 'Fortified' },
  { value: 'formula', text: 'Formula' },
  { value: 'unknown', text: 'Not sure' },
] as const;

const USUAL_BOTTLES = 10;

/** The usual bottle: the median of the last, and the milk of the newest. `lines` are newest first. */
export function usualBottle(lines: readonly Line[]): Fields | null {
  const bottles = lines.filter(({ kind }) => kind === 'bottle').slice(0, USUAL_BOTTLES);
  const intake_ml = median(bottles.flatMap(({ intake_ml }) => (intake_ml === null ? [] : [intake_ml])));
  const milk = bottles[0]?.milk;
  return milk ? { milk, ...(intake_ml === null ? {} : { intake_ml }) } : null;
}

export const bottleShape = (unit: Unit, usual: Fields | null): Shape<BottleFields> => ({
  open: (body, now) => ({
    ...openCommon(body, now),
    ...openAmount(body ?? usual, 'intake', unit),
    milk: textOf(body ?? usual, 'milk') || 'expressed',
  }),
  read: (fields, now) =>
    together(
      readAmount(fields.amount, fields.unit, 'intake'),
      just({ milk: fields.milk }),
      readCommon(fields, now),
    ),
});

/** A bottle that names no amount is still a bottle. */
export const hasUsual = (usual: Fields | null) => numberOf(usual, 'intake_ml') !== null;
