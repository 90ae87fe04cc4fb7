import { beforeEach, describe, expect, it } from 'vitest';
import type { PumpDraft } from '../src/engine/calls';
import { find } from '../src/entries/search.svelte';
import { Journal } from '../src/store/journal.svelte';
import { Twin } from '../src/store/twin.svelte';
import { EngineBridge } from '../src/engine/bridge';
import { Echo, inProcessBridge, inProcessReader, memoryFit, MemoryServer } from './in-process';

const DEVICE = 'web-0000000000000001';
const draft = (total_ml: number): PumpDraft => ({ start: '2026-11-20T10:00:00Z[UTC]', minutes: 15, total_ml });

let server: MemoryServer;
const open = async () => {
  // The twin only listens here: what it makes of the entries is not this test's matter.
  const twin = new Twin(new EngineBridge(() => new Echo(() => null)), DEVICE, memoryFit());
  const journal = new Journal(inProcessBridge(), server, twin, DEVICE);
  await journal.sync();
  return journal;
};
const volumes = (journal: Journal) => journal.sessions.map(({ output_ml }) => output_ml);

beforeEach(() => {
  server = new MemoryServer();
});

describe('a saved session', () => {
  it('is shown once the server has stored it, and on every other page', async () => {
    const journal = await open();
    expect(await journal.savePump(draft(120))).toMatchObject({ ok: true });
    expect(volumes(journal)).toEqual([120]);
    expect(volumes(await open())).toEqual([120]);
  });

  it('is not shown as saved when the request is lost', async () => {
    const journal = await open();
    server.next = 'request lost';
    expect(await journal.savePump(draft(120))).toMatchObject({ ok: false, problem: { kind: 'unreachable' } });
    expect(volumes(journal)).toEqual([]);
    expect(server.stored).toHaveLength(0);
  });

  it('is stored once when the reply is lost and it is saved again', async () => {
    const journal = await open();
    server.next = 'reply lost';
    expect(await journal.savePump(draft(120))).toMatchObject({ ok: false });
    expect(await journal.savePump(draft(120))).toMatchObject({ ok: true });
    expect(server.stored).toHaveLength(1);
    expect(volumes(journal)).toEqual([120]);
  });

  it('replaces the earlier one when the reply is lost and the form is changed', async () => {
    const journal = await open();
    server.next = 'reply lost';
    await journal.savePump(draft(120));
    expect(await journal.savePump(draft(125))).toMatchObject({ ok: true });
    expect(volumes(journal)).toEqual([125]);
    expect(volumes(await open())).toEqual([125]);
  });

  it('stands beside one that another tab saved under the same number', async () => {
    const [journal, other] = [await open(), await open()];
    await other.savePump(draft(90));
    expect(await journal.savePump(draft(120))).toMatchObject({ ok: true });
    expect(volumes(journal).sort()).toEqual([120, 90]);
    expect(server.stored).toHaveLength(2);
  });

  it('can be deleted and brought back', async () => {
    const journal = await open();
    const saved = await journal.savePump(draft(120));
    const root = saved.ok ? saved.value.root : '';
    await journal.remove(root);
    expect(volumes(journal)).toEqual([]);
    await journal.restore(root);
    expect(volumes(journal)).toEqual([120]);
  });
});

describe('an entry of another kind', () => {
  const nursing = { start: '2026-11-20T10:00:00Z[UTC]', stints: [{ side: 'left', minutes: 7 }] };
  const says = (journal: Journal) => journal.sessions.map((line) => line.says);

  it('is stored once when the reply is lost and it is saved again', async () => {
    const journal = await open();
    server.next = 'reply lost';
    expect(await journal.log('nurse', nursing)).toMatchObject({ ok: false, problem: { kind: 'unreachable' } });
    expect(says(journal)).toEqual([]);
    expect(await journal.log('nurse', nursing)).toMatchObject({ ok: true });
    expect(server.stored).toHaveLength(1);
    expect(says(await open())).toEqual(['left 7 min']);
  });

  it('replaces the earlier one when the reply is lost and another kind is saved', async () => {
    const journal = await open();
    server.next = 'reply lost';
    await journal.log('nurse', nursing);
    expect(await journal.log('diaper', { start: nursing.start, wet: true, soiled: false })).toMatchObject({ ok: true });
    expect(says(await open())).toEqual(['wet']);
  });

  it('is edited in what changed, and the edit undone', async () => {
    const journal = await open();
    const saved = await journal.savePump(draft(120));
    const root = saved.ok ? saved.value.root : '';
    await journal.edit(root, { total_typed: '95 ml' });
    expect(journal.sessions).toMatchObject([{ root, output_ml: 95, minutes: 15, edited: true }]);
    await journal.edit(root, { total_ml: 120, note: null });
    expect(volumes(await open())).toEqual([120]);
  });

  it('stays in the log when the reply to an edit is lost and the form is changed', async () => {
    const journal = await open();
    const saved = await journal.savePump(draft(120));
    const root = saved.ok ? saved.value.root : '';
    server.next = 'reply lost';
    expect(await journal.edit(root, { total_typed: '95 ml' })).toMatchObject({ ok: false });
    expect(volumes(journal)).toEqual([120]);
    expect(await journal.edit(root, { total_typed: '90 ml' })).toMatchObject({ ok: true });
    expect(volumes(await open())).toEqual([90]);
  });

  it('is an edit once when the reply is lost and it is saved again', async () => {
    const journal = await open();
    const saved = await journal.savePump(draft(120));
    const root = saved.ok ? saved.value.root : '';
    server.next = 'reply lost';
    await journal.edit(root, { total_typed: '95 ml' });
    expect(await journal.edit(root, { total_typed: '95 ml' })).toMatchObject({ ok: true });
    expect(server.stored).toHaveLength(2);
    expect(volumes(journal)).toEqual([95]);
  });

  it('is found by its words and its kind', async () => {
    const journal = await open();
    await journal.log('nurse', nursing);
    await journal.log('note', { start: nursing.start, text: 'Slept five hours.' });
    const found = async (query: { text?: string; kind?: string }) => {
      const lines = await find(journal, query);
      return lines.ok ? lines.value.map(({ kind }) => kind) : lines.problem.text;
    };
    expect(await found({ text: 'FIVE' })).toEqual(['note']);
    expect(await found({ kind: 'nurse' })).toEqual(['nurse']);
    expect(await found({ text: 'Nursing' })).toEqual(['nurse']);
    expect(await found({ text: 'Nursing', kind: 'note' })).toEqual([]);
    expect(await found({ text: 'zebra' })).toEqual([]);
  });
});

