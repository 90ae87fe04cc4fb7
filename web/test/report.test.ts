/** The page for a consultant says what the command's PDF says of the same log. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { report as shape, type Report } from '../src/engine/advice/report';
import { readJson } from '../src/lib/validate';
import { daysPlaces, growthPlaces, roundNumbers } from '../src/views/plan/page-charts';
import { about, columns, DETAILS, facts, flags, heightOf, inColumns, simulated, type Block, type Section } from '../src/views/plan/page-sections';
import * as words from '../src/views/plan/page-words';

/** A simulated log with twins whose days were made up, as the engine sums it up; and the words of its PDF, as a reader of PDFs hears them. */
const sample = readFileSync(new URL('samples/report.json', import.meta.url), 'utf8');
const pdf = oneLine(readFileSync(new URL('samples/report.txt', import.meta.url), 'utf8'));

function oneLine(text: string): string {
  return text.replace(/[\s\u00a0]+/g, ' ').trim();
}

function read(change: (report: Report) => Report = (same) => same): Report {
  const answer = readJson(shape, sample, 'the page');
  if (!answer.ok) throw new Error(answer.problem.text);
  return change(answer.value);
}

const [most] = DETAILS;
if (!most) throw new Error('no detail');
const sectionsOf = (report: Report): Section[] => {
  const { left, right, rest } = columns(report, most);
  return [...left, ...right, ...rest];
};

function said(block: Block): string[] {
  if (block.kind === 'lead') return [`${block.lead} ${block.text}`];
  if (block.kind === 'table') return [...block.table.heads, ...block.table.rows.flat()].filter((cell) => cell !== '');
  if (block.kind === 'days') return [block.drawing.unit, ...block.drawing.counts.map(({ name }) => name)];
  if (block.kind === 'growth') return block.panels.map(({ name }) => name);
  return [block.text];
}

describe('the page', () => {
  it('says every word that the PDF says, in its words', () => {
    const report = read();
    const asks = flags(report, most);
    const all = [
      words.title(report), words.moment(report.heading.made_at), about(report), simulated(report), ...asks.calls,
      ...facts(report).flatMap(({ label, number, range }) => [label, number, range]),
      ...sectionsOf(report).flatMap(({ heading, beside, blocks }) => [heading, beside, ...blocks.flatMap(said)]),
      ...report.limits,
    ];
    const missing = all.map(oneLine).filter((text) => !pdf.includes(text));
    expect(missing).toEqual([]);
    expect(all.length).toBeGreaterThan(100);
  });

  it('leaves out no heading of the PDF', () => {
    const headings = sectionsOf(read()).map(({ heading }) => heading);
    expect(headings).toEqual([
      'Output by day', 'Growth', 'Milk taken', 'Milk made', 'Let-downs', 'What babies drank', 'What is known', 'Plan', 'How right forecasts were',
    ]);
    const places = headings.map((heading) => pdf.indexOf(heading));
    expect(places.every((place) => 0 <= place)).toBe(true);
  });

  it('would miss a word that is another', () => {
    expect(pdf.includes(oneLine('From 412 sessions with a volume'))).toBe(false);
    expect(pdf.includes('From 411 sessions with a volume')).toBe(true);
  });

  it('says what an empty log cannot', () => {
    const empty = read((report) => ({
      ...report,
      heading: { ...report.heading, from: null, to: null, sessions: 0, data_age_h: null, gave_birth: null, mother: null, simulated: 0 },
      flags: { call: [], before_more_pumping: [], about_the_log: [] },
      removed: {
        ...report.removed,
        days: report.removed.days.map((day) => ({ ...day, logged: false, output_ml: null, pumpings: 0, nursings: 0 })),
        pumpings_per_day: null, output_ml_per_day: null, session_ml: null, session_minutes: null, pump_minutes_per_day: null, longest_gap_h: null,
      },
      supply: { ...report.supply, ml_per_day: null, sides: null, not_known: 'No session has a volume yet.' },
      fed: { ...report.fed, nursing_minutes: null },
      growth: [],
      forecasts: null,
    }));
    const text = sectionsOf(empty).flatMap(({ blocks }) => blocks.flatMap(said)).join(' ');
    for (const sentence of ['No milk is logged yet.', 'No session is logged yet.', 'No weight is logged yet.', 'Not known from this log. No session has a volume yet.']) {
      expect(text).toContain(sentence);
    }
    expect(words.title(empty)).toBe('Milk log');
    expect(about(empty)).toBe('Nothing is logged yet.');
    expect(flags(empty, most).log).toBe('Flags: none of the signs that ask for a call today is in this log.');
    expect(facts(empty)[0]).toEqual({ label: 'Pump sessions a day', number: '\u2013', unit: '', range: 'none logged' });
    expect(sectionsOf(empty).map(({ heading }) => heading)).not.toContain('How right forecasts were');
  });

  it('is told in less detail without losing a section', () => {
    const report = read();
    const highs = DETAILS.map((detail) => {
      const { left, right } = inColumns(report, detail);
      expect([...left, ...right]).toHaveLength(9);
      return [...left, ...right].reduce((sum, section) => sum + heightOf(section), 0);
    });
    expect([...highs].sort((a, b) => b - a)).toEqual(highs);
    expect(highs.at(-1)).toBeLessThan(0.85 * (highs[0] ?? 0));
  });

  it('says how many flags it has no room for', () => {
    const report = read((of) => ({ ...of, flags: { ...of.flags, call: ['a', 'b', 'c', 'd', 'e', 'f', 'g'], before_more_pumping: ['h'] } }));
    expect(flags(report, most)).toMatchObject({ calls: ['a', 'b', 'c', 'd', 'e', 'f'], more: 'And 2 more in the log.' });
  });
});

