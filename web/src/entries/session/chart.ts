/** The drawing of a session: flow over time, let-downs as shaded stretches, a quiet axis at the side. */

import type { Look, Tap } from '../../engine/session';
import { linear, ticks, type Scale } from '../../lib/chart/scale';
import { inUnit, unitName, type Unit } from '../../lib/format';

/** How large it is drawn, and how large its letters are (px). */
export interface Place {
  readonly width: number;
  readonly height: number;
  readonly em: number;
}

/** A session is never drawn over less time (s), so that its first minute does not fill the picture. */
const LEAST_S = 300;
/** A flow is never drawn against less (mL/min), so that a drip does not look like a stream. */
const LEAST_FLOW = 20;
/** Milk is never drawn against less (mL). */
const LEAST_MILK = 20;
/** So many points at most: no picture is wider. */
const POINTS = 320;

export interface Drawing {
  readonly x: Scale;
  readonly y: Scale;
  /** Where time begins, and where nothing flows. */
  readonly left: number;
  readonly base: number;
  /** The flow, filled down to the base; empty without a scale. */
  readonly area: string;
  /** Milk as it passed the marks, from taps; empty before the first. */
  readonly rise: string;
  readonly bands: readonly { readonly x: number; readonly width: number; readonly goes_on: boolean }[];
  readonly minutes: readonly number[];
  /** What the side counts; empty as long as nothing is drawn. */
  readonly counts: string;
  readonly marks: readonly { readonly y: number; readonly text: string }[];
}

export function drawing({ flow, let_downs, elapsed_s }: Look, taps: readonly Tap[], { width, height, em }: Place, unit: Unit): Drawing {
  const passed = marksOf(taps);
  const flows = 1 < flow.length;
  const most = flows ? Math.max(LEAST_FLOW, ...flow) : Math.max(LEAST_MILK, ...passed.map(({ ml }) => ml));
  // Nought is the foot of the drawing and need not be written.
  const values = flows || 0 < passed.length ? ticks(inUnit(most, unit)).slice(1) : [];
  const texts = values.map((value) => value.toLocaleString('en', { maximumFractionDigits: 2 }));
  const left = Math.ceil(em * (0.5 + 0.6 * Math.max(1, ...texts.map(({ length }) => length))));
  const base = height - 1.5 * em;
  const x = linear([0, Math.max(LEAST_S, elapsed_s)], [left, width]);
  const y = linear([0, most], [base, 1.6 * em]);
  const bands = let_downs.map(({ onset_s, end_s, goes_on }) => ({
    x: x(onset_s),
    width: Math.max(2, x(end_s) - x(onset_s)),
    goes_on,
  }));
  return {
    x, y, left, base, bands,
    area: flows ? area(flow, x, y, base) : '',
    rise: rise(passed, taps, elapsed_s, x, y),
    minutes: ticks(Math.max(LEAST_S, elapsed_s) / 60),
    counts: values.length === 0 ? '' : flows ? `${unitName(unit)} a minute` : unitName(unit),
    marks: values.map((value, i) => ({ y: y(value / inUnit(1, unit)), text: texts[i] ?? '' })),
  };
}

const marksOf = (taps: readonly Tap[]) =>
  taps.flatMap(({ tap, t_s, ml }) => (tap === 'mark' && ml !== null ? [{ t_s, ml }] : []));

function area(flow: readonly number[], x: Scale, y: Scale, base: number): string {
  const every = Math.max(1, Math.ceil(flow.length / POINTS));
  const points = flow.flatMap((value, s) => (s % every === 0 || s === flow.length - 1 ? [`${at(x(s))} ${at(y(value))}`] : []));
  return `M${at(x(0))} ${at(base)}L${points.join('L')}L${at(x(flow.length - 1))} ${at(base)}Z`;
}

function rise(passed: ReturnType<typeof marksOf>, taps: readonly Tap[], elapsed_s: number, x: Scale, y: Scale): string {
  const last = passed.at(-1);
  if (!last) return '';
  const came = taps.find(({ tap }) => tap === 'milk_came');
  const from_s = came && came.t_s < (passed[0]?.t_s ?? 0) ? came.t_s : 0;
  const points = [{ t_s: from_s, ml: 0 }, ...passed, { t_s: Math.max(elapsed_s, last.t_s), ml: last.ml }];
  return `M${points.map(({ t_s, ml }) => `${at(x(t_s))} ${at(y(ml))}`).join('L')}`;
}

const at = (value: number) => value.toFixed(1);
