/** Where the drawings of the page have their lines: days as bars, weights beside their curve. */

import type { Centiles } from '../../engine/advice/report';
import { linear, type Scale } from '../../lib/chart/scale';
import type { DaysDrawing, Panel } from './page-sections';

export interface Room {
  readonly width: number;
  readonly height: number;
  /** How large letters are. */
  readonly em: number;
}

const NICE = [1, 2, 5, 10];

/** Round numbers from `from` to `to`, at most five of them. */
export function roundNumbers(from: number, to: number): number[] {
  const rough = Math.max(to - from, 1e-9) / 4;
  const ten = 10 ** Math.floor(Math.log10(rough));
  const step = (NICE.find((nice) => rough <= nice * ten) ?? 10) * ten;
  const first = Math.ceil(from / step);
  return [0, 1, 2, 3, 4, 5].map((i) => Number(((first + i) * step).toPrecision(6))).filter((tick) => tick <= to + 1e-9 * (to - from));
}

export interface DaysPlaces {
  readonly left: number;
  readonly step: number;
  readonly floor: number;
  readonly up: Scale;
  readonly ticks: readonly number[];
  /** Every so many days have room for their label. */
  readonly every: number;
  readonly countsAt: (row: number) => number;
}

/** The places of bars, from nothing upwards. */
export function daysPlaces({ bars, usual, counts }: DaysDrawing, { width, height, em }: Room): DaysPlaces {
  const left = (counts.length === 0 ? 3 : 4.6) * em;
  const floor = height - (2 + 1.45 * counts.length) * em;
  const most = Math.max(1, usual?.[1] ?? 0, ...bars.map(({ value }) => value ?? 0));
  const up = linear([0, 1.08 * most], [floor, 1.4 * em]);
  const step = (width - left) / Math.max(1, bars.length);
  return {
    left, step, floor, up,
    ticks: roundNumbers(0, 1.08 * most).filter((tick) => 0 < tick),
    every: Math.ceil((1.7 * em) / step),
    countsAt: (row) => floor + (2.95 + 1.45 * row) * em,
  };
}

export interface GrowthPlaces {
  readonly outer: string;
  readonly inner: string;
  readonly middles: readonly string[];
  readonly weights: readonly (readonly [number, number])[];
  readonly names: readonly { readonly text: string; readonly y: number }[];
  readonly right: number;
  readonly left: number;
  readonly floor: number;
  readonly kg: readonly { readonly text: string; readonly y: number }[];
  readonly ages: readonly { readonly text: string; readonly x: number }[];
  readonly ageName: string;
}

const WEEK_DAYS = 7;
const MONTH_DAYS = 30.4375;
const LONG_DAYS = 190;

/** Weights and the bands around them; of both curves together where girl or boy is not known. */
export function growthPlaces({ weights, curves }: Panel, { width, height, em }: Room): GrowthPlaces | null {
  const [one] = curves;
  if (!one || one.centiles.length === 0) return null;
  const other = curves[1] ?? one;
  const pairs = one.centiles.map((centiles, i) => [centiles, other.centiles[i] ?? centiles] as const);
  const all = curves.flatMap(({ centiles }) => centiles);
  const ages = [...all, ...weights].map(({ age_days }) => age_days);
  const grams = [...all.flatMap(({ p03, p97 }) => [p03, p97]), ...weights.map(({ weight_g }) => weight_g)];
  const [firstAge, low, high] = [Math.min(...ages), Math.min(...grams), Math.max(...grams)];
  const lastAge = Math.max(...ages, firstAge + WEEK_DAYS);
  const pad = 0.04 * Math.max(high - low, 200);
  const [left, right, floor] = [2.4 * em, width - 2.1 * em, height - 1.7 * em];
  const x = linear([firstAge, lastAge], [left, right]);
  const y = linear([low - pad, high + pad], [floor, 2 * em]);
  const edge = (of: (centiles: Centiles) => number, pick: (a: number, b: number) => number) =>
    pairs.map(([a, b]) => point(x(a.age_days), y(pick(of(a), of(b)))));
  const band = (from: (c: Centiles) => number, to: (c: Centiles) => number) =>
    `M${[...edge(from, Math.min), ...edge(to, Math.max).reverse()].join('L')}Z`;
  const last = pairs.at(-1) ?? [one.centiles[0], one.centiles[0]];
  const [a, b] = last;
  const long = lastAge - firstAge < LONG_DAYS ? { days: WEEK_DAYS, name: 'weeks' } : { days: MONTH_DAYS, name: 'months' };
  return {
    outer: band(({ p03 }) => p03, ({ p97 }) => p97),
    inner: band(({ p15 }) => p15, ({ p85 }) => p85),
    middles: curves.map(({ centiles }) => `M${centiles.map(({ age_days, p50 }) => point(x(age_days), y(p50))).join('L')}`),
    weights: weights.map(({ age_days, weight_g }) => [x(age_days), y(weight_g)] as const),
    names: a && b ? [
      { text: '97', y: y(Math.max(a.p97, b.p97)) },
      { text: '50', y: y((a.p50 + b.p50) / 2) },
      { text: '3', y: y(Math.min(a.p03, b.p03)) },
    ] : [],
    left, right, floor,
    kg: roundNumbers((low - pad) / 1000, (high + pad) / 1000).map((kg) => ({ text: String(kg), y: y(1000 * kg) })),
    ages: roundNumbers(firstAge / long.days, lastAge / long.days)
      .map((tick) => ({ text: String(tick).replace('-', '\u2212'), x: x(long.days * tick) }))
      .filter((tick) => tick.x <= right - (long.name.length * 0.55 + 0.8) * em),
    ageName: long.name,
  };
}

const point = (x: number, y: number) => `${x.toFixed(1)},${y.toFixed(1)}`;
