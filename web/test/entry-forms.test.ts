import { describe, expect, it } from 'vitest';
import type { Fields } from '../src/engine/calls';
import type { Baby, Line } from '../src/engine/shapes';
import { bottleShape, usualBottle } from '../src/entries/forms/bottle';
import { diaperShape } from '../src/entries/forms/diaper';
import { drinkShape } from '../src/entries/forms/drink';
import type { Shape } from '../src/entries/forms/entry-form.svelte';
import { feelingShape } from '../src/entries/forms/feeling';
import { backTo, changes, type Common } from '../src/entries/forms/fields';
import { letdownShape } from '../src/entries/forms/letdown';
import { milkShape } from '../src/entries/forms/milk';
import { noteShape } from '../src/entries/forms/note';
import { drankByScale, nurseShape, type NurseFields } from '../src/entries/forms/nurse';
import { weightShape } from '../src/entries/forms/weight';
import { headline, inHerUnit, inOneLine, more } from '../src/entries/line-text';
import { readMoment, zonedText } from '../src/lib/time';

const NOW = new Date(2026, 10, 24, 15, 10, 30);
const START = '2026-11-20T03:10:41+01:00[Europe/Berlin]';

/** What a new entry says, after she changed the form. */
function written<F extends Common>(shape: Shape<F>, change: Partial<F> = {}): Fields {
  const read = shape.read({ ...shape.open(null, NOW), ...change }, NOW, null);
  if (!read.ok) throw new Error(`${read.field}: ${read.text}`);
  return read.fields;
}

/** What an edit sends. */
function edited<F extends Common>(shape: Shape<F>, body: Fields, change: Partial<F> = {}): Fields {
  const first = shape.open(body, NOW);
  const [before, after] = [shape.read(first, NOW, body), shape.read({ ...first, ...change }, NOW, body)];
  if (!before.ok || !after.ok) throw new Error('unreadable');
  return changes(before.fields, after.fields);
}

const asked = <F extends Common>(shape: Shape<F>, change: Partial<F>) => {
  const read = shape.read({ ...shape.open(null, NOW), ...change }, NOW, null);
  return read.ok ? null : read.field;
};

describe('a new entry', () => {
  const start = zonedText(NOW);

  it('says what its kind has, and when, to the second', () => {
    expect(written(bottleShape('ml', null), { amount: '60', milk: 'formula' })).toEqual({ start, intake_typed: '60 ml', milk: 'formula' });
    expect(written(bottleShape('oz', null), { amount: '2,5' })).toMatchObject({ intake_typed: '2.5 oz' });
    expect(written(weightShape('kg'), { amount: '4,12' })).toEqual({ start, weight_typed: '4.12 kg' });
    expect(written(weightShape('lb'), { amount: '9', ounces: '2' })).toMatchObject({ weight_typed: '9 lb 2 oz' });
    expect(written(diaperShape)).toEqual({ start, wet: true, soiled: false });
    expect(written(diaperShape, { held: [] })).toMatchObject({ wet: false, soiled: false });
    expect(written(feelingShape, { stress: 0, note: ' tired ' })).toEqual({ start, stress: 0, note: 'tired' });
    expect(written(drinkShape('ml', 'tea'), { amount: '250' })).toEqual({ start, volume_typed: '250 ml', what: 'tea' });
    expect(written(letdownShape)).toEqual({ start, trigger: 'none' });
    expect(written(noteShape, { text: ' Slept.\n' })).toEqual({ start, text: 'Slept.' });
  });

  it('asks about what cannot be read', () => {
    expect(asked(bottleShape('ml', null), { amount: 'some' })).toBe('amount');
    expect(asked(weightShape('kg'), { amount: '' })).toBe('amount');
    expect(asked(weightShape('lb'), { amount: '9', ounces: 'two' })).toBe('ounces');
    expect(asked(feelingShape, {})).toBe('stress');
    expect(asked(noteShape, { text: ' ' })).toBe('text');
    expect(asked(diaperShape, { at: '' })).toBe('at');
    expect(asked(diaperShape, { at: '2026-11-24T15:40' })).toBe('at');
  });

  it('may be moved into the past', () => {
    const { start: moved } = written(diaperShape, { at: '2026-11-24T14:05' });
    expect(String(moved)).toMatch(/^2026-11-24T14:05/);
  });
});

