/** An entry in words. What a pump brought is output, what a baby drank is intake: they are never added. */

import type { Line } from '../engine/shapes';
import { clockAfter, clockOf } from '../lib/time';
import { kindOf } from './kinds';

type Volume = (ml: number) => string;

/** What stands on its line: the amount where milk came out, else what it was. */
export function headline({ kind, output_ml, weight_typed, weight_g }: Line, volume: Volume): string {
  const { name } = kindOf(kind);
  if (output_ml !== null) return volume(output_ml);
  if (kind === 'pump') return 'Pumped, no volume';
  if (weight_g !== null) return `${name}, ${weight_typed ?? `${weight_g}\u00a0g`}`;
  return name;
}

/** What the entry says that neither the headline nor the length beside it does. */
export function more({ says, output_ml, intake_ml, minutes, weight_g, kind }: Line, volume: Volume): string {
  if (weight_g !== null) return '';
  // A note may hold commas of its own.
  if (kind === 'note' || kind === 'medicine') return says;
  const parts = says.split(', ');
  const sides = parts.filter((part) => /^(left|right) [\d.]/.test(part)).length;
  return parts
    .filter((part) => part !== `${minutes} min`)
    .map((part) => (intake_ml !== null && part.startsWith('drank ') ? `drank ${volume(intake_ml)}` : part))
    .filter((part) => output_ml === null || 1 < sides || !/^[\d.]+ (mL|oz|ml)$/i.test(part))
    .join(', ');
}

/** "Bottle at 14:10, drank 60 mL". */
export function inOneLine(line: Line, volume: Volume): string {
  const { name } = kindOf(line.kind);
  const head = headline(line, volume);
  const rest = line.kind === 'note' ? '' : more(line, volume);
  return `${head.startsWith(name) ? head : `${name}, ${head}`} at ${clockOf(line.at)}${rest === '' ? '' : `, ${rest}`}`;
}

/** When it was, as it stands below when it is open. */
export function whenItWas({ at, minutes }: Line): string {
  return minutes === null ? `at ${clockOf(at)}` : `${clockOf(at)} to ${clockAfter(at, minutes)}`;
}
