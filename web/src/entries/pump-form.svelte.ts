import type { Unit } from '../lib/format';
import { fieldText } from '../lib/time';
import type { Usual } from '../store/usual';
import { converted, trim, type PumpFields } from './pump-draft';

/** What did not reach the server outlives the sheet: opened again, it is still there. */
let unsaved: { readonly fields: PumpFields; readonly because: string } | null = null;

export function keepUnsaved(fields: PumpFields, because: string): void {
  unsaved = { fields: { ...fields }, because };
}

export function forgetUnsaved(): void {
  unsaved = null;
}

/** The form as it opens: what is not saved yet, else her usual amount and minutes, ended now. */
export function openForm(usual: Usual, unit: Unit, now: Date) {
  const first: PumpFields = unsaved?.fields ?? {
    amount: usual.output_ml === null ? '' : converted(trim(usual.output_ml), 'ml', unit),
    unit,
    minutes: usual.minutes === null ? '' : trim(usual.minutes),
    ended: fieldText(now),
    techniques: [],
    place: '',
    note: '',
  };
  const fields = $state({ ...first, techniques: [...first.techniques] });
  return { fields, usual: unsaved === null && usual.output_ml !== null, because: unsaved?.because ?? null };
}
