/** From a session that ended, and what stands in the form below it, to the fields of an entry. */

import type { Fields } from '../../engine/calls';
import type { Unit } from '../../lib/format';
import { zonedText } from '../../lib/time';
import type { PumpSession } from '../../store/pump-session';
import { converted, readNumber, trim } from '../pump-draft';

export interface EndFields {
  amount: string;
  unit: Unit;
  minutes: string;
  techniques: string[];
  place: string;
  note: string;
  /** When she first said that it hurts (s since the start); `null` where she did not, or takes it back. */
  hurt_s: number | null;
}

export type EndReading =
  | { readonly ok: true; readonly fields: Fields }
  | { readonly ok: false; readonly field: 'amount' | 'minutes'; readonly text: string };

const LONGEST_MIN = 10_080;

/** The form as it opens: what the session tells, in the unit she reads. */
export function openEnd(seen: Fields, session: PumpSession, unit: Unit): EndFields {
  const { total_ml, minutes } = seen;
  const { taps } = session;
  return {
    amount: typeof total_ml === 'number' ? converted(trim(total_ml), 'ml', unit) : '',
    unit,
    minutes: typeof minutes === 'number' ? trim(minutes) : '',
    techniques: taps.some(({ tap }) => tap === 'massage_begins') ? ['massage'] : [],
    place: '',
    note: '',
    hurt_s: hurtAfter(session),
  };
}

/** When she first said that it hurts (s since the start). */
export const hurtAfter = ({ said }: PumpSession): number | null => said.find(({ what }) => what === 'pain')?.at_s ?? null;

// What goes to the worker must be plain values: a list of the form is none.
export function readEnd(seen: Fields, session: PumpSession, form: EndFields): EndReading {
  const amount = readNumber(form.amount);
  if (amount === 'unreadable') return { ok: false, field: 'amount', text: 'Write the amount as a number, like 120.' };
  const minutes = readNumber(form.minutes);
  if (minutes === 'unreadable' || LONGEST_MIN < (minutes ?? 0)) {
    return { ok: false, field: 'minutes', text: 'Write the minutes as a number, like 18.' };
  }
  const [place, note] = [form.place.trim(), form.note.trim()];
  // What she typed stands for what was seen.
  const rest = Object.entries(seen).filter(([name]) => name !== 'total_ml' && name !== 'minutes');
  return {
    ok: true,
    fields: {
      start: zonedText(new Date(session.began_ms)),
      ...Object.fromEntries(rest),
      ...(minutes === null ? {} : { minutes }),
      ...amountFields(amount, form.unit),
      ...(form.techniques.length === 0 ? {} : { techniques: [...form.techniques] }),
      ...(place === '' ? {} : { place }),
      ...(note === '' ? {} : { note }),
      ...(form.hurt_s === null ? {} : { hurt_s: form.hurt_s }),
    },
  };
}

/** Millilitres as they are; another unit as it was typed, which the engine converts. */
function amountFields(amount: number | null, unit: Unit): Fields {
  if (amount === null) return {};
  return unit === 'ml' ? { total_ml: amount } : { total_typed: `${amount} oz` };
}
