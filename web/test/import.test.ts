/** Files on their way in: the importer's worker, what it is fed, and the steps of a sheet. */

import { beforeEach, describe, expect, it } from 'vitest';
import { EngineBridge, ImporterBridge } from '../src/engine/bridge';
import { ImportFlow } from '../src/entries/import/import-flow.svelte';
import { Journal } from '../src/store/journal.svelte';
import { Strip } from '../src/store/strip.svelte';
import { Twin } from '../src/store/twin.svelte';
import { Echo, inProcessBridge, inProcessReader, memoryFit, MemoryServer } from './in-process';

const DEVICE = 'web-0000000000000001';
const TWO_ROWS = 'Time,Amount\n"2/20/17, 9:23 AM",60 ml\n"3/4/17, 9:23 AM",70 ml\n';
const file = (text: string, name = 'pump.csv') => new File([text], name);
const files = [{ name: 'pump.csv', bytes: new TextEncoder().encode(TWO_ROWS) }];

let server: MemoryServer;
let workers: Echo[];
let strip: Strip;
const open = async (device = DEVICE) => {
  const twin = new Twin(new EngineBridge(() => new Echo(() => null)), device, memoryFit());
  const journal = new Journal(inProcessBridge(), server, twin, device);
  await journal.sync();
  return journal;
};
const flowOf = (journal: Journal) => new ImportFlow(journal, strip, () => inProcessReader(server, DEVICE, workers));
const asked = () => workers.flatMap(({ seen }) => seen.map(({ method }) => method));

beforeEach(() => {
  server = new MemoryServer();
  workers = [];
  strip = new Strip();
});

describe('the importer’s bridge', () => {
  it('tells how far a call is, to that caller alone', async () => {
    const worker: Echo = new Echo(({ id }) => {
      worker.say({ id: id + 1, progress: { done: 9, all: 9 } });
      worker.say({ id, progress: { done: 1, all: 2 } });
      worker.say({ id, progress: { done: -1, all: 2 } });
      return { id, ok: true, value: '[]' };
    });
    const seen: unknown[] = [];
    const bridge = new ImporterBridge(() => worker);
    expect(await bridge.call('take', [0], undefined, (progress) => seen.push(progress))).toEqual({ ok: true, value: [] });
    expect(seen).toEqual([{ done: 1, all: 2 }]);
  });

  it('ends its worker, and tells whoever waits', async () => {
    const bridge = new ImporterBridge(() => {
      const worker = new Echo(({ id }) => ({ id, ok: true, value: '' }));
      workers.push(worker);
      return worker;
    });
    const waiting = [bridge.call('exportCsv', []), bridge.call('exportLines', [])];
    bridge.end();
    for (const answer of await Promise.all(waiting)) expect(answer).toMatchObject({ ok: false, problem: { kind: 'aborted' } });
    expect(workers.map(({ terminated }) => terminated)).toEqual([true]);
    expect(await bridge.call('exportCsv', [])).toEqual({ ok: true, value: '' });
    expect(workers).toHaveLength(2);
  });
});

describe('the reader', () => {
  it('knows everything the server has before it reads', async () => {
    const journal = await open();
    await journal.savePump({ start: '2026-11-20T10:00:00Z[UTC]', total_ml: 90 });
    const reader = inProcessReader(server, DEVICE, workers);
    await reader.read(files, { tz: 'UTC' });
    expect(asked()).toEqual(['start', 'add', 'read']);
    const taken = await reader.take(files, { tz: 'UTC' }, 2);
    expect(taken.ok && taken.value.map(({ text }) => (JSON.parse(text) as { seq: number }).seq)).toEqual([2, 3]);
    expect(asked().slice(3), 'nothing came meanwhile, so nothing is read twice').toEqual(['take']);
  });

  it('reads again what another tab has changed', async () => {
    const [journal, other] = [await open(), await open()];
    const reader = inProcessReader(server, DEVICE, workers);
    await reader.read(files, { tz: 'UTC' });
    await other.savePump({ start: '2026-11-20T10:00:00Z[UTC]', total_ml: 90 });
    expect(await journal.addImport(() => reader.take(files, { tz: 'UTC' }, 2))).toMatchObject({ ok: true });
    expect(asked()).toEqual(['start', 'read', 'add', 'read', 'take']);
    expect(server.stored).toHaveLength(3);
  });

  it('makes the entries anew when their numbers were taken while they were on their way', async () => {
    const [journal, other] = [await open(), await open()];
    const reader = inProcessReader(server, DEVICE, workers);
    await reader.read(files, { tz: 'UTC' });
    let first = true;
    const added = await journal.addImport(async () => {
      const taken = await reader.take(files, { tz: 'UTC' }, 2);
      if (first) await other.savePump({ start: '2026-11-20T10:00:00Z[UTC]', total_ml: 90 });
      first = false;
      return taken;
    });
    expect(added.ok && added.value).toHaveLength(2);
    expect(server.stored).toHaveLength(3);
    expect(journal.entries).toBe(3);
  });

  it('starts afresh when its worker has stopped', async () => {
    const reader = inProcessReader(server, DEVICE, workers);
    await reader.read(files, { tz: 'UTC' });
    workers[0]?.crash();
    expect(await reader.read(files, { tz: 'UTC' })).toMatchObject({ ok: false, problem: { kind: 'stopped' } });
    expect(workers).toHaveLength(1);
    expect(await reader.read(files, { tz: 'UTC' })).toMatchObject({ ok: true, value: { entries: 2 } });
  });

  it('lists past imports and writes the journal out', async () => {
    const journal = await open();
    const reader = inProcessReader(server, DEVICE, workers);
    expect(await reader.past()).toEqual({ ok: true, value: [] });
    const added = await journal.addImport(() => reader.take(files, { tz: 'UTC' }, 2));
    const past = await reader.past();
    const batch = added.ok ? added.value[0]?.batch : '';
    expect(past).toMatchObject({ ok: true, value: [{ batch, entries: 2 }] });
    const table = await reader.exportCsv();
    expect(table.ok && table.value.split('\r\n')).toHaveLength(4);
    await journal.undoImport(batch ?? '', 2);
    expect(await reader.past()).toEqual({ ok: true, value: [] });
    const lines = await reader.exportLines();
    expect(lines.ok && lines.value.trim().split('\n')).toHaveLength(4);
  });
});

