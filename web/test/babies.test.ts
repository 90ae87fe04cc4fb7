import { describe, expect, it } from 'vitest';
import type { Baby } from '../src/engine/shapes';
import { openBaby, readBaby } from '../src/entries/babies/baby-form';
import { Journal } from '../src/store/journal.svelte';
import { Twin } from '../src/store/twin.svelte';
import { asksWhose, keepBaby, recallBaby } from '../src/store/which-baby';
import { inProcessBridge, inProcessTwin, memoryFit, MemoryServer } from './in-process';

const TODAY = '2026-11-24';
const baby = (name: string, more: Partial<Baby> = {}): Baby => ({ root: name, name, also: [], born: null, gestation_days: null, ...more });

describe('the form of a baby', () => {
  it('says its name, and what else was written', () => {
    expect(readBaby({ name: ' Mila ', born: '', weeks: '' }, [], TODAY)).toEqual({ ok: true, fields: { name: 'Mila', born: null, gestation_days: null } });
    expect(readBaby({ name: 'Mila', born: '2026-10-03', weeks: '39+4' }, [], TODAY)).toEqual({
      ok: true,
      fields: { name: 'Mila', born: '2026-10-03', gestation_days: 277 },
    });
  });

  it('opens as it was read', () => {
    for (const days of [140, 276, 280, 310]) {
      const read = readBaby(openBaby(baby('A', { gestation_days: days })), [], TODAY);
      expect(read.ok && read.fields['gestation_days']).toBe(days);
    }
  });

  it.each([
    [{ name: ' ' }, 'name'],
    [{ name: 'Ida' }, 'name'],
    [{ born: '2026-11-25' }, 'born'],
    [{ weeks: '9' }, 'weeks'],
    [{ weeks: '19+6' }, 'weeks'],
    [{ weeks: '44+3' }, 'weeks'],
    [{ weeks: '39+7' }, 'weeks'],
  ])('asks about %j', (change, field) => {
    expect(readBaby({ name: 'Mila', born: '', weeks: '', ...change }, [baby('Ida')], TODAY)).toMatchObject({ ok: false, field });
  });
});

describe('which baby', () => {
  const twins = [baby('Mila'), baby('Ida', { also: ['Baby B'] })];

  it('is asked where there are two, of what is about one', () => {
    for (const kind of ['nurse', 'bottle', 'weight', 'diaper']) {
      expect(asksWhose(kind, twins)).toBe(true);
      expect(asksWhose(kind, twins.slice(1))).toBe(false);
    }
    for (const kind of ['pump', 'hand', 'drink', 'feeling', 'note']) expect(asksWhose(kind, twins)).toBe(false);
  });

  it('is remembered for each kind, by the name of today', () => {
    expect(recallBaby('bottle', twins)).toBe('');
    keepBaby('bottle', 'Baby B');
    expect(recallBaby('bottle', twins)).toBe('Ida');
    expect(recallBaby('diaper', twins)).toBe('');
    expect(recallBaby('bottle', twins.slice(0, 1))).toBe('');
  });
});

it('a baby that only the log names keeps its entries when it is called otherwise', async () => {
  const device = 'web-0000000000000001';
  const journal = new Journal(inProcessBridge(), new MemoryServer(), new Twin(inProcessTwin(), device, memoryFit()), device);
  await journal.sync();
  await journal.log('diaper', { wet: true, soiled: false, baby: 'Baby A' });
  expect(journal.babies).toMatchObject([{ root: null, name: 'Baby A' }]);
  const saved = await journal.saveBaby(journal.babies[0] ?? null, { name: 'Mila', born: '2026-10-03', gestation_days: null });
  expect(saved.ok).toBe(true);
  expect(journal.babies).toMatchObject([{ name: 'Mila', also: ['Baby A'], born: '2026-10-03' }]);
  await journal.saveBaby(journal.babies[0] ?? null, { name: 'Milena' });
  expect(journal.babies.map(({ name, also }) => [name, [...also].sort()])).toEqual([['Milena', ['Baby A', 'Mila']]]);
});
