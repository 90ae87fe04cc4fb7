/** A feed on the scale: what the baby weighed more after it is what it drank. Intake, never output. */

import type { Fields } from '../engine/calls';

export interface Weighed {
  readonly ml: number;
  readonly low_ml: number;
  readonly high_ml: number;
}

/** Grams in a millilitre of milk. */
const G_PER_ML = 1.03;
/** A scale for babies shows steps of 2 g: each weight is off by half a step at most, and their difference by a whole one. */
const STEP_G = 2;

export function weighedOf(body: Fields | null): { readonly before_g: number; readonly after_g: number } | null {
  const weighed = body?.['weighed'];
  if (typeof weighed !== 'object' || weighed === null) return null;
  const { before_g, after_g } = weighed as Record<string, unknown>;
  return typeof before_g === 'number' && typeof after_g === 'number' ? { before_g, after_g } : null;
}

/** `null` where the baby weighed less after: the scale does not say what it drank. */
export function weighedIntake({ before_g, after_g }: { readonly before_g: number; readonly after_g: number }): Weighed | null {
  const gained_g = after_g - before_g;
  if (gained_g < 0) return null;
  const ml = (grams: number) => Math.max(0, grams) / G_PER_ML;
  return { ml: ml(gained_g), low_ml: ml(gained_g - STEP_G), high_ml: ml(gained_g + STEP_G) };
}