describe('a long log', () => {
  const at = (minute: number) => `2026-11-20T10:${String(minute).padStart(2, '0')}:00Z[UTC]`;

  it('comes page by page, and a page that is lost is asked for again', async () => {
    const first = await open();
    for (let i = 0; i < 7; i += 1) await first.savePump({ ...draft(100 + i), start: at(i) });
    server.page = 3;
    server.lostAfter = 3;
    const second = await open();
    expect(second.trouble).not.toBeNull();
    expect(second.phase).toBe('unreachable');
    server.lostAfter = null;
    await second.sync();
    expect(volumes(second)).toEqual([106, 105, 104, 103, 102, 101, 100]);
    expect(second.entries).toBe(7);
    expect(second.trouble).toBeNull();
  });

  it('is told to the twin once it is shown', async () => {
    const first = await open();
    await first.savePump(draft(120));
    const worker = new Echo(() => null);
    const journal = new Journal(inProcessBridge(), server, new Twin(new EngineBridge(() => worker), DEVICE, memoryFit()), DEVICE);
    const synced = journal.sync();
    expect(worker.seen).toEqual([]);
    await synced;
    expect(journal.phase).toBe('ready');
    expect(worker.seen.length).toBeGreaterThan(0);
  });

  it('is found in pieces, also by a kind that is called otherwise', async () => {
    const journal = await open();
    for (let i = 0; i < 5; i += 1) {
      await journal.log(i % 2 === 0 ? 'nurse' : 'note', { start: at(i), ...(i % 2 === 0 ? { minutes: 9 } : { text: 'nursing went well' }) });
    }
    for (const query of [{}, { text: 'nursing' }, { kind: 'nurse' }]) {
      const all = await find(journal, { ...query, limit: 9 });
      const pieces = [];
      for (let skip = 0; skip < 6; skip += 2) {
        const piece = await find(journal, { ...query, skip, limit: 2 });
        if (piece.ok) pieces.push(...piece.value.map(({ root }) => root));
      }
      expect(all.ok && all.value.map(({ root }) => root)).toEqual(pieces);
      expect(pieces).toHaveLength('kind' in query ? 3 : 5);
    }
  });
});

describe('an import', () => {
  const files = [{ name: 'pump.csv', bytes: new TextEncoder().encode('Time,Amount\n"2/20/17, 9:23 AM",60 ml\n') }];

  it('is added once, and undone as a whole', async () => {
    const journal = await open();
    const reader = inProcessReader(server, DEVICE);
    const take = () => reader.take(files, { tz: 'UTC' }, 1);
    const taken = await journal.addImport(take);
    expect(volumes(journal)).toEqual([60]);
    expect(await journal.addImport(take)).toEqual({ ok: true, value: [] });
    const batch = taken.ok ? (taken.value[0]?.batch ?? '') : '';
    await journal.undoImport(batch, 1);
    expect(volumes(journal)).toEqual([]);
  });
});

describe('the example', () => {
  it('is marked, and goes without leaving anything', async () => {
    const journal = await open();
    await journal.savePump(draft(120));
    await journal.addExample();
    expect(journal.hasExample).toBe(true);
    await journal.clearExample();
    expect(journal.hasExample).toBe(false);
    expect(volumes(journal)).toEqual([120]);
  });
});
