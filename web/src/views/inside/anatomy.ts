/**
 * Where things are in the picture: a cut through a breast, the chest above, the nipple below. Lobes stand around the
 * nipple as a fan; each is a bunch of alveoli at the end of a duct. Real ducts branch more often, and no two are alike.
 */

export interface Breast {
  /** Ducts from the nipple to the lobes, and twigs to the alveoli, as path data. */
  readonly ducts: string;
  readonly twigs: string;
  /**
   * Alveoli by their width (px): points as path data, drawn with a round pen. One pen's width then squeezes hundreds of
   * them at once.
   */
  readonly alveoli: readonly { readonly width: number; readonly points: string }[];
}

export const PICTURE = { width: 360, height: 356 } as const;
export const CHEST_Y = 70;
export const NIPPLE_Y = 214;
/** Left and right as she sees them when she looks down. */
export const CENTRE_X = { left: 93, right: 267 } as const;
export const BRAIN = { x: 180, y: 30, r: 19 } as const;

const HALF_WIDTH = 63;
const DEPTH = 104;
/** Where the ducts part, above the tip of the nipple. */
const HUB_Y = NIPPLE_Y - 12;
/** Angles from straight up (degrees), and how far out a lobe lies (1 = at the rim). */
/** Angles from straight up (degrees), how far out a lobe lies (1 = at the rim), and whether it has more behind it. */
const LOBES = [
  ...[-40, -19, 0, 19, 40].map((angle) => ({ angle, out: 1, deep: true })),
  ...[-56, 56].map((angle) => ({ angle, out: 0.85, deep: false })),
  ...[-24, 24].map((angle) => ({ angle, out: 0.5, deep: false })),
];
const WIDTHS = [10.4, 11.8, 13.2] as const;
const BUNCH = 11.6;

/** A fixed unevenness between -1 and 1, so that nothing looks stamped. */
const uneven = (i: number) => (((Math.sin(12.9898 * (i + 1)) * 43758.5453) % 1) + 1) % 1 * 2 - 1;
const short = (n: number) => Math.round(n * 10) / 10;
const at = (x: number, y: number) => `${short(x)},${short(y)}`;

export function breastAt(centre: number): Breast {
  const found = WIDTHS.map((width) => ({ width, points: '' }));
  let [ducts, twigs] = ['', ''];
  LOBES.forEach(({ angle, out, deep }, n) => {
    const turned = (angle * Math.PI) / 180;
    const [sin, cos] = [Math.sin(turned), Math.cos(turned)];
    const far = out / Math.hypot(sin / HALF_WIDTH, cos / DEPTH);
    const [x, y] = [centre + far * sin, HUB_Y - far * cos];
    ducts += `M${at(centre + angle / 7.5, NIPPLE_Y)} Q${at(centre + 0.3 * far * sin, HUB_Y - 0.5 * far * cos - 12)} ${at(x, y)}`;
    const put = (turn: number, reach: number, i: number, size = Math.round(uneven(17 * n + i) + 1)) => {
      const end = at(x + reach * Math.sin(turn), y - reach * Math.cos(turn));
      if (0 < reach) twigs += `M${at(x, y)} L${end}`;
      const width = found[size];
      if (width) width.points += `M${end} h0`;
    };
    for (let i = 0; i < 6; i += 1) put((i / 6) * 2 * Math.PI + turned + 0.1 * uneven(9 * n + i), BUNCH, i);
    if (deep) for (let i = -1; i <= 1; i += 1) put(turned + 0.54 * i, 1.92 * BUNCH, 7 + i, i === 0 ? 1 : 0);
    put(0, 0, 10, 0);
  });
  return { ducts, twigs, alveoli: found };
}

/** The outline of a breast, open towards the chest. */
export const outlineOf = (x: number) =>
  `M${x - 85},${CHEST_Y - 6} C${x - 92},${CHEST_Y + 82} ${x - 70},${NIPPLE_Y - 12} ${x - 14},${NIPPLE_Y - 4} ` +
  `Q${x - 10},${NIPPLE_Y + 8} ${x},${NIPPLE_Y + 8} Q${x + 10},${NIPPLE_Y + 8} ${x + 14},${NIPPLE_Y - 4} ` +
  `C${x + 70},${NIPPLE_Y - 12} ${x + 92},${CHEST_Y + 82} ${x + 85},${CHEST_Y - 6}`;

/** The way of oxytocin: from the brain into a breast. */
export const threadTo = (x: number) =>
  `M${BRAIN.x + Math.sign(x - BRAIN.x) * BRAIN.r},${BRAIN.y} C${(BRAIN.x + x) / 2},${BRAIN.y - 4} ${x},${BRAIN.y} ${x},${CHEST_Y + 4}`;

/** An arc around the brain, as far as the next pulse is near (0 to 1), from the top clockwise. */
export function chargeArc(charge: number): string {
  const share = Math.min(0.999, Math.max(0, charge));
  const r = BRAIN.r + 5;
  const turn = share * 2 * Math.PI;
  const [x, y] = [BRAIN.x + r * Math.sin(turn), BRAIN.y - r * Math.cos(turn)];
  return `M${BRAIN.x},${BRAIN.y - r} A${r},${r} 0 ${share > 0.5 ? 1 : 0} 1 ${short(x)},${short(y)}`;
}
