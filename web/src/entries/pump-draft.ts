/** From what stands in the form to the draft of an entry, or to a sentence about the field that cannot be read. */

import type { PumpDraft } from '../engine/calls';
import { ML_PER_OZ, type Unit } from '../lib/format';
import { zonedText } from '../lib/time';

export interface PumpFields {
  readonly amount: string;
  readonly unit: Unit;
  readonly minutes: string;
  /** The value of a `datetime-local` field: local time without a zone. */
  readonly ended: string;
  readonly techniques: readonly string[];
  readonly place: string;
  readonly note: string;
}

export type Field = 'amount' | 'minutes' | 'ended';
export type DraftReading =
  | { readonly ok: true; readonly draft: PumpDraft }
  | { readonly ok: false; readonly field: Field; readonly text: string };

/** Steps of the big buttons, in the unit she reads. */
export const AMOUNT_STEP: Record<Unit, number> = { ml: 5, oz: 0.25 };

const MINUTE_MS = 60_000;
const unreadable = (field: Field, text: string) => ({ ok: false, field, text }) as const;

export function readDraft(fields: PumpFields, now: Date): DraftReading {
  const amount = readNumber(fields.amount);
  if (amount === 'unreadable') return unreadable('amount', 'Write the amount as a number, like 120.');
  const minutes = readNumber(fields.minutes);
  if (minutes === 'unreadable') return unreadable('minutes', 'Write the minutes as a number, like 18.');
  const ended = new Date(fields.ended);
  if (Number.isNaN(ended.getTime())) return unreadable('ended', 'Choose the day and time it ended.');
  if (now < ended) return unreadable('ended', 'That time is still to come. Choose when it ended.');

  const [place, note] = [fields.place.trim(), fields.note.trim()];
  return {
    ok: true,
    draft: {
      start: zonedText(new Date(ended.getTime() - Math.round(minutes ?? 0) * MINUTE_MS)),
      ...(amount === null ? {} : { total_ml: toMl(amount, fields.unit), typed: { amount, unit: fields.unit } }),
      ...(minutes === null ? {} : { minutes }),
      ...(fields.techniques.length === 0 ? {} : { techniques: fields.techniques }),
      ...(place === '' ? {} : { place }),
      ...(note === '' ? {} : { note }),
    },
  };
}

/** A number as people type it, with a point or a comma; `null` when nothing is there. */
export function readNumber(text: string): number | null | 'unreadable' {
  const trimmed = text.trim().replace(',', '.');
  if (trimmed === '') return null;
  return /^\d{1,5}(\.\d{1,3})?$/.test(trimmed) ? Number(trimmed) : 'unreadable';
}

/** One step up or down from what stands there, never below nothing. */
export function stepped(text: string, step: number): string {
  const value = readNumber(text);
  const from = typeof value === 'number' ? value : 0;
  return trim(Math.max(0, from + step));
}

/** The same amount in the other unit, rounded to its step. */
export function converted(text: string, from: Unit, to: Unit): string {
  const value = readNumber(text);
  if (typeof value !== 'number' || from === to) return text;
  const exact = to === 'oz' ? value / ML_PER_OZ : value * ML_PER_OZ;
  return trim(Math.round(exact / AMOUNT_STEP[to]) * AMOUNT_STEP[to]);
}

export const trim = (value: number) => String(Math.round(value * 1000) / 1000);

const toMl = (amount: number, unit: Unit) => (unit === 'ml' ? amount : amount * ML_PER_OZ);
