/** A session at one moment, between the seconds it was computed at; and what a picture shows of it. */

import type { Inside } from '../../engine/inside';

export const SIDES = ['left', 'right'] as const;
export type Side = (typeof SIDES)[number];

export interface Milk {
  readonly alveoli_ml: number;
  readonly ducts_ml: number;
  readonly taken_ml: number;
  readonly flow_ml_per_min: number;
}

export interface Moment {
  readonly t_s: number;
  readonly left: Milk;
  readonly right: Milk;
  readonly oxytocin: number;
  readonly contraction: number;
  readonly drive: number;
  readonly charge: number;
}

/** The value of a column at a time: straight from one second to the next, and still at the ends. */
export function valueAt(column: readonly number[], t_s: number): number {
  const last = column.length - 1;
  if (last < 0) return 0;
  const t = Math.min(Math.max(t_s, 0), last);
  const i = Math.floor(t);
  const from = column[i] ?? 0;
  return from + ((column[i + 1] ?? from) - from) * (t - i);
}

const FLOW_OVER_S = 5;

/** Flow around a time (mL/min). */
export function flowAt(taken_ml: readonly number[], t_s: number, over_s = FLOW_OVER_S): number {
  const from = Math.max(0, t_s - over_s);
  const to = Math.min(taken_ml.length - 1, t_s + over_s);
  return to <= from ? 0 : Math.max(0, (60 * (valueAt(taken_ml, to) - valueAt(taken_ml, from))) / (to - from));
}

export function momentAt({ frames }: Inside, t_s: number): Moment {
  const milk = (side: Side): Milk => ({
    alveoli_ml: valueAt(frames[side].alveoli_ml, t_s),
    ducts_ml: valueAt(frames[side].ducts_ml, t_s),
    taken_ml: valueAt(frames[side].taken_ml, t_s),
    flow_ml_per_min: flowAt(frames[side].taken_ml, t_s, 1),
  });
  return {
    t_s,
    left: milk('left'),
    right: milk('right'),
    oxytocin: valueAt(frames.oxytocin, t_s),
    contraction: valueAt(frames.contraction, t_s),
    drive: valueAt(frames.drive, t_s),
    charge: valueAt(frames.charge, t_s),
  };
}

export const endOf = ({ frames }: Inside) => frames.t_s.at(-1) ?? 0;

/** Where a still picture shows most: in the first let-down, or half way when none comes. */
export function tellingMoment(inside: Inside): number {
  const end_s = endOf(inside);
  return inside.first_s === null ? Math.round(end_s / 2) : Math.min(end_s, Math.round(inside.first_s + 25));
}

/** The next let-down after a time, at its height; after the last one the first again. */
export function nextLetDown(inside: Inside, t_s: number): number | null {
  const heights = inside.let_downs.map(({ at_s }) => Math.min(endOf(inside), Math.round(at_s + 25)));
  return heights.find((s) => t_s + 1 < s) ?? heights[0] ?? null;
}

/** How one breast is drawn. */
export interface Drawn {
  /** Size of an alveolus against one at rest (1). */
  readonly alveolus: number;
  /** Size of the milk in it against its own (0 to 1): milk fills a volume, a picture shows its width. */
  readonly milk: number;
  /** Width of a duct (px of the picture). */
  readonly duct: number;
  /** Width of the stream out (px), 0 when hardly any comes. */
  readonly stream: number;
  /** Strength of the violet around it (0 to 1). */
  readonly glow: number;
}

const SQUEEZED = 0.16;
const TRICKLE_ML_PER_MIN = 0.6;

export function drawn(milk: Milk, moment: Moment, holds_ml: number): Drawn {
  const fullness = Math.max(0, milk.alveoli_ml / holds_ml);
  return {
    alveolus: (1 - SQUEEZED * moment.contraction) * (0.86 + 0.14 * Math.min(1.2, fullness)),
    milk: Math.min(1, Math.cbrt(fullness)) * 0.94,
    duct: Math.min(3.6, 1.4 * Math.sqrt(Math.max(0, milk.ducts_ml))),
    stream: milk.flow_ml_per_min < TRICKLE_ML_PER_MIN ? 0 : Math.min(5, 0.9 + 0.85 * Math.sqrt(milk.flow_ml_per_min)),
    glow: Math.min(1, moment.oxytocin) ** 0.7,
  };
}

/** How high milk stands in what collects it (0 to 1). */
export const level = (taken_ml: number, holds_ml: number) => Math.min(1, Math.max(0, taken_ml / holds_ml));
