import { describe, expect, it } from 'vitest';
import { fitted, mapText, readMap, wordsOf } from '../src/entries/import/columns';
import { keepMap, recallMap } from '../src/entries/import/known-maps';
import { appText, dateInWords, grouped, kindText, spanText } from '../src/entries/import/preview-text';
import { said, withoutFlags } from '../src/entries/import/question-text';
import { readMoment } from '../src/lib/time';
import { schemeFor } from '../src/lib/scheme';
import { howSure } from '../src/views/supply/how-sure';

describe('an import', () => {
  const map = (constants: Record<string, string>, columns: Record<string, string>, words: Record<string, string> = {}) =>
    ({ constants, columns, words });

  it('says what columns mean as the importer reads it', () => {
    expect(mapText(map({ kind: 'pump' }, { time: 'When', volume: 'Milk, mine', left: '', wet: 'no' }))).toBe(
      'time=When,volume="Milk, mine",kind=pump',
    );
    expect(
      mapText(map({ kind: 'column:Type, so', unit: '', milk: 'column:Milk' }, { time: 'When' }, { Abgepumpt: 'pump', 'a=b': 'skip', sleep: '' })),
    ).toBe('time=When,kind=column:"Type, so",milk=column:Milk,word:Abgepumpt=pump,word:"a=b"=skip');
  });

  it('reads what was said before, and says it again', () => {
    for (const text of [
      'time=When,volume="Milk, ""mine""",kind=pump',
      'time=Time,date=Date,volume=Amount,kind=column:Type,unit=oz,zone=UTC,word:Abgepumpt=pump,word:"a,b=c"=skip',
    ]) {
      expect(mapText(readMap(text))).toBe(text);
    }
    expect(mapText(readMap('time=When,total=Amount,kind=pump'))).toBe('time=When,volume=Amount,kind=pump');
  });

  it('fits an old answer to the columns there are', () => {
    const old = readMap('time=when,volume=Amount,kind=column:Type,unit=column:Unit');
    expect(fitted(old, ['When', 'Type', 'Note'])).toEqual(map({ kind: 'column:Type' }, { time: 'When' }));
  });

  it('takes few words for kinds of something, and many for text', () => {
    const rows = Array.from({ length: 40 }, (_, i) => [`note ${String(i)}`, i % 2 === 0 ? 'pump' : '']);
    expect(wordsOf('Type', ['Note', 'Type'], rows)).toEqual(['pump']);
    expect(wordsOf('Note', ['Note', 'Type'], rows)).toEqual([]);
  });

  it('remembers what the columns of a table meant', () => {
    const table = [{ columns: ['When', 'Milk'] }];
    expect(recallMap(table)).toBeNull();
    keepMap(table, 'time=When,kind=pump');
    expect(recallMap([{ columns: ['when ', 'MILK'] }])).toBe('time=When,kind=pump');
    expect(recallMap([{ columns: ['When'] }])).toBeNull();
    keepMap([], 'time=When');
    expect(recallMap([])).toBeNull();
  });

  it('names days with the month in words, since its place is what is asked', () => {
    expect(dateInWords('2026-04-03')).toBe('3 April 2026');
    const [from, to] = ['2026-03-04T22:00:00Z', '2026-04-03T01:00:00Z'].map((text) => readMoment(text));
    if (!from || !to) throw new Error('unreadable');
    expect(spanText(from, to)).toBe('4 Mar to 3 Apr 2026');
    expect(spanText(from, from)).toBe('4 Mar 2026');
    expect(spanText({ ...from, day: '2025-12-31' }, to)).toBe('31 Dec 2025 to 3 Apr 2026');
  });

  it('calls kinds and apps by their names, and unknown ones as they are', () => {
    expect([kindText('hand', 2), kindText('diaper', 1), kindText('new', 3)]).toEqual(['expressions by hand', 'nappy', 'new']);
    expect([appText('babybuddy'), appText('new')]).toEqual(['Baby Buddy', 'new']);
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
    const unknown = "a.csv is not an export I know. Its columns are: \"When\". Say what they mean, for example --map 'time=When'";
    expect(said({ needs: 'columns', message: unknown })).toBe('a.csv is not an export I know.');
  });
});

it('is dark at night, where the device is, and when she says so', () => {
  expect(schemeFor('auto', 12, false)).toBe('light');
  expect(schemeFor('auto', 12, true)).toBe('dark');
  expect([6, 7, 19, 20].map((hour) => schemeFor('auto', hour, false))).toEqual(['dark', 'light', 'light', 'dark']);
  expect(schemeFor('light', 3, true)).toBe('light');
});

it('says in one line what a forecast rests on', () => {
  const report = { message: 'Three more sessions.', standing: 'fresh' as const, sessions: 430, fitted_sessions: 412, draws: 1_000, r_hat: 1.0042, ess: 800, divergences: 0 };
  expect(howSure({ ...report, state: 'ready' })).toBe(
    'Learned from 412 sessions; 1,000 draws from runs that agree (R-hat 1.004, 0 divergences).',
  );
  expect(howSure({ ...report, state: 'ready', standing: 'provisional' })).toBe('Three more sessions. The full answer follows.');
  expect(howSure({ ...report, state: 'too_little' })).toBe('Three more sessions.');
});
