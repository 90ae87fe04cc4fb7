/** The drawing of a session: flow over time, let-downs as shaded stretches. On a grid of its own, 320 by 120. */

import type { Look, Tap } from '../../engine/session';
import { linear, ticks, type Scale } from '../../lib/chart/scale';

export const SIZE = { width: 320, height: 120, base: 100, top: 8 } as const;
/** A session is never drawn over less time (s), so that its first minute does not fill the picture. */
const LEAST_S = 300;
/** A flow is never drawn against less (mL/min), so that a drip does not look like a stream. */
const LEAST_FLOW = 20;
/** So many points at most: the picture is no wider. */
const POINTS = 320;

export interface Drawing {
  readonly x: Scale;
  /** The flow, filled down to the base; empty without a scale. */
  readonly area: string;
  /** Milk as it passed the marks, from taps; empty before the first. */
  readonly rise: string;
  readonly bands: readonly { readonly x: number; readonly width: number; readonly goes_on: boolean }[];
  readonly minutes: readonly number[];
}

export function drawing({ flow, let_downs, elapsed_s }: Look, taps: readonly Tap[]): Drawing {
  const span_s = Math.max(LEAST_S, elapsed_s);
  const x = linear([0, span_s], [0, SIZE.width]);
  const bands = let_downs.map(({ onset_s, end_s, goes_on }) => ({
    x: x(onset_s),
    width: Math.max(2, x(end_s) - x(onset_s)),
    goes_on,
  }));
  return { x, bands, area: area(flow, x), rise: rise(taps, elapsed_s, x), minutes: ticks(span_s / 60) };
}

function area(flow: readonly number[], x: Scale): string {
  if (flow.length < 2) return '';
  const y = linear([0, Math.max(LEAST_FLOW, ...flow)], [SIZE.base, SIZE.top]);
  const every = Math.max(1, Math.ceil(flow.length / POINTS));
  const points = flow.flatMap((value, s) => (s % every === 0 || s === flow.length - 1 ? [`${at(x(s))} ${at(y(value))}`] : []));
  return `M${at(x(0))} ${SIZE.base}L${points.join('L')}L${at(x(flow.length - 1))} ${SIZE.base}Z`;
}

function rise(taps: readonly Tap[], elapsed_s: number, x: Scale): string {
  const marks = taps.flatMap(({ tap, t_s, ml }) => (tap === 'mark' && ml !== null ? [{ t_s, ml }] : []));
  const last = marks.at(-1);
  if (!last) return '';
  const y = linear([0, Math.max(...marks.map(({ ml }) => ml))], [SIZE.base, SIZE.top + 8]);
  const came = taps.find(({ tap }) => tap === 'milk_came');
  const from_s = came && came.t_s < (marks[0]?.t_s ?? 0) ? came.t_s : 0;
  const points = [{ t_s: from_s, ml: 0 }, ...marks, { t_s: Math.max(elapsed_s, last.t_s), ml: last.ml }];
  return `M${points.map(({ t_s, ml }) => `${at(x(t_s))} ${at(y(ml))}`).join('L')}`;
}

const at = (value: number) => value.toFixed(1);
