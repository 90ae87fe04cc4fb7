import { describe, expect, it } from 'vitest';
import { daily, type DailyData } from '../src/lib/chart/daily';
import { linear, ticks } from '../src/lib/chart/scale';

describe('ticks', () => {
  it.each([
    [1_030, [0, 400, 800]],
    [800, [0, 300, 600]],
    [600, [0, 200, 400, 600]],
    [30.2, [0, 15, 30]],
    [0, [0]],
  ])('up to %d are %j', (max, expected) => {
    expect(ticks(max)).toEqual(expected);
  });

  it('are at most four, whatever the range', () => {
    for (let max = 0.013; max < 1e6; max *= 1.07) {
      expect(ticks(max).length).toBeLessThanOrEqual(4);
      expect(ticks(max).length).toBeGreaterThanOrEqual(2);
    }
  });
});

it('a scale of nothing stays finite', () => {
  expect(linear([5, 5], [0, 100])(5)).toBe(0);
});

describe('the daily chart', () => {
  const frame = { width: 320, height: 225, em: 15 };
  const fan = { p10: 500, p25: 620, p50: 700, p75: 780, p90: 900 };
  const day = (i: number) => `2026-11-${String(i).padStart(2, '0')}`;
  const data: DailyData = {
    past: Array.from({ length: 14 }, (_, i) => ({
      date: day(i + 11),
      output_ml: i === 3 ? null : 700,
      sessions: 7,
      sessions_with_volume: i === 4 ? 5 : 7,
    })),
    rest: { p10: 0, p25: 40, p50: 100, p75: 140, p90: 200 },
    future: Array.from({ length: 14 }, (_, i) => ({ date: day(i + 25), ml: fan })),
  };

  it('hatches a day without data and marks one that is partly known', () => {
    const kinds = daily(data, frame).bars.map(({ kind }) => kind);
    expect(kinds[3]).toBe('unknown');
    expect(kinds[4]).toBe('partly');
    expect(kinds[5]).toBe('whole');
  });

  it('keeps everything inside its frame', () => {
    const chart = daily(data, frame);
    for (const bar of chart.bars) {
      expect(chart.left).toBeLessThanOrEqual(bar.x);
      expect(bar.x + bar.width).toBeLessThanOrEqual(frame.width);
      expect(0 <= bar.y && bar.y + bar.height <= frame.height).toBe(true);
    }
  });

  it('names at most four days, and today among them', () => {
    const days = daily(data, frame).days;
    expect(days.length).toBeLessThanOrEqual(4);
    expect(days.map(({ day }) => day)).toContain('2026-11-24');
  });

  it('names the parts of the fan where there is room, and nowhere else', () => {
    expect(daily(data, frame).callouts.map(({ text }) => text)).toEqual(['8 in 10 days', '5 in 10 days', 'median']);
    expect(daily(data, { ...frame, em: 30 }).callouts).toEqual([]);
  });

  it('is empty without data', () => {
    const chart = daily({ past: [], rest: null, future: [] }, frame);
    expect(chart).toMatchObject({ bars: [], days: [], band50: '', band80: '', median: '', callouts: [], rest: null });
  });
});
