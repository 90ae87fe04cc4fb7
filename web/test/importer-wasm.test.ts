/** The importer as it is built answers in the shapes that the page relies on. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { readEnvelopes } from '../src/engine/envelopes';
import { readReply, type Method } from '../src/engine/importer/calls';
import type { ImportFile } from '../src/engine/importer/contract';
import type { ImportPreview, ImportReading } from '../src/engine/importer/shapes';
import { weightQuestion } from '../src/entries/import/question-text';
import { Importer, initSync } from '../src/wasm/letdown_import.js';

const NOW = '2026-11-24T15:10:00+01:00[Europe/Berlin]';
const file = (path: string) => readFileSync(fileURLToPath(new URL(path, import.meta.url)));
const given = (name: string, text: string): ImportFile => ({ name, bytes: new TextEncoder().encode(text) });
const fixture = (name: string): ImportFile => ({ name, bytes: file(`../../fixtures/exports/${name}`) });
const understood = (method: Method, answer: string) => {
  const reply = readReply(method, answer);
  if (!reply.ok) throw new Error(reply.problem.text);
  return reply.value;
};

initSync({ module: file('../src/wasm/letdown_import_bg.wasm') });
let importer: Importer;
const read = (files: ImportFile[], answers: object = {}, watch: (done: number, all: number) => void = () => undefined) =>
  understood('read', importer.read(files, JSON.stringify(answers), NOW, watch));
/** Takes what was read last and stores it, as the page does by way of the server. */
const keep = (n: number) => {
  const taken = importer.take(NOW, crypto.getRandomValues(new Uint8Array(10 * n)));
  const entries = readEnvelopes(taken);
  importer.add(taken);
  return entries.ok ? entries.value : [];
};

beforeEach(() => {
  importer = new Importer('web-0000000000000001');
});

describe('the importer', () => {
  it('asks where a log was written, then reads it and says how far it is', () => {
    const files = [fixture('nighp/pump-2017.csv')];
    expect(read(files)).toMatchObject({ needs: 'zone' });
    const seen: number[][] = [];
    const reading = read(files, { tz: 'UTC' }, (done, all) => seen.push([done, all]));
    expect(reading).toMatchObject({ needs: null, entries: 5, from: { day: '2018-03-14' }, to: { day: '2018-03-15' } });
    expect(seen.at(-1)).toEqual([5, 5]);
    expect(keep(5).map(({ batch }) => batch?.startsWith('import-web-'))).toEqual([true, true, true, true, true]);
    expect(read(files, { tz: 'UTC' })).toMatchObject({ entries: 0, from: null });
  });

  it('gives both readings of a date that can be two days', () => {
    const either = given('either.csv', 'Time,Amount,Note\n"3/4/26, 5:05 AM",35 ml\n');
    expect(read([either], { tz: 'UTC' })).toMatchObject({
      needs: 'date_order',
      example: { mdy: '2026-03-04', dmy: '2026-04-03' },
    });
    expect(read([either], { tz: 'UTC', date_order: 'dmy' })).toMatchObject({ needs: null, from: { day: '2026-04-03' } });
  });

  it('leaves kilograms or pounds open in a way that the page asks about', () => {
    const weights = [given('weight.csv', 'child_id,weight,date,notes\n1,9.1,2026-03-14,\n')];
    const question = (answers: object) => {
      const reading = read(weights, { tz: 'UTC', ...answers }) as ImportReading;
      return reading.needs === null ? weightQuestion(reading) : reading;
    };
    expect(question({})).toMatchObject({ needs: 'weight_unit', message: 'weight.csv, row 2: the weights name no unit.' });
    expect(question({ weight_unit: 'lb' })).toBeNull();
    expect(weightQuestion(read([given('weight.csv', 'child_id,weight,date,notes\n1,4120,2026-03-14,\n')], { tz: 'UTC' }) as ImportPreview)).toBeNull();
  });

  it('names the babies when it asks whose a file is', () => {
    const born = '2026-01-05T00:00:00Z[UTC]';
    read([given('twins.csv', `kind,start,name\nbaby,${born},Ada\nbaby,${born},"Ben, the younger"\n`)]);
    keep(2);
    expect(read([fixture('glow/bottles.csv')])).toMatchObject({ needs: 'baby', babies: ['Ada', 'Ben, the younger'] });
    expect(read([fixture('glow/bottles.csv')], { baby: 'Ada' })).toMatchObject({ needs: null });
  });

  it('shows the rows of an unknown table, with a guess that it can read itself', () => {
    const files = [fixture('generic/kinds.csv')];
    expect(read(files)).toMatchObject({ needs: 'columns' });
    const [sample] = understood('sample', importer.sample(files, 3)) as { rows: string[][]; guess: string }[];
    expect(sample?.rows).toHaveLength(3);
    expect(read(files, { tz: 'UTC', map: sample?.guess })).toMatchObject({ needs: null });
  });

  it('lists past imports and writes the journal out', () => {
    expect(understood('past', importer.past())).toEqual([]);
    read([fixture('nighp/pump-2017.csv')], { tz: 'UTC' });
    const [first] = keep(5);
    expect(understood('past', importer.past())).toMatchObject([{ batch: first?.batch, app: 'nighp', entries: 5, at: { day: '2026-11-24' } }]);
    expect(importer.export_csv().trim().split('\r\n')).toHaveLength(6);
    const lines = importer.export_lines().trim().split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toBe(first?.text);
    // What goes out comes in as nothing new.
    expect(read([given('letdown.csv', importer.export_csv())])).toMatchObject({ entries: 0 });
  });
});
