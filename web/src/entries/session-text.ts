/** A session in words. What a pump brought is output, what a baby drank is intake: they are never added. */

import type { Session } from '../engine/shapes';
import { clockAfter, clockOf } from '../lib/time';

type Volume = (ml: number) => string;

const NAMES: Record<Session['kind'], string> = {
  pump: 'Pumped',
  nurse: 'Nursed',
  bottle: 'Bottle',
  weight: 'Weight',
  diaper: 'Nappy',
};

/** What stands on its line. */
export function amountOf({ kind, output_ml, intake_ml }: Session, volume: Volume): string {
  if (output_ml !== null) return volume(output_ml);
  if (intake_ml !== null) return `${NAMES[kind]}, drank ${volume(intake_ml)}`;
  return kind === 'pump' ? 'Pumped, no volume' : NAMES[kind];
}

/** What stands below it when it is open. */
export function details({ kind, at, minutes, left_ml, right_ml, milk }: Session, volume: Volume): string {
  const sides = [left_ml === null ? '' : `left ${volume(left_ml)}`, right_ml === null ? '' : `right ${volume(right_ml)}`];
  const until = minutes === null ? `at ${clockOf(at)}` : `${clockOf(at)} to ${clockAfter(at, minutes)}`;
  return [`${NAMES[kind]} ${until}`, ...sides, milk ?? ''].filter((part) => part !== '').join(', ');
}
