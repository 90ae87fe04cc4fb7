import { describe, expect, it } from 'vitest';
import { columnsOf, mapText } from '../src/entries/import/columns';
import { grouped } from '../src/entries/import/preview-text';
import { withoutFlags } from '../src/entries/import/question-text';
import { schemeFor } from '../src/lib/scheme';
import { howSure } from '../src/views/supply/how-sure';

describe('an import', () => {
  it('names the columns of a table', () => {
    const head = (text: string) => columnsOf(new TextEncoder().encode(text));
    expect(head('\uFEFFTime,"Milk, mine",,Note\r\n1,2,3,4')).toEqual(['Time', 'Milk, mine', 'Note']);
    expect(head('When;How much\n')).toEqual(['When', 'How much']);
  });

  it('says what they mean as the engine reads it', () => {
    expect(mapText('pump', { time: 'When', volume: 'Milk, mine', left: '', wet: 'no' })).toBe(
      'time=When,volume="Milk, mine",kind=pump',
    );
  });

  it('says once what several rows have in common', () => {
    const rows = [2, 3, 4, 5, 6, 7, 8, 9].map((row) => ({ row, text: 'sleep' }));
    expect(grouped([...rows, { row: 12, text: 'no time' }])).toEqual([
      { text: 'sleep', count: 8, where: 'rows 2, 3, 4, 5, 6, 7 and 2 more' },
      { text: 'no time', count: 1, where: 'row 12' },
    ]);
  });

  it('leaves out how the command line would answer', () => {
    expect(withoutFlags('a.csv, row 2: 9:23 does not say where the clock hung; say it with --tz')).toBe(
      'a.csv, row 2: 9:23 does not say where the clock hung.',
    );
    expect(withoutFlags('In which zone?')).toBe('In which zone?');
  });
});

it('is dark at night, where the device is, and when she says so', () => {
  expect(schemeFor('auto', 12, false)).toBe('light');
  expect(schemeFor('auto', 12, true)).toBe('dark');
  expect([6, 7, 19, 20].map((hour) => schemeFor('auto', hour, false))).toEqual(['dark', 'light', 'light', 'dark']);
  expect(schemeFor('light', 3, true)).toBe('light');
});

it('says in one line what a forecast rests on', () => {
  const report = { message: 'Three more sessions.', sessions: 430, fitted_sessions: 412, draws: 1_000, r_hat: 1.0042, ess: 800, divergences: 0 };
  expect(howSure({ ...report, state: 'ready' })).toBe(
    'Fitted to 412 sessions; 1,000 draws from runs that agree (R-hat 1.004, 0 divergences).',
  );
  expect(howSure({ ...report, state: 'too_little' })).toBe('Three more sessions.');
});
