import { describe, expect, it } from 'vitest';
import type { Line } from '../src/engine/shapes';
import { converted, readDraft, readNumber, stepped, type PumpFields } from '../src/entries/pump-draft';
import { forgetUnsaved, keepUnsaved, openForm } from '../src/entries/pump-form.svelte';
import { keepUsual, recallUsual, usualPump } from '../src/store/usual';
import { readMoment } from '../src/lib/time';

const NOW = new Date(2026, 10, 24, 15, 10, 30);

function pump(output_ml: number | null, minutes: number | null, example = false): Line {
  const at = readMoment('2026-11-24T12:00:00Z');
  if (!at) throw new Error('unreadable');
  const unsaid = { left_ml: null, right_ml: null, intake_ml: null, milk: null, note: null, weight_g: null, weight_typed: null };
  const rest = { ...unsaid, flags: [], says: '', edited: false, imported_from: null, body: {} };
  return { root: 'a', kind: 'pump', at, output_ml, minutes, example, ...rest };
}

describe('the usual entry', () => {
  it('is the median of the last sessions', () => {
    const sessions = [pump(120, 18), pump(null, null), pump(90, 15), pump(131, 22)];
    expect(usualPump(sessions)).toEqual({ output_ml: 120, minutes: 18 });
  });

  it('looks at her own sessions before those of an example', () => {
    expect(usualPump([pump(300, 30, true), pump(80, 12), pump(300, 30, true)]).output_ml).toBe(80);
    expect(usualPump([pump(300, 30, true)]).output_ml).toBe(300);
  });

  it('knows nothing before the first session', () => {
    expect(usualPump([])).toEqual({ output_ml: null, minutes: null });
  });

  it('is remembered, so that the form is filled before the log is open', () => {
    expect(recallUsual()).toEqual({ output_ml: null, minutes: null });
    keepUsual({ output_ml: 120, minutes: 18 });
    expect(recallUsual()).toEqual({ output_ml: 120, minutes: 18 });
  });
});

describe('the form', () => {
  it('opens filled, so that the second tap saves', () => {
    const { fields, usual } = openForm({ output_ml: 120, minutes: 18 }, 'ml', NOW);
    const read = readDraft(fields, NOW);
    expect(usual).toBe(true);
    expect(read).toMatchObject({ ok: true, draft: { total_ml: 120, minutes: 18, typed: { amount: 120, unit: 'ml' } } });
    // It ended now, so it began her usual minutes ago.
    expect(read.ok && readMoment(read.draft.start)?.epoch_ms).toBe(new Date(2026, 10, 24, 14, 52).getTime());
  });

  it('opens in ounces for who reads ounces, and keeps what was typed', () => {
    const { fields } = openForm({ output_ml: 120, minutes: 18 }, 'oz', NOW);
    expect(fields.amount).toBe('4');
    const read = readDraft(fields, NOW);
    expect(read).toMatchObject({ ok: true, draft: { typed: { amount: 4, unit: 'oz' } } });
    expect(read.ok && read.draft.total_ml).toBeCloseTo(118.294);
  });

  it('keeps what did not reach the server', () => {
    const { fields } = openForm({ output_ml: 120, minutes: 18 }, 'ml', NOW);
    fields.amount = '95';
    keepUnsaved(fields, 'No answer.');
    expect(openForm({ output_ml: 120, minutes: 18 }, 'ml', NOW)).toMatchObject({ fields: { amount: '95' }, because: 'No answer.' });
    forgetUnsaved();
    expect(openForm({ output_ml: 120, minutes: 18 }, 'ml', NOW)).toMatchObject({ fields: { amount: '120' }, because: null });
  });
});

describe('a draft', () => {
  const fields: PumpFields = { amount: '120', unit: 'ml', minutes: '', ended: '2026-11-24T15:10', techniques: [], place: ' ', note: ' ' };

  it('may lack everything but its time', () => {
    const read = readDraft({ ...fields, amount: '' }, NOW);
    expect(read.ok && Object.keys(read.draft)).toEqual(['start']);
    expect(readDraft({ ...fields, place: ' the car ' }, NOW)).toMatchObject({ ok: true, draft: { place: 'the car' } });
  });

  it.each([
    [{ amount: 'lots' }, 'amount'],
    [{ amount: '-5' }, 'amount'],
    [{ minutes: '1:20' }, 'minutes'],
    [{ ended: '' }, 'ended'],
    [{ ended: '2026-11-24T16:00' }, 'ended'],
  ])('that reads %j is asked about', (change, field) => {
    expect(readDraft({ ...fields, ...change }, NOW)).toMatchObject({ ok: false, field });
  });
});

describe('the big buttons', () => {
  it('step from what stands there, never below nothing', () => {
    expect(stepped('120', 5)).toBe('125');
    expect(stepped('4,25', 0.25)).toBe('4.5');
    expect(stepped('3', -5)).toBe('0');
    expect(stepped('', 5)).toBe('5');
  });

  it('convert to the other unit in its own steps', () => {
    expect(converted('120', 'ml', 'oz')).toBe('4');
    expect(converted('4', 'oz', 'ml')).toBe('120');
    expect(converted('', 'ml', 'oz')).toBe('');
  });

  it('read a comma as a point', () => {
    expect(readNumber(' 4,5 ')).toBe(4.5);
    expect(readNumber('')).toBeNull();
    expect(readNumber('4..5')).toBe('unreadable');
  });
});