describe('its words', () => {
  it.each([
    [words.number(7), '7'], [words.number(7.5), '7.5'], [words.number(137.6), '138'], [words.number(7.04), '7'], [words.whole(-1090.4), '\u22121,090'],
    [words.signedTenth(-0.04), '0.0'], [words.signedTenth(-1.16), '\u22121.2'], [words.signedTenth(0.4), '+0.4'],
    [words.days('2026-11-09', '2026-11-22'), '9 to 22 Nov 2026'], [words.days('2026-10-28', '2026-11-10'), '28 Oct to 10 Nov 2026'],
    [words.days('2025-12-28', '2026-01-10'), '28 Dec 2025 to 10 Jan 2026'], [words.days('2026-11-09', '2026-11-09'), '9 Nov 2026'],
    [words.span(0.66), '40 min'], [words.span(3.2), '3 h'], [words.span(120), '5 days'], [words.age(9), '9 days'], [words.age(50), '7 weeks'],
    [words.age(160), '5 months'], [words.age(-3), '3 days before term'], [words.baby(null, 1, 2), 'baby 2'], [words.baby(' ', 0, 1), 'the baby'],
    [words.moment('2026-11-24T15:10:00+01:00[Europe/Berlin]'), '24 Nov 2026, 15:10 (Europe/Berlin)'],
  ])('%s', (is, should) => {
    expect(is).toBe(should);
  });
});

describe('its drawings', () => {
  const room = { width: 262, height: 160, em: 6.6 };
  const block = <K extends Block['kind']>(kind: K) =>
    sectionsOf(read()).flatMap(({ blocks }) => blocks).find((one): one is Extract<Block, { kind: K }> => one.kind === kind);

  it('draws each day from the floor to its volume', () => {
    const drawing = block('days')?.drawing;
    if (!drawing) throw new Error('no days');
    const at = daysPlaces(drawing, room);
    expect(at.up(0)).toBe(at.floor);
    const heights = drawing.bars.map(({ value }) => (at.floor - at.up(value ?? 0)) / (value ?? 1));
    for (const height of heights) expect(height).toBeCloseTo(heights[0] ?? 0, 9);
    expect(drawing.bars.every(({ value }) => 0 < at.up(value ?? 0))).toBe(true);
    expect(at.every).toBe(1);
    expect(daysPlaces(drawing, { ...room, em: 24 }).every).toBeGreaterThan(1);
  });

  it('draws a weight above another that is lighter, and within the picture', () => {
    const panel = block('growth')?.panels[0];
    if (!panel) throw new Error('no weights');
    const at = growthPlaces(panel, room);
    if (!at) throw new Error('no places');
    const ys = at.weights.map(([, y]) => y);
    expect([...ys].sort((a, b) => b - a)).toEqual(ys);
    expect(at.weights.every(([x, y]) => at.left <= x && x <= at.right && 0 < y && y <= at.floor)).toBe(true);
    expect(growthPlaces({ ...panel, curves: [] }, room)).toBeNull();
  });

  it('counts in round numbers', () => {
    expect(roundNumbers(0, 940)).toEqual([0, 500]);
    expect(roundNumbers(2.1, 4.3)).toEqual([3, 4]);
    expect(roundNumbers(3, 3.9)).toEqual([3, 3.5]);
  });
});
