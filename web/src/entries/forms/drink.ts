import type { Unit } from '../../lib/format';
import type { Shape } from './entry-form.svelte';
import { just, openAmount, openCommon, readAmount, readCommon, textOf, together, type Common } from './fields';

export interface DrinkFields extends Common {
  amount: string;
  unit: Unit;
  what: string;
}

export const DRINKS = [
  { value: 'water', text: 'Water' },
  { value: 'tea', text: 'Tea' },
  { value: 'coffee', text: 'Coffee' },
  { value: 'milk', text: 'Milk' },
  { value: 'juice', text: 'Juice' },
  { value: 'other', text: 'Other' },
] as const;

/** A cup, a glass, a mug, a bottle. */
export const GLASSES: Record<Unit, readonly number[]> = { ml: [150, 200, 250, 300, 400, 500], oz: [4, 6, 8, 10, 12, 16] };
export const DRINK_STEP: Record<Unit, number> = { ml: 50, oz: 1 };

/** `usual`: what she drank last. */
export const drinkShape = (unit: Unit, usual: string | null): Shape<DrinkFields> => ({
  open: (body, now) => ({
    ...openCommon(body, now),
    ...openAmount(body, 'volume', unit),
    what: body ? textOf(body, 'what') : (usual ?? 'water'),
  }),
  read: (fields, now) =>
    together(
      readAmount(fields.amount, fields.unit, 'volume'),
      just(fields.what === '' ? {} : { what: fields.what }),
      readCommon(fields, now),
    ),
});
