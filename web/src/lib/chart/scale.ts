/** Scales and ticks shared by every chart. */

export type Scale = (value: number) => number;

export const linear =
  (from: readonly [number, number], to: readonly [number, number]): Scale =>
  (value) =>
    to[0] + ((value - from[0]) / (from[1] - from[0] || 1)) * (to[1] - to[0]);

const NICE = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** Round values from 0 up to `max`, evenly apart: at most four. */
export function ticks(max: number, most = 4): number[] {
  if (!(0 < max)) return [0];
  const rough = max / (most - 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (NICE.find((nice) => rough <= nice * power * (1 + 1e-9)) ?? 10) * power;
  return Array.from({ length: Math.floor(max / step + 1e-9) + 1 }, (_, i) => i * step);
}

/** Round values that hold `low` to `high`, evenly apart: from 0 where that is not far, at most five. */
export function around(low: number, high: number): number[] {
  if (!(low < high)) return around(Math.max(0, low - 1), low + 1);
  const from = low < 0.5 * high ? 0 : low;
  const rough = (high - from) / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (NICE.find((nice) => rough <= nice * power * (1 + 1e-9)) ?? 10) * power;
  const first = Math.floor(from / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}
