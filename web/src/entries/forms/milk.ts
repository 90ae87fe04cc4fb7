/** A pump session, or milk expressed by hand, as it stands: for changing it. New sessions have the pump sheet. */

import type { Unit } from '../../lib/format';
import { trim } from '../pump-draft';
import type { Shape } from './entry-form.svelte';
import { just, numberOf, openAmount, openCommon, readAmount, readCommon, readMinutes, textOf, together, type Common } from './fields';

export interface MilkFields extends Common {
  unit: Unit;
  left: string;
  right: string;
  total: string;
  minutes: string;
  techniques: string[];
  /** Of a pump session. */
  place: string;
}

export const milkShape = (unit: Unit): Shape<MilkFields> => ({
  open: (body, now) => {
    const [total, left, right] = ['total', 'left', 'right'].map((stem) => openAmount(body, stem, unit));
    const shared = [total, left, right].find((amount) => amount?.amount !== '')?.unit ?? unit;
    const amount = (stem: string) => openAmount(inOne(body, stem, shared), stem, shared).amount;
    const minutes = numberOf(body, 'minutes');
    return {
      ...openCommon(body, now),
      unit: shared,
      left: amount('left'),
      right: amount('right'),
      total: amount('total'),
      minutes: minutes === null ? '' : trim(minutes),
      techniques: Array.isArray(body?.['techniques']) ? body['techniques'].filter((word) => typeof word === 'string') : [],
      place: textOf(body, 'place'),
    };
  },
  read: (fields, now) =>
    together(
      readAmount(fields.left, fields.unit, 'left', 'left'),
      readAmount(fields.right, fields.unit, 'right', 'right'),
      readAmount(fields.total, fields.unit, 'total', 'total'),
      readMinutes(fields.minutes),
      just(fields.techniques.length === 0 ? {} : { techniques: fields.techniques }),
      just(fields.place.trim() === '' ? {} : { place: fields.place.trim() }),
      readCommon(fields, now),
    ),
});

/** A form has one unit: an amount that was typed in another is shown by its millilitres. */
function inOne(body: Readonly<Record<string, unknown>> | null, stem: string, unit: Unit) {
  return openAmount(body, stem, unit).unit === unit ? body : { ...body, [`${stem}_typed`]: undefined };
}
