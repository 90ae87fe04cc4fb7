/** An entry in words. What a pump brought is output, what a baby drank is intake: they are never added. */

import type { Baby, Line } from '../engine/shapes';
import { exact, exactWithUnit, HIDDEN, ML_PER_OZ, unitName, within, type Shown } from '../lib/format';
import { clockAfter, clockOf } from '../lib/time';
import { whose } from '../store/which-baby';
import { kindOf } from './kinds';
import { weighedIntake, weighedOf } from './weighed';

/** How she reads it. */
export interface Manner {
  readonly unit: Shown;
  readonly babies: readonly Baby[];
}

/** What stands on its line: the amount where milk came out, else what it was. */
export function headline({ kind, output_ml, weight_typed, weight_g }: Line, { unit }: Manner): string {
  const { name } = kindOf(kind);
  if (output_ml !== null && unit === 'none') return name;
  if (output_ml !== null) return exactWithUnit(output_ml, unit);
  if (kind === 'pump') return 'Pumped, no volume';
  if (weight_g !== null) return `${name}, ${weight_typed ?? `${weight_g}\u00a0g`}`;
  return name;
}

/** What the entry says that neither the headline nor the length beside it does. */
export function more(line: Line, manner: Manner): string {
  const { says, output_ml, minutes, weight_g, kind, body } = line;
  const baby = whose(body, manner.babies);
  if (weight_g !== null) return baby;
  // A note may hold commas of its own.
  if (kind === 'note' || kind === 'medicine') return says;
  const parts = says.split(', ');
  const sides = parts.filter((part) => /^(left|right) [\d.]/.test(part)).length;
  return parts
    .filter((part) => part !== `${minutes} min`)
    .filter((part) => output_ml === null || 1 < sides || !/^[\d.]+ (mL|oz)$/i.test(part))
    .filter((part) => manner.unit !== 'none' || !/[\d.] (mL|oz)\b/i.test(part))
    .map((part) => (part.startsWith('drank ') ? drank(line, manner.unit) : inHerUnit(part, manner.unit)))
    .concat(baby === '' ? [] : [baby])
    .filter((part) => part !== '')
    .join(', ');
}

/** "drank 60 mL"; "drank 73 mL (71–75 by the scale)". */
function drank({ intake_ml, body }: Line, unit: Shown): string {
  const weights = weighedOf(body);
  const weighed = weights && weighedIntake(weights);
  if (unit === 'none') return '';
  if (!weighed) return intake_ml === null ? '' : `drank ${exactWithUnit(intake_ml, unit)}`;
  return `drank ${exactWithUnit(weighed.ml, unit)} (${exact(weighed.low_ml, unit)}–${exact(weighed.high_ml, unit)} by the scale)`;
}

/** A sentence of the engine, in which volumes stand in millilitres or as they were typed, in the unit she reads. */
export function inHerUnit(text: string, unit: Shown): string {
  const amounts = /(?<![\d.,])(\d+(?:,\d{3})*(?:\.\d+)?)(?: ± (\d+(?:\.\d+)?))? (mL|oz)\b/gi;
  return text.replace(amounts, (as_typed, amount: string, off: string | undefined, name: string) => {
    if (unit === 'none') return `(${HIDDEN})`;
    if (name.toLowerCase() === unitName(unit).toLowerCase()) return as_typed;
    const ml = (typed: string) => Number(typed.replaceAll(',', '')) * (unit === 'ml' ? ML_PER_OZ : 1);
    return within(ml(amount), off === undefined ? null : ml(off), unit);
  });
}

/** "Bottle at 14:10, drank 60 mL". */
export function inOneLine(line: Line, manner: Manner): string {
  const { name } = kindOf(line.kind);
  const head = headline(line, manner);
  const rest = line.kind === 'note' ? '' : more(line, manner);
  return `${head.startsWith(name) ? head : `${name}, ${head}`} at ${clockOf(line.at)}${rest === '' ? '' : `, ${rest}`}`;
}

/** When it was, as it stands below when it is open. */
export function whenItWas({ at, minutes }: Line): string {
  return minutes === null ? `at ${clockOf(at)}` : `${clockOf(at)} to ${clockAfter(at, minutes)}`;
}
