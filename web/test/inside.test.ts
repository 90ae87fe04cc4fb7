import { describe, expect, it, vi } from 'vitest';
import { inside as shape, type Inside, type InsideSettings } from '../src/engine/inside';
import { err, ok, type Result } from '../src/lib/result';
import { readJson } from '../src/lib/validate';
import { breastAt, chargeArc, PICTURE } from '../src/views/inside/anatomy';
import { curves, wholeMinutes } from '../src/views/inside/curves';
import { Looking } from '../src/views/inside/looking.svelte';
import { drawn, flowAt, level, momentAt, nextLetDown, tellingMoment, valueAt } from '../src/views/inside/moment';
import { advanced } from '../src/views/inside/playing.svelte';
import { clockText, happening, say, spoken, summary } from '../src/views/inside/words';
import { inside as fake } from './fake-session';
import { inProcessSession } from './in-process';

const SETTINGS: InsideSettings = {
  left: 'pump', right: 'none', minutes: 10, fullness: 0.7, vacuum: 1, suck: 1, massage: 0, cues: 0, stress: 0, pain: 0, seed: 1,
};

function look(some: Partial<InsideSettings> = {}): Inside {
  const read = readJson(shape, fake(JSON.stringify({ ...SETTINGS, ...some })), 'inside');
  if (!read.ok) throw new Error(read.problem.text);
  return read.value;
}

it('the engine is asked and answers without a journal', async () => {
  const answer = await inProcessSession().call('inside', [SETTINGS]);
  expect(answer.ok && answer.value.frames.t_s.length).toBe(601);
  const refused = await inProcessSession().call('inside', [{ ...SETTINGS, minutes: 41 }]);
  expect(!refused.ok && refused.problem.text).toBe('Minutes: 41 must lie between 1 and 40.');
});

describe('a moment', () => {
  it('lies between its seconds, and stays at the ends', () => {
    expect([-1, 0, 0.5, 1, 1.25, 9].map((t) => valueAt([0, 10, 20], t))).toEqual([0, 0, 5, 10, 12.5, 20]);
    expect(valueAt([], 3)).toBe(0);
  });

  it('has the flow around it', () => {
    const taken = Array.from({ length: 31 }, (_, t) => 0.5 * t);
    expect(flowAt(taken, 15)).toBeCloseTo(30);
    expect(flowAt(taken, 0)).toBeCloseTo(30);
    expect(flowAt([3], 0)).toBe(0);
  });

  it('shows alveoli that give way when they are squeezed, and milk that leaves them', () => {
    const inside = look();
    const rest = momentAt(inside, 30);
    const squeezed = momentAt(inside, 62);
    const after = momentAt(inside, 590);
    const [before, during, end] = [rest, squeezed, after].map((m) => drawn(m.left, m, 185));
    expect(during?.alveolus).toBeLessThan(before?.alveolus ?? 0);
    expect(during?.duct).toBeGreaterThan(before?.duct ?? 9);
    expect(during?.stream).toBeGreaterThan(0);
    expect(before).toMatchObject({ stream: 0, glow: 0 });
    expect(end?.milk).toBeLessThan(before?.milk ?? 0);
  });

  it('never draws outside of what there is', () => {
    const moment = { ...momentAt(look(), 0), oxytocin: 4, contraction: 1 };
    const full = drawn({ alveoli_ml: 400, ducts_ml: 90, taken_ml: 0, flow_ml_per_min: 400 }, moment, 185);
    expect(full.milk).toBeLessThanOrEqual(1);
    expect(full.glow).toBe(1);
    expect(Math.max(full.duct, full.stream)).toBeLessThan(7);
    expect([level(-1, 160), level(80, 160), level(500, 160)]).toEqual([0, 0.5, 1]);
  });
});

describe('where time stands', () => {
  it('is first in a let-down, or half way when none comes', () => {
    const inside = look();
    expect(tellingMoment(inside)).toBe(85);
    expect(tellingMoment({ ...inside, first_s: null })).toBe(300);
  });

  it('goes from let-down to let-down and round again', () => {
    const inside = look();
    expect([0, 85, 500, 599].map((t) => nextLetDown(inside, t))).toEqual([85, 205, 565, 85]);
    expect(nextLetDown({ ...inside, let_downs: [] }, 0)).toBeNull();
  });

  it('moves on at its speed, does not jump after a sleep, and ends', () => {
    expect(advanced(10, 50, 10, 900)).toBeCloseTo(10.5);
    expect(advanced(10, 60_000, 60, 900)).toBeCloseTo(16);
    expect(advanced(899.9, 50, 60, 900)).toBe(900);
  });
});

