import { describe, expect, it } from 'vitest';
import { clock, clockAfter, dayName, readMoment, zonedText } from '../src/lib/time';

describe('a time with its zone', () => {
  it('keeps the clock of its own zone', () => {
    const at = readMoment('2026-11-24T03:10:00+01:00[Europe/Berlin]');
    expect(at).toMatchObject({ day: '2026-11-24', hour: 3, minute: 10, epoch_ms: Date.UTC(2026, 10, 24, 2, 10) });
  });

  it.each(['', '2026-11-24', '2026-11-24T03:10:00', 'soon', '2026-99-24T03:10:00Z'])('refuses %j', (text) => {
    expect(readMoment(text)).toBeNull();
  });

  it('is written as the engine reads it', () => {
    const at = new Date(2026, 10, 24, 15, 10, 0);
    const text = zonedText(at, 'Europe/Berlin');
    expect(text).toMatch(/^2026-11-24T15:10:00[+-]\d\d:\d\d\[Europe\/Berlin\]$/);
    expect(readMoment(text)?.epoch_ms).toBe(at.getTime());
  });

  it('names the bare offset where the browser does not know its zone', () => {
    expect(zonedText(new Date(0), '')).toMatch(/([+-]\d\d:\d\d)\[\1\]$/);
  });
});

describe('the clock', () => {
  it('is the one she is used to', () => {
    expect(clock(0, 5, false)).toBe('00:05');
    expect(clock(0, 5, true)).toBe('12:05\u00a0am');
    expect(clock(15, 10, true)).toBe('3:10\u00a0pm');
  });

  it('goes past midnight', () => {
    const start = readMoment('2026-11-24T23:50:00Z');
    expect(start && clockAfter(start, 20)).toMatch(/^(00:10|12:10\u00a0am)$/);
  });
});

it('names the days near today', () => {
  expect(dayName('2026-11-24', '2026-11-24')).toBe('Today');
  expect(dayName('2026-11-23', '2026-11-24')).toBe('Yesterday');
  expect(dayName('2026-11-20', '2026-11-24')).toContain('Friday');
});
