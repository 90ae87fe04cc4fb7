import { describe, expect, it } from 'vitest';
import {
  clockText,
  otherSide,
  paused,
  ran_ms,
  readTimer,
  runningSide,
  started,
  stintsOf,
  type Side,
  type Timer,
} from '../src/store/nurse-timer';

const T0 = Date.UTC(2026, 10, 24, 2, 10);
const MINUTE_MS = 60_000;
const at = (minutes: number) => T0 + minutes * MINUTE_MS;

describe('a nursing', () => {
  it('becomes stints in the order nursed, with the pauses between them', () => {
    let timer = started(null, 'left', at(0));
    timer = paused(timer, at(7));
    timer = started(timer, 'right', at(10));
    timer = started(timer, 'left', at(21));
    expect(stintsOf(timer, at(23.5))).toEqual({
      start_ms: T0,
      stints: [
        { side: 'left', minutes: 7 },
        { side: 'right', minutes: 11, pause_before_min: 3 },
        { side: 'left', minutes: 2.5 },
      ],
    });
  });

  it('does not begin again when the side that runs is pressed', () => {
    const timer = started(null, 'left', at(0));
    expect(started(timer, 'left', at(3))).toBe(timer);
  });

  it('forgets a slip of the thumb, at the beginning and between', () => {
    let timer = started(null, 'right', at(0));
    timer = started(timer, 'left', at(0) + 2_000);
    timer = started(timer, 'right', at(5));
    timer = started(timer, 'left', at(5) + 1_000);
    const { start_ms, stints } = stintsOf(timer, at(9));
    expect(start_ms).toBe(T0 + 2_000);
    expect(stints).toEqual([{ side: 'left', minutes: 9 }]);
  });

  it('that lasted a moment is still one', () => {
    expect(stintsOf(started(null, 'left', at(0)), at(0) + 1_000).stints).toEqual([{ side: 'left', minutes: 0 }]);
  });

  it('is not shortened by a clock that was set back', () => {
    const timer = started(started(null, 'left', at(10)), 'right', at(4));
    expect(ran_ms(timer, at(3))).toBe(0);
    expect(ran_ms(timer, at(12), 'right')).toBe(2 * MINUTE_MS);
  });
});

/** Presses of somebody tired: sides, pauses and reloads at odd moments. Mulberry32 gives the same ones each time. */
function pressed(seed: number): { timer: Timer; now_ms: number; nursed: Record<Side, number>; longest_ms: number } {
  let state = seed;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  let side: Side | null = random() < 0.5 ? 'left' : 'right';
  let timer = started(null, side, T0);
  let now_ms = T0;
  const nursed = { left: 0, right: 0 };
  let longest_ms = 0;
  for (let press = 2 + Math.floor(random() * 12); 0 < press; press -= 1) {
    // From a slip to twenty minutes. An independent account of what was nursed is kept beside the timer.
    const wait_ms = Math.round(random() < 0.2 ? random() * 4_000 : random() * 20 * MINUTE_MS);
    now_ms += wait_ms;
    if (side) nursed[side] += wait_ms;
    longest_ms = Math.max(longest_ms, wait_ms);
    const choice = random();
    if (choice < 0.25) {
      timer = paused(timer, now_ms);
      side = null;
    } else if (choice < 0.85) {
      side = side ? otherSide(side) : 'left';
      timer = started(timer, side, now_ms);
    } else {
      const again = readTimer(JSON.stringify(timer));
      expect(again).toEqual(timer);
      if (again) timer = again;
    }
  }
  return { timer: paused(timer, now_ms), now_ms, nursed, longest_ms };
}

describe('whatever is pressed', () => {
  const runs = Array.from({ length: 300 }, (_, seed) => pressed(seed));

  it('each side ran as long as it was nursed', () => {
    for (const { timer, now_ms, nursed } of runs) {
      expect(ran_ms(timer, now_ms, 'left')).toBe(nursed.left);
      expect(ran_ms(timer, now_ms, 'right')).toBe(nursed.right);
    }
  });

  it('stints and pauses are as long as it took, to the rounding of both ends', () => {
    for (const { timer, now_ms } of runs) {
      const { start_ms, stints } = stintsOf(timer, now_ms);
      const sum = stints.reduce((all, { minutes, pause_before_min = 0 }) => all + minutes + pause_before_min, 0);
      const meant = timer.runs.filter(({ from_ms, to_ms }) => 6_000 <= (to_ms ?? now_ms) - from_ms);
      const end_ms = (meant.at(-1) ?? timer.runs.at(-1))?.to_ms ?? now_ms;
      expect(Math.abs(sum - (end_ms - start_ms) / MINUTE_MS)).toBeLessThan(0.06);
    }
  });

  it('no stint is empty, none follows its like without a pause, and the first has none', () => {
    for (const { timer, now_ms, longest_ms } of runs) {
      const { stints } = stintsOf(timer, now_ms);
      expect(stints.length).toBeGreaterThan(0);
      expect(stints[0]?.pause_before_min).toBeUndefined();
      for (const [i, stint] of stints.entries()) {
        if (MINUTE_MS < longest_ms && 1 < stints.length) expect(stint.minutes).toBeGreaterThan(0);
        const before = stints[i - 1];
        if (before?.side === stint.side) expect(stint.pause_before_min ?? 0).toBeGreaterThan(0);
      }
    }
  });
});

describe('a timer that was kept', () => {
  it('goes on where it was', () => {
    const timer = started(null, 'right', at(0));
    const again = readTimer(JSON.stringify(timer));
    expect(again && runningSide(again)).toBe('right');
    expect(again && ran_ms(again, at(4), 'right')).toBe(4 * MINUTE_MS);
  });

  it.each([
    null,
    '',
    '{}',
    '{"runs":[]}',
    '{"runs":[{"side":"middle","from_ms":1,"to_ms":null}]}',
    '{"runs":[{"side":"left","from_ms":5,"to_ms":1}]}',
    '{"runs":[{"side":"left","from_ms":1,"to_ms":null},{"side":"right","from_ms":2,"to_ms":null}]}',
    '{"runs":[{"side":"left","from_ms":1,"to_ms":9},{"side":"right","from_ms":2,"to_ms":null}]}',
  ])('and makes no sense is none: %s', (text) => {
    expect(readTimer(text)).toBeNull();
  });
});

it('the clock is read at a glance', () => {
  expect([0, 59_999, 247_000, 3_750_000, -5].map(clockText)).toEqual(['0:00', '0:59', '4:07', '1:02:30', '0:00']);
});
