/** A baby as a form has it, and its fields in the journal (`docs/format.md`). */

import type { Fields } from '../../engine/calls';
import type { Baby } from '../../engine/shapes';

export interface BabyFields {
  name: string;
  /** The value of a `date` field. */
  born: string;
  /** Weeks of pregnancy, "39" or "39+4". */
  weeks: string;
}

export type BabyReading =
  | { readonly ok: true; readonly fields: Fields }
  | { readonly ok: false; readonly field: keyof BabyFields; readonly text: string };

const [LEAST_DAYS, MOST_DAYS] = [140, 310];

export function openBaby(baby: Baby | null): BabyFields {
  const days = baby?.gestation_days ?? null;
  const rest = days === null ? 0 : days % 7;
  const weeks = days === null ? '' : `${Math.floor(days / 7)}${rest === 0 ? '' : `+${rest}`}`;
  return { name: baby?.name ?? '', born: baby?.born ?? '', weeks };
}

/** `others` are the babies beside this one, `today` is `2026-11-24`. */
export function readBaby({ name, born, weeks }: BabyFields, others: readonly Baby[], today: string): BabyReading {
  const called = name.trim();
  if (called === '') return { ok: false, field: 'name', text: 'Write a name, or what you call your baby.' };
  if (others.some((other) => other.name === called)) {
    return { ok: false, field: 'name', text: `There is a baby called ${called} already. Add something that tells them apart.` };
  }
  if (today < born) return { ok: false, field: 'born', text: 'That day is still to come. Choose the day of birth, or leave it empty.' };
  const gestation_days = readWeeks(weeks);
  if (gestation_days === 'unreadable') {
    return { ok: false, field: 'weeks', text: 'Write the weeks like 39, or 39+4 with days, from 20 to 44; or leave it empty.' };
  }
  return { ok: true, fields: { name: called, born: born === '' ? null : born, gestation_days } };
}

function readWeeks(text: string): number | null | 'unreadable' {
  if (text.trim() === '') return null;
  const [, weeks, days] = /^(\d{2})(?:\s*\+\s*([0-6]))?$/.exec(text.trim()) ?? [];
  const all = weeks === undefined ? Number.NaN : 7 * Number(weeks) + Number(days ?? 0);
  return LEAST_DAYS <= all && all <= MOST_DAYS ? all : 'unreadable';
}
