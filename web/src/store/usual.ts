/** The usual entry: what the form is filled with, so that most sessions take two taps. */

import type { Line } from '../engine/shapes';
import { nullable, number, object, readJson, type Infer } from '../lib/validate';
import * as memory from './memory';

const usual = object({ output_ml: nullable(number), minutes: nullable(number) });
export type Usual = Infer<typeof usual>;

const KEY = 'letdown.usual';

/** The usual entry of the last visit: the form is filled before the log is open. */
export function recallUsual(): Usual {
  const known = readJson(usual, memory.recall(KEY), 'the usual entry');
  return known.ok ? known.value : { output_ml: null, minutes: null };
}

export const keepUsual = (value: Usual) => memory.keep(KEY, JSON.stringify(value));

/** Enough sessions to be steady, few enough to follow her as she changes. */
const SESSIONS = 10;
const VOLUME_STEP_ML = 5;

/** `sessions` are newest first. Her own count before those of a simulated example. */
export function usualPump(sessions: readonly Line[]): Usual {
  const pumps = sessions.filter(({ kind }) => kind === 'pump');
  const own = pumps.filter(({ example }) => !example);
  const from = 0 < own.length ? own : pumps;
  const volumes = from.flatMap(({ output_ml }) => (output_ml === null ? [] : [output_ml])).slice(0, SESSIONS);
  const lengths = from.flatMap(({ minutes }) => (minutes === null ? [] : [minutes])).slice(0, SESSIONS);
  const volume = median(volumes);
  const minutes = median(lengths);
  return {
    output_ml: volume === null ? null : Math.round(volume / VOLUME_STEP_ML) * VOLUME_STEP_ML,
    minutes: minutes === null ? null : Math.round(minutes),
  };
}

export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined) return null;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}
