import { describe, expect, it } from 'vitest';
import { EngineBridge } from '../src/engine/bridge';
import { Echo } from './in-process';

const answering = (value: unknown) => new Echo(({ id }) => ({ id, ok: true, value }));

describe('the bridge', () => {
  it('starts its worker with the first call, and one for all', async () => {
    const workers: Echo[] = [];
    const bridge = new EngineBridge(() => {
      const worker = answering(7);
      workers.push(worker);
      return worker;
    });
    expect(workers).toHaveLength(0);
    await bridge.call('entryCount', []);
    await bridge.call('entryCount', []);
    expect(workers).toHaveLength(1);
  });

  it('asks one thing at a time, in order', async () => {
    const worker = answering(1);
    const bridge = new EngineBridge(() => worker);
    const all = [bridge.call('entryCount', []), bridge.call('entryCount', []), bridge.call('entryCount', [])];
    expect(worker.seen).toHaveLength(1);
    await Promise.all(all);
    expect(worker.seen.map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  it('believes no answer it cannot read', async () => {
    const bridge = new EngineBridge(() => answering('seven'));
    expect(await bridge.call('entryCount', [])).toMatchObject({ ok: false, problem: { kind: 'unreadable' } });
  });

  it('gives what the engine refuses as a sentence', async () => {
    const bridge = new EngineBridge(() => new Echo(({ id }) => ({ id, ok: false, value: 'Three more sessions.' })));
    expect(await bridge.call('forecast', [14])).toEqual({
      ok: false,
      problem: { kind: 'refused', text: 'Three more sessions.' },
    });
  });

  it('takes back a call nobody waits for', async () => {
    const worker = answering(1);
    const bridge = new EngineBridge(() => worker);
    const stop = new AbortController();
    const first = bridge.call('entryCount', []);
    const second = bridge.call('entryCount', [], stop.signal);
    stop.abort();
    expect(await second).toMatchObject({ ok: false, problem: { kind: 'aborted' } });
    expect(await first).toEqual({ ok: true, value: 1 });
    expect(await bridge.call('entryCount', [], stop.signal)).toMatchObject({ ok: false, problem: { kind: 'aborted' } });
    expect(worker.seen).toHaveLength(1);
  });

  it('tells every caller when the worker stops, and starts another for the next', async () => {
    const workers: Echo[] = [];
    const bridge = new EngineBridge(() => {
      const worker = answering(1);
      workers.push(worker);
      return worker;
    });
    const waiting = [bridge.call('entryCount', []), bridge.call('entryCount', [])];
    workers[0]?.crash();
    for (const answer of await Promise.all(waiting)) {
      expect(answer).toMatchObject({ ok: false, problem: { kind: 'stopped' } });
    }
    expect(workers[0]?.terminated).toBe(true);
    expect(await bridge.call('entryCount', [])).toEqual({ ok: true, value: 1 });
  });

  it('tells the next caller when the worker stopped while nobody waited', async () => {
    const workers: Echo[] = [];
    const bridge = new EngineBridge(() => {
      const worker = answering(1);
      workers.push(worker);
      return worker;
    });
    await bridge.call('entryCount', []);
    workers[0]?.crash();
    expect(await bridge.call('entryCount', [])).toMatchObject({ ok: false, problem: { kind: 'stopped' } });
    expect(workers).toHaveLength(1);
    expect(await bridge.call('entryCount', [])).toEqual({ ok: true, value: 1 });
    expect(workers).toHaveLength(2);
  });
});
