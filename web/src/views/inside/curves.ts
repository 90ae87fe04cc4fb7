/** The curves under the picture: flow, oxytocin, and where the milk is, over the time of the session. */

import type { Inside } from '../../engine/inside';
import { linear, ticks, type Scale } from '../../lib/chart/scale';
import { endOf, flowAt } from './moment';

export interface Panel {
  readonly name: 'flow' | 'oxytocin' | 'milk';
  readonly top: number;
  readonly bottom: number;
  readonly y: Scale;
  readonly ticks: readonly number[];
}

export interface Curves {
  readonly left: number;
  readonly x: Scale;
  readonly panels: readonly Panel[];
  readonly flow: string;
  readonly oxytocin: string;
  readonly taken: string;
  readonly held: string;
  readonly let_downs: readonly { readonly x: number; readonly text: string; readonly visible: boolean }[];
  readonly minutes: readonly number[];
  /** Whether names fit beside the curves. */
  readonly roomy: boolean;
}

export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly em: number;
}

/** Names of let-downs closer than this stand on each other (em). */
const NAME_EM = 1.9;
const MOST_POINTS = 400;

const STEPS_MIN = [1, 2, 5, 10, 20];

/** Minutes to name under the curves, at most so many. */
export function wholeMinutes(end_min: number, most: number): number[] {
  const step = STEPS_MIN.find((min) => Math.floor(end_min / min) < most) ?? 20;
  return Array.from({ length: Math.floor(end_min / step) + 1 }, (_, i) => i * step);
}

/** `per_unit`: mL of one unit that is shown. */
export function curves(inside: Inside, { width, height, em }: Frame, per_unit = 1): Curves {
  const { frames } = inside;
  const end_s = Math.max(1, endOf(inside));
  const left = 2.4 * em;
  const x = linear([0, end_s], [left, width - 0.4 * em]);
  const stride = Math.max(1, Math.ceil(end_s / MOST_POINTS));
  const seconds = frames.t_s.filter((t) => t % stride === 0 || t === end_s);

  const flow = seconds.map((t) => flowAt(frames.both.taken_ml, t) / per_unit);
  const held = seconds.map((t) => ((frames.both.alveoli_ml[t] ?? 0) + (frames.both.ducts_ml[t] ?? 0)) / per_unit);
  const taken = seconds.map((t) => (frames.both.taken_ml[t] ?? 0) / per_unit);
  const oxytocin = seconds.map((t) => frames.oxytocin[t] ?? 0);

  const foot = 1.6 * em;
  /** Room of each panel with its title; the first has the let-downs' names as well. */
  const room = height - foot;
  const tops = [0, 0.36 * room, 0.62 * room, room];
  const titled = [3 * em, 2 * em, 2 * em];
  const panel = (name: Panel['name'], i: number, values: readonly number[], least: number, named: boolean): Panel => {
    const most = Math.max(least, ...values) * 1.1;
    const [top, bottom] = [(tops[i] ?? 0) + (titled[i] ?? 0), (tops[i + 1] ?? room) - 0.4 * em];
    return { name, top, bottom, y: linear([0, most], [bottom, top]), ticks: named ? ticks(most, 3) : [0] };
  };
  const panels = [
    panel('flow', 0, flow, 4 / per_unit, true),
    panel('oxytocin', 1, oxytocin, 1, false),
    panel('milk', 2, [...held, ...taken], 20 / per_unit, true),
  ] as const;
  const line = (values: readonly number[], y: Scale) =>
    seconds.map((t, i) => `${i === 0 ? 'M' : 'L'}${x(t).toFixed(1)},${y(values[i] ?? 0).toFixed(1)}`).join('');
  const area = (values: readonly number[], { y, bottom }: Panel) =>
    `${line(values, y)}L${x(end_s).toFixed(1)},${bottom.toFixed(1)}L${x(0).toFixed(1)},${bottom.toFixed(1)}Z`;

  let free = -Infinity;
  const let_downs = inside.let_downs.map(({ at_s, volume_ml, visible }) => {
    const at = x(at_s);
    const named = visible && free <= at;
    if (named) free = at + NAME_EM * em;
    const amount = volume_ml / per_unit;
    return { x: at, text: named ? amount.toFixed(amount < 9.95 && per_unit !== 1 ? 1 : 0) : '', visible };
  });
  return {
    left,
    x,
    panels,
    flow: area(flow, panels[0]),
    oxytocin: area(oxytocin, panels[1]),
    taken: line(taken, panels[2].y),
    held: line(held, panels[2].y),
    let_downs,
    minutes: wholeMinutes(end_s / 60, width < 16 * em ? 3 : 4),
    roomy: 17 * em <= width,
  };
}