describe('a nursing', () => {
  const stint = (side: 'left' | 'right', minutes: string) => ({ side, minutes, pause_min: null, rest: {} });

  it('written down afterwards has just ended', () => {
    const fields = written(nurseShape('ml', null, 'right'), { stints: [stint('right', '12'), stint('left', '8,5')] });
    expect(fields['stints']).toEqual([{ side: 'right', minutes: 12 }, { side: 'left', minutes: 8.5 }]);
    expect(readMoment(String(fields['start']))?.epoch_ms).toBe(NOW.getTime() - 20.5 * 60_000);
  });

  it('begins on the side that is proposed, and needs no length', () => {
    expect(written(nurseShape('ml', null, 'right'))).toMatchObject({ stints: [{ side: 'right' }], start: zonedText(NOW) });
  });

  it('from the timer keeps its start, its order and its pauses', () => {
    const start_ms = NOW.getTime() - 20 * 60_000;
    const stints = [{ side: 'left', minutes: 7 }, { side: 'right', minutes: 10, pause_before_min: 3 }] as const;
    expect(written(nurseShape('ml', { start_ms, stints }, 'left'))).toEqual({ start: zonedText(new Date(start_ms)), stints });
  });

  const body = {
    start: START,
    minutes: 25,
    stints: [{ side: 'left', minutes: 7, later: 1 }, { side: 'right', minutes: 11, pause_before_min: 3 }],
  };
  const shape = nurseShape('ml', null, 'left');
  const withRight = (minutes: string): Partial<NurseFields> => {
    const [left, right] = shape.open(body, NOW).stints;
    return left && right ? { stints: [left, { ...right, minutes }] } : {};
  };

  it('that is not touched changes nothing', () => {
    expect(edited(shape, body)).toEqual({});
    expect(edited(shape, body, withRight('11'))).toEqual({});
  });

  it('whose stint changes is as long as its stints, and keeps what this page does not know', () => {
    expect(edited(shape, body, withRight('9'))).toEqual({
      stints: [{ side: 'left', minutes: 7, later: 1 }, { side: 'right', minutes: 9, pause_before_min: 3 }],
      minutes: null,
    });
  });

  it('without sides can be given another length', () => {
    expect(edited(shape, { start: START, minutes: 25 }, { whole: '20' })).toEqual({ minutes: 20 });
  });
});

describe('an edit', () => {
  const pump = { start: START, total_ml: 118.294, total_typed: '4 oz', minutes: 18, techniques: ['massage'], source: { app: 'x' } };

  it('sends nothing when nothing changed, in whatever unit she reads', () => {
    for (const unit of ['ml', 'oz'] as const) {
      expect(edited(milkShape(unit), pump)).toEqual({});
      expect(edited(bottleShape(unit, null), { start: START, intake_ml: 47.3176, intake_typed: '1.6 oz', milk: 'unknown' })).toEqual({});
      expect(edited(drinkShape(unit, null), { start: START, volume_ml: 250 })).toEqual({});
    }
    expect(edited(weightShape('kg'), { start: START, weight_g: 4139.03, weight_typed: '9 lb 2 oz' })).toEqual({});
    expect(edited(weightShape('kg'), { start: START, weight_g: 4120 })).toEqual({});
    expect(edited(feelingShape, { start: START, mood: 6.5, side: 'left' })).toEqual({});
    expect(edited(letdownShape, { start: START, trigger: 'my own word', leaked: false })).toEqual({});
  });

  it('sends what changed and nothing else', () => {
    expect(edited(milkShape('ml'), pump, { total: '4.5' })).toEqual({ total_typed: '4.5 oz' });
    expect(edited(milkShape('ml'), pump, { minutes: '', techniques: [] })).toEqual({ minutes: null, techniques: null });
    expect(edited(milkShape('ml'), { ...pump, place: 'work' }, { place: 'home' })).toEqual({ place: 'home' });
  });

  it('that clears an amount clears its number too', () => {
    expect(edited(milkShape('ml'), pump, { total: '' })).toEqual({ total_typed: null, total_ml: null });
  });

  it('keeps the zone of a time that is moved', () => {
    expect(edited(diaperShape, { start: START, wet: true, soiled: false }, { at: '2026-11-20T04:00' })).toEqual({
      start: '2026-11-20T04:00:00[Europe/Berlin]',
    });
  });

  it('says again what an earlier try may have brought', () => {
    const sent = new Set(['minutes']);
    expect(changes({ minutes: 18 }, { minutes: 18, note: 'a' }, sent)).toEqual({ minutes: 18, note: 'a' });
  });

  it('goes back to the numbers that stood, not to how they are shown', () => {
    expect(backTo(pump, { total_typed: '5 oz', minutes: 20, note: 'a' })).toEqual({
      total_typed: '4 oz',
      total_ml: 118.294,
      minutes: 18,
      note: null,
    });
    expect(backTo({ start: START }, { total_typed: '5 oz' })).toEqual({ total_typed: null, total_ml: null });
  });
});

