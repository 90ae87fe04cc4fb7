/** From what stands in a form to the fields of an entry (`docs/format.md`), and what of them changed. */

import type { Fields } from '../../engine/calls';
import { ML_PER_OZ, type Unit } from '../../lib/format';
import { zonedText } from '../../lib/time';
import { readNumber, trim } from '../pump-draft';

/** What every form has. */
export interface Common {
  /** The value of a `datetime-local` field. */
  at: string;
  /** The start as it stands, or the present when the sheet was opened: it counts, to the second, until `at` is moved. */
  was: string;
  note: string;
}

export type Reading =
  | { readonly ok: true; readonly fields: Fields }
  | { readonly ok: false; readonly field: string; readonly text: string };

export const unreadable = (field: string, text: string): Reading => ({ ok: false, field, text });

/** Time and note of an entry that stands, or of a new one. */
export function openCommon(body: Fields | null, now: Date): Common {
  const was = textOf(body, 'start') || zonedText(now);
  return { ...openAt(was), note: textOf(body, 'note') };
}

export const openAt = (was: string) => ({ at: was.slice(0, 16), was });

export function readCommon({ at, was, note }: Common, now: Date): Reading {
  const said = note.trim() === '' ? {} : { note: note.trim() };
  if (was.slice(0, 16) === at) return { ok: true, fields: { start: was, ...said } };
  const moved = new Date(at);
  if (Number.isNaN(moved.getTime())) return unreadable('at', 'Choose the day and the time.');
  if (now < moved) return unreadable('at', 'That time is still to come. Choose when it was.');
  const zone = /\[[^\]]+\]$/.exec(was)?.[0];
  return { ok: true, fields: { start: zone ? `${at}:00${zone}` : zonedText(moved), ...said } };
}

/** The fields of several readings, or the first that cannot be read. */
export function together(...readings: readonly Reading[]): Reading {
  const fields: Record<string, unknown> = {};
  for (const reading of readings) {
    if (!reading.ok) return reading;
    Object.assign(fields, reading.fields);
  }
  return { ok: true, fields };
}

export const just = (fields: Fields): Reading => ({ ok: true, fields });

/** A number that may be left out. */
export function readMinutes(text: string, name = 'minutes'): Reading {
  const minutes = readNumber(text);
  if (minutes === 'unreadable') return unreadable(name, 'Write the minutes as a number, like 18.');
  return just(minutes === null ? {} : { [name]: minutes });
}

/** An amount as she typed it, `stem_typed`; `name` is its place in the form. */
export function readAmount(text: string, unit: Unit, stem: string, name = 'amount'): Reading {
  const amount = readNumber(text);
  if (amount === 'unreadable') return unreadable(name, 'Write the amount as a number, like 120.');
  return just(amount === null ? {} : { [`${stem}_typed`]: `${trim(amount)} ${unit}` });
}

/** The amount of an entry in a form: in the unit it was typed in, else in hers. */
export function openAmount(body: Fields | null, stem: string, unit: Unit): { amount: string; unit: Unit } {
  const ml = body?.[`${stem}_ml`];
  if (typeof ml !== 'number') return { amount: '', unit };
  const typed = /^([\d.]+) ?oz$/i.exec(textOf(body, `${stem}_typed`))?.[1];
  if (typed !== undefined) return { amount: trim(Number(typed)), unit: 'oz' };
  return { amount: unit === 'ml' ? tenth(ml) : tenth(ml / ML_PER_OZ), unit };
}

/**
 * What is said anew: the fields that differ, and `null` for those that are gone. `sent` names what an earlier try has
 * sent; it may have arrived, so it is said again in any case.
 */
export function changes(before: Fields, after: Fields, sent: ReadonlySet<string> = new Set()): Fields {
  const changed: Record<string, unknown> = {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(after), ...sent])) {
    const value = after[name] ?? null;
    if (!sent.has(name) && same(before[name] ?? null, value)) continue;
    changed[name] = value;
    // An amount is gone together with how it was typed.
    if (value === null && name.endsWith('_typed')) changed[name.replace(/typed$/, 'ml')] = null;
  }
  return changed;
}

/** What takes `changed` back to the body that stood before. */
export function backTo(body: Fields, changed: Fields): Fields {
  const back: Record<string, unknown> = {};
  for (const name of Object.keys(changed)) {
    const stem = name.endsWith('_typed') ? name.slice(0, -'typed'.length) : null;
    const names = stem === null ? [name] : [name, ...[`${stem}ml`, `${stem}g`].filter((number) => number in body)];
    for (const each of names) back[each] = body[each] ?? null;
    if (stem !== null && names.length === 1) back[`${stem}ml`] = null;
  }
  return back;
}

export function textOf(body: Fields | null, name: string): string {
  const value = body?.[name];
  return typeof value === 'string' ? value : '';
}

export function numberOf(body: Fields | null, name: string): number | null {
  const value = body?.[name];
  return typeof value === 'number' ? value : null;
}

export const tenth = (value: number) => trim(Math.round(value * 10) / 10);

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