describe('an import', () => {
  it('spawns nothing before a file is chosen, and ends its worker with the sheet', async () => {
    const flow = flowOf(await open());
    expect(workers).toHaveLength(0);
    await flow.choose([file(TWO_ROWS)]);
    expect(flow.step).toMatchObject({ at: 'question', question: { needs: 'zone' } });
    flow.stop();
    expect(workers.map(({ terminated }) => terminated)).toEqual([true]);
  });

  it('asks, shows, adds, and is undone as a whole', async () => {
    const journal = await open();
    const flow = flowOf(journal);
    await flow.choose([file(TWO_ROWS), file(TWO_ROWS, 'again.csv')]);
    await flow.answer({ tz: 'UTC' });
    expect(flow.progress).toEqual({ done: 4, all: 4 });
    expect(flow.step).toMatchObject({ at: 'preview', preview: { files: [{ file: 'pump.csv' }, { file: 'again.csv' }] } });
    expect(await flow.add()).toBe(true);
    expect(strip.said?.text).toMatch(/^Added \d entries\.$/);
    await strip.undo();
    expect(journal.entries).toBe(0);
  });

  it('adds nothing and stays where it is when the server does not answer', async () => {
    const journal = await open();
    const flow = flowOf(journal);
    await flow.choose([file(TWO_ROWS)]);
    await flow.answer({ tz: 'UTC' });
    server.next = 'request lost';
    expect(await flow.add()).toBe(false);
    expect(flow.problem?.kind).toBe('unreachable');
    expect(flow.step.at).toBe('preview');
    expect(await flow.add()).toBe(true);
    expect(journal.entries).toBe(2);
  });

  it('adds nothing twice when the reply is lost', async () => {
    const journal = await open();
    const flow = flowOf(journal);
    await flow.choose([file(TWO_ROWS)]);
    await flow.answer({ tz: 'UTC' });
    server.next = 'reply lost';
    expect(await flow.add()).toBe(false);
    expect(await flow.add()).toBe(true);
    expect(strip.said?.text).toBe('These entries are already in your log.');
    expect(server.stored).toHaveLength(2);
  });

  it('shows what a file would reach over with each order of its dates', async () => {
    const flow = flowOf(await open());
    const both = 'Time,Amount\n"3/4/17, 9:23 AM",60 ml\n"3/9/17, 9:23 AM",70 ml\n';
    await flow.choose([file(both)]);
    const [mdy, dmy] = [await flow.spanWith('mdy'), await flow.spanWith('dmy')];
    const days = (span: typeof mdy) => ((span?.to?.epoch_ms ?? 0) - (span?.from?.epoch_ms ?? 0)) / 86_400_000;
    expect([days(mdy), days(dmy)].map(Math.round)).toEqual([5, 153]);
  });

  it('asks about the columns of an unknown table beside its first rows, and remembers what worked', async () => {
    const mine = 'When,Milk\n2017-02-20 9:23,60\n';
    const flow = flowOf(await open());
    await flow.choose([file(mine, 'mine.csv')]);
    expect(flow.step).toMatchObject({
      at: 'question',
      question: { needs: 'columns' },
      samples: [{ columns: ['When', 'Milk'], rows: [['2017-02-20 9:23', '60']], guess: 'time=When,kind=pump' }],
    });
    await flow.answer({ map: 'time=When,volume=Milk,kind=pump' });
    await flow.answer({ tz: 'UTC' });
    expect(flow.step.at).toBe('preview');
    const { recallMap } = await import('../src/entries/import/known-maps');
    expect(recallMap([{ columns: ['When', 'Milk'] }])).toBe('time=When,volume=Milk,kind=pump');
  });
});