describe('a feed on the scale', () => {
  const shape = nurseShape('ml', null, 'left');

  it('is both weights, or a question', () => {
    expect(written(shape, { before: '4120', after: '4195' })).toMatchObject({ weighed: { before_g: 4120, after_g: 4195 } });
    expect(written(shape)).not.toHaveProperty('weighed');
    expect(asked(shape, { before: '4120' })).toBe('weighed');
    expect(asked(shape, { before: '4120', after: 'more' })).toBe('weighed');
    expect(asked(shape, { before: '4.12', after: '4.195' })).toBe('weighed');
  });

  it('keeps what a later version says of the weights, and goes as a whole', () => {
    const body = { start: START, weighed: { before_g: 4120, after_g: 4195, diaper: 'same' } };
    expect(edited(shape, body)).toEqual({});
    expect(edited(shape, body, { after: '4200' })).toEqual({ weighed: { before_g: 4120, after_g: 4200, diaper: 'same' } });
    expect(edited(shape, body, { before: '', after: '' })).toEqual({ weighed: null });
  });

  it('is an intake with the range of a scale in steps of 2 g', () => {
    const drank = drankByScale({ before: '4120', after: '4223' });
    expect(drank?.ml).toBeCloseTo(100, 9);
    // Every pair of true weights that such a scale shows as these two lies inside, and the ends are reached.
    const shown = (grams: number) => 2 * Math.round(grams / 2);
    const possible = [];
    for (let before = 4117; before <= 4123; before += 0.125) {
      for (let after = 4219; after <= 4227; after += 0.125) {
        if (shown(before) === 4120 && shown(after) === 4222) possible.push((after - before) / 1.03);
      }
    }
    const range = drankByScale({ before: '4120', after: '4222' });
    expect(Math.min(...possible)).toBeGreaterThanOrEqual((range?.low_ml ?? Infinity) - 1e-9);
    expect(Math.max(...possible)).toBeLessThanOrEqual((range?.high_ml ?? 0) + 1e-9);
    expect(Math.max(...possible) - Math.min(...possible)).toBeGreaterThan(0.9 * ((range?.high_ml ?? 0) - (range?.low_ml ?? 0)));
    expect(drankByScale({ before: '4120', after: '4121' })?.low_ml).toBe(0);
    expect(drankByScale({ before: '4120', after: '4100' })).toBeNull();
    expect(drankByScale({ before: '', after: '4100' })).toBeNull();
  });
});

