import { describe, expect, it } from 'vitest';
import { inHerUnit } from '../src/entries/line-text';
import { about, aboutWithUnit, ago, exactWithUnit, length, logsUpTo, plural, range, rangeWithUnit, within } from '../src/lib/format';

/** Numbers and their units are kept on one line; tests read better without what keeps them. */
const plain = (text: string) => text.replaceAll('\u00a0', ' ').replaceAll('\u2060', '');

describe('a likely amount', () => {
  it('rounds to 10 mL or to half an ounce', () => {
    expect(about(824, 'ml')).toBe('820');
    expect(about(1_046, 'ml')).toBe('1,050');
    expect(about(824, 'oz')).toBe('28');
  });

  it('is a range with its unit', () => {
    expect(plain(rangeWithUnit(741, 904, 'ml'))).toBe('740–900 mL');
    expect(range(101, 102, 'ml')).toBe('100');
  });
});

it('the quiet mode shows no volume, wherever one would stand', () => {
  expect([exactWithUnit(62, 'none'), aboutWithUnit(824, 'none'), rangeWithUnit(741, 904, 'none'), within(21, 3, 'none')]).toEqual(
    Array(4).fill('hidden'),
  );
  expect(inHerUnit('The 320 mL of 08:00 are twice your usual 5.5 oz.', 'none')).toBe('The (hidden) of 08:00 are twice your usual (hidden).');
  expect(inHerUnit('In 12 min, 3 sessions.', 'none')).toBe('In 12 min, 3 sessions.');
});

describe('a logged amount', () => {
  it.each([
    [62, 'ml', '62 mL'],
    [118.294, 'oz', '4 oz'],
    [0, 'ml', '0 mL'],
  ] as const)('%d in %s is %s', (ml, unit, said) => {
    expect(plain(exactWithUnit(ml, unit))).toBe(said);
  });
});

describe('time that passed', () => {
  it.each([
    [18, '18 min'],
    [60, '1 h'],
    [130, '2 h 10 min'],
  ])('%d minutes last %s', (minutes, said) => {
    expect(plain(length(minutes))).toBe(said);
  });

  it.each([
    [0.001, 'now'],
    [0.5, '30 min ago'],
    [2.5, '2 h 30 min ago'],
    [30, '30 h ago'],
    [24 * 9, '9 days ago'],
    [24 * 90, '3 months ago'],
    [24 * 365 * 9, '9 years ago'],
  ])('%d hours are %s', (hours, said) => {
    expect(plain(ago(hours))).toBe(said);
    expect(plain(logsUpTo(hours))).toBe(`from logs up to ${said}`);
  });
});

it('counts in words', () => {
  expect(plural(1, 'entry', 'entries')).toBe('1 entry');
  expect(plural(1_204, 'entry', 'entries')).toBe('1,204 entries');
});
