import { beforeEach, describe, expect, it } from 'vitest';
import type { PumpDraft } from '../src/engine/calls';
import { Journal } from '../src/store/journal.svelte';
import { Twin } from '../src/store/twin.svelte';
import { EngineBridge } from '../src/engine/bridge';
import { Echo, inProcessBridge, inProcessReader, MemoryServer } from './in-process';

const DEVICE = 'web-0000000000000001';
const draft = (total_ml: number): PumpDraft => ({ start: '2026-11-20T10:00:00Z[UTC]', minutes: 15, total_ml });

let server: MemoryServer;
const open = async () => {
  // The twin only listens here: what it makes of the entries is not this test's matter.
  const twin = new Twin(new EngineBridge(() => new Echo(() => null)), DEVICE);
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