describe('the drawing', () => {
  it('keeps both breasts inside the picture', () => {
    for (const [centre, from, to] of [[93, 0, 180], [267, 180, 360]] as const) {
      const { alveoli } = breastAt(centre);
      for (const { width, points } of alveoli) {
        const all = [...points.matchAll(/M([\d.]+),([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
        expect(all.length).toBeGreaterThan(5);
        for (const [x, y] of all) {
          expect(from <= x - width / 2 && x + width / 2 <= to, `${x}`).toBe(true);
          expect(0 <= y && y <= PICTURE.height).toBe(true);
        }
      }
    }
  });

  it('fills the ring as the next pulse comes near', () => {
    expect(chargeArc(0.25)).toContain(' 0 0 1 ');
    expect(chargeArc(0.75)).toContain(' 0 1 1 ');
    expect(chargeArc(7)).not.toContain('NaN');
  });

  it('draws curves inside their panels, in either unit', () => {
    for (const per_unit of [1, 29.5735]) {
      const frame = { width: 320, height: 420, em: 15 };
      const chart = curves(look(), frame, per_unit);
      for (const [path, panel] of [[chart.flow, 0], [chart.oxytocin, 1], [chart.taken, 2], [chart.held, 2]] as const) {
        const { top, bottom } = chart.panels[panel] ?? { top: 0, bottom: 0 };
        for (const [, x, y] of path.matchAll(/[ML]([\d.]+),([\d.]+)/g)) {
          expect(chart.left - 0.1 <= Number(x) && Number(x) <= frame.width).toBe(true);
          expect(top - 0.1 <= Number(y) && Number(y) <= bottom + 0.1).toBe(true);
        }
      }
      expect(chart.let_downs).toHaveLength(5);
    }
  });

  it('names whole minutes, at most four', () => {
    expect([1, 3, 10, 15, 40].map((end) => wholeMinutes(end, 4))).toEqual([[0, 1], [0, 1, 2, 3], [0, 5, 10], [0, 5, 10, 15], [0, 20, 40]]);
  });

  it('names no two let-downs on top of each other', () => {
    const inside = look();
    const crowd = Array.from({ length: 30 }, (_, i) => ({ at_s: 20 * i, volume_ml: 5, felt: false, visible: true }));
    const named = curves({ ...inside, let_downs: crowd }, { width: 320, height: 420, em: 15 }).let_downs.filter((l) => l.text !== '');
    named.forEach(({ x }, i) => expect(x - (named[i - 1]?.x ?? -99)).toBeGreaterThan(1.8 * 15));
  });
});

describe('words', () => {
  it('tell time for eyes and for ears', () => {
    expect([0, 65, 599.6, 2400].map(clockText)).toEqual(['0:00', '1:05', '10:00', '40:00']);
    expect([1, 61, 125].map(spoken)).toEqual(['1 second', '1 minute 1 second', '2 minutes 5 seconds']);
  });

  it('tell what came and what stays', () => {
    const text = summary(look(), 'ml');
    expect(text).toMatch(/^Milk came at 1:00\. 5 let-downs in 10 minutes, each with milk to see; she felt 1\./);
    expect(text).toMatch(/of 259\u00a0mL came out\. Milk that no let-down has moved stays where it is\.$/);
    expect(summary(look(), 'oz')).toContain('8.8\u00a0oz');
  });

  it('tell when none came, when nobody took it, and when there was nothing', () => {
    const none = look();
    const empty = { ...none, first_s: null, let_downs: [], totals: { ...none.totals, taken_ml: 4 } };
    expect(summary(empty, 'ml')).toMatch(/^No let-down came in 10 minutes: .* About 4\u00a0mL dripped/);
    expect(summary(look({ left: 'none' }), 'ml')).toContain('Nobody took the milk, so it flowed back.');
    expect(summary(look({ fullness: 0 }), 'ml')).toContain('begin empty');
  });

  it('tell what happens now', () => {
    const inside = look();
    const now = (t_s: number) => happening(momentAt(inside, t_s), SETTINGS);
    expect(now(65)).toBe('Let-down: the alveoli squeeze, milk runs through the ducts and out.');
    expect(now(5)).toBe('A lull. The milk waits in the alveoli for the next let-down.');
    expect(now(55)).toBe('The next let-down is near.');
    const still = { ...momentAt(inside, 5), drive: 0.05, charge: 0.1 };
    expect(happening(still, SETTINGS)).toContain('Hardly anything reaches the reflex');
  });

  it('are kind, whatever is asked', () => {
    const every = [0, 0.1, 0.35, 0.6, 1, 1.2, 1.5, 2, 40];
    const said = Object.values(say).flatMap((word) => every.map((value) => word(value)));
    for (const text of [...said, summary(look(), 'ml')]) {
      expect(text).not.toBe('');
      expect(text).not.toMatch(/fail|poor|insufficient|should|must|bad\b/i);
    }
    expect([0, 0.7, 1].map(say.vacuum)).toEqual(['off', '70\u00a0% of what is comfortable', 'as strong as is comfortable']);
  });
});

describe('looking', () => {
  it('shows the newest wish, and asks for no more than needed', async () => {
    const asked: InsideSettings[] = [];
    const looking = new Looking((settings) => {
      asked.push(settings);
      return Promise.resolve(ok(look(settings)));
    });
    await looking.run();
    expect(looking.t_s).toBe(85);
    await Promise.all([0.1, 0.2, 0.3, 0.4].map((fullness) => looking.change({ fullness })));
    await vi.waitFor(() => expect(looking.inside?.totals.available_ml).toBeCloseTo(2 * 0.4 * 185));
    expect(asked.length).toBeLessThanOrEqual(3);
  });

  it('keeps the last picture when a wish is refused, and says why', async () => {
    let answer: (settings: InsideSettings) => Result<Inside> = (settings) => ok(look(settings));
    const looking = new Looking((settings) => Promise.resolve(answer(settings)));
    await looking.run();
    answer = () => err('refused', 'minutes: 50 must lie between 1 and 40.');
    await looking.change({ minutes: 50 });
    expect(looking.problem).toContain('minutes');
    expect(looking.inside).not.toBeNull();
  });

  it('moves time into a shorter session', async () => {
    const looking = new Looking((settings) => Promise.resolve(ok(look(settings))));
    await looking.run();
    looking.t_s = 590;
    await looking.change({ minutes: 2 });
    expect(looking.t_s).toBe(120);
  });
});