describe('a line of the log', () => {
  const at = readMoment(START);
  if (!at) throw new Error('unreadable');
  const ML = { unit: 'ml', babies: [] } as const;
  const plain = (text: string) => text.replaceAll('\u00a0', ' ');
  const bare: Line = {
    root: 'a', kind: 'pump', at, minutes: null, output_ml: null, left_ml: null, right_ml: null, intake_ml: null, milk: null,
    weight_g: null, weight_typed: null, note: null, example: false, flags: [], says: '', edited: false, imported_from: null, body: {},
  };
  const shown = (line: Partial<Line>) => {
    const whole = { ...bare, ...line };
    return [headline(whole, ML), more(whole, ML)].map(plain);
  };

  it('says each thing once', () => {
    expect(shown({ output_ml: 120, minutes: 18, says: '120 mL, 18 min' })).toEqual(['120 mL', '']);
    expect(shown({ output_ml: 135, minutes: 18, says: 'left 60 mL, right 75 mL, 18 min, with massage' })).toEqual([
      '135 mL',
      'left 60 mL, right 75 mL, with massage',
    ]);
    expect(shown({ kind: 'nurse', minutes: 18, says: 'left 7 min, right 11 min' })).toEqual(['Nursing', 'left 7 min, right 11 min']);
    expect(shown({ kind: 'bottle', intake_ml: 60, says: 'drank 60 mL, formula' })).toEqual(['Bottle', 'drank 60 mL, formula']);
    expect(shown({ kind: 'weight', weight_g: 4120, weight_typed: '4.12 kg', says: '4.12 kg' })).toEqual(['Weight, 4.12 kg', '']);
    expect(shown({ kind: 'drink', says: '250 mL, tea' })).toEqual(['Drink', '250 mL, tea']);
    expect(shown({ kind: 'note', says: 'Slept, 18 min, woke.' })).toEqual(['Note', 'Slept, 18 min, woke.']);
    expect(shown({ kind: 'moon_phase', says: '' })).toEqual(['moon phase', '']);
  });

  it('says no amount in the quiet mode', () => {
    const quiet = { unit: 'none', babies: [] } as const;
    const pumped: Line = { ...bare, output_ml: 135, minutes: 18, says: 'left 60 mL, right 75 mL, 18 min, with massage' };
    expect([headline(pumped, quiet), more(pumped, quiet)]).toEqual(['Pump', 'with massage']);
    const bottle: Line = { ...bare, kind: 'bottle', intake_ml: 60, says: 'drank 60 mL, formula' };
    expect(more(bottle, quiet)).toBe('formula');
  });

  it('says an intake in her unit, and all of it in one line', () => {
    const bottle: Line = { ...bare, kind: 'bottle', intake_ml: 59.147, says: 'drank 59.1 mL, formula' };
    expect(plain(inOneLine(bottle, { unit: 'oz', babies: [] }))).toMatch(/^Bottle at 0?3:10.*, drank 2 oz, formula$/);
    expect(plain(inOneLine({ ...bare, output_ml: 120, says: '120 mL' }, ML))).toMatch(/^Pump, 120 mL at 0?3:10/);
    expect(inOneLine({ ...bare, kind: 'note', says: 'Private.' }, ML)).toMatch(/^Note at 0?3:10[^P]*$/);
  });

  it('says sides, amounts and doubts in her unit, as typed where it was hers', () => {
    const oz = { unit: 'oz', babies: [] } as const;
    const said = (line: Partial<Line>) => plain(more({ ...bare, ...line }, oz));
    expect(said({ output_ml: 147.9, says: 'left 59.1 mL, right 3 oz, 18 min', minutes: 18 })).toBe('left 2 oz, right 3 oz');
    expect(said({ output_ml: 88.7, says: '88.7 mL, with massage' })).toBe('with massage');
    expect(said({ kind: 'drink', says: '250 mL, tea' })).toBe('8.5 oz, tea');
    expect(said({ kind: 'bag', says: '118.3 mL, put by, freezer, 17 Nov' })).toBe('4 oz, put by, freezer, 17 Nov');
    expect(said({ kind: 'medicine', says: 'syrup, 5 mL' })).toBe('syrup, 5 mL');
    expect(plain(inHerUnit('1331 mL is more than the 1000 mL I take at its word', 'oz'))).toBe('45 oz is more than the 33.8 oz I take at its word');
    expect(plain(inHerUnit('2.5 oz, 18 min', 'ml'))).toBe('74 mL, 18 min');
    expect(plain(inHerUnit('2 let-downs: 21 ± 3 mL, 15 ± 2 mL', 'oz'))).toBe('2 let-downs: 0.7 ± 0.1 oz, 0.5 ± 0.1 oz');
    expect(inHerUnit('2 let-downs: 21 ± 3 mL', 'ml')).toBe('2 let-downs: 21 ± 3 mL');
  });

  it('says what the scale found as an intake, with its range', () => {
    const body = { weighed: { before_g: 4120, after_g: 4195 } };
    const fed = { kind: 'nurse', intake_ml: 72.8, says: 'left 7 min, drank 72.8 mL', body };
    expect(shown(fed)).toEqual(['Nursing', 'left 7 min, drank 73 mL (71–75 by the scale)']);
  });

  it('says whose it is where there are several babies, by the name of today', () => {
    const baby = (name: string, also: string[] = []): Baby => ({ root: null, name, also, born: null, gestation_days: null });
    const of = (babies: Baby[]) => more({ ...bare, kind: 'diaper', says: 'wet', body: { baby: 'A' } }, { unit: 'ml', babies });
    expect(of([])).toBe('wet');
    expect(of([baby('A')])).toBe('wet');
    expect(of([baby('A'), baby('B')])).toBe('wet, A');
    expect(of([baby('Ada', ['A']), baby('B')])).toBe('wet, Ada');
    expect(of([baby('Ada', ['A']), baby('A')])).toBe('wet, A');
  });

  it('proposes the usual bottle: its median, and the milk of the newest', () => {
    const bottle = (intake_ml: number | null, milk: string) => ({ ...bare, kind: 'bottle', intake_ml, milk });
    expect(usualBottle([bottle(60, 'formula'), bare, bottle(90, 'expressed'), bottle(null, 'expressed'), bottle(70, 'expressed')])).toEqual({
      milk: 'formula',
      intake_ml: 70,
    });
    expect(usualBottle([bare])).toBeNull();
  });
});
