import { expect, it } from 'vitest';
import { bundleOf, type Envelope } from '../src/engine/envelopes';
import { EngineBridge } from '../src/engine/bridge';
import { Twin } from '../src/store/twin.svelte';
import { Echo, memoryFit } from './in-process';

const REPORT = { state: 'too_little', message: 'Three more sessions.', standing: null, sessions: 1, fitted_sessions: 0, draws: 0, r_hat: null, ess: null, divergences: null };

it('the model is fitted anew for what takes milk, and not for a diaper', async () => {
  const worker = new Echo(({ id, method }) => ({ id, ok: true, value: ['fit', 'takeIn'].includes(method) ? JSON.stringify(REPORT) : null }));
  const twin = new Twin(new EngineBridge(() => worker), 'web-0000000000000001', memoryFit());
  const fits = () => worker.seen.filter(({ method }) => method === 'fit').length;
  const adds = () => worker.seen.filter(({ method }) => method === 'add').length;
  const feed = async (kind: string) => {
    const entry: Envelope = { id: kind, root: kind, kind, batch: null, text: '{}' };
    twin.feed([bundleOf([entry])]);
    const reads = twin.reading;
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(twin.reading).toBe(false);
    return reads;
  };
  // What comes first is read in any case, so that the page knows where it stands.
  expect(await feed('diaper')).toBe(true);
  expect(fits()).toBe(1);
  expect(await feed('feeling')).toBe(false);
  expect(fits()).toBe(1);
  for (const kind of ['pump', 'nurse', 'hand']) expect(await feed(kind)).toBe(true);
  expect(fits()).toBe(4);
  expect(adds()).toBe(5);
});

it('an answer at once stands until the fit is there, and says so', async () => {
  const ready = { ...REPORT, state: 'ready', draws: 1000 };
  const worker = new Echo(({ id, method }) => {
    const provisional = { ...ready, standing: 'provisional', message: 'From your last fit, with the newest session taken in.' };
    const fresh = { ...ready, standing: 'fresh', message: 'Fitted.', r_hat: 1.004 };
    const value = method === 'takeIn' ? JSON.stringify(provisional) : method === 'fit' ? JSON.stringify(fresh) : null;
    return { id, ok: true, value };
  });
  const twin = new Twin(new EngineBridge(() => worker), 'web-0000000000000001', memoryFit());
  twin.feed([bundleOf([{ id: 'a', root: 'a', kind: 'pump', batch: null, text: '{}' }])]);
  await new Promise((resolve) => setTimeout(resolve, 10));
  const asked = worker.seen.map(({ method }) => method).filter((method) => method !== 'start' && method !== 'add');
  expect(asked).toEqual(['takeIn', 'today', 'forecast', 'fit', 'today', 'forecast', 'keepFit']);
  expect(twin.report?.standing).toBe('fresh');
});

it('a fit is kept, and the next visit begins with it; where nothing is new there is nothing to fit', async () => {
  const shelf = memoryFit();
  const entries = [bundleOf([{ id: 'a', root: 'a', kind: 'pump', batch: null, text: '{}' }])];
  const visit = async (takenIn: string) => {
    const worker = new Echo(({ id, method }) => {
      const ready = JSON.stringify({ ...REPORT, state: 'ready', standing: method === 'fit' ? 'fresh' : takenIn });
      const value = method === 'keepFit' ? new Uint8Array([7, 7]) : ['fit', 'takeIn'].includes(method) ? ready : null;
      return { id, ok: true, value };
    });
    const twin = new Twin(new EngineBridge(() => worker), 'web-0000000000000001', shelf);
    twin.feed(entries);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(twin.reading).toBe(false);
    return { twin, asked: worker.seen.map(({ method }) => method) };
  };
  const first = await visit('provisional');
  expect(first.asked).not.toContain('rememberFit');
  expect(first.asked).toContain('fit');
  expect([shelf.fit, first.twin.fit]).toEqual([new Uint8Array([7, 7]), new Uint8Array([7, 7])]);
  const again = await visit('fresh');
  expect(again.asked.slice(0, 4)).toEqual(['start', 'add', 'rememberFit', 'takeIn']);
  expect(again.asked).not.toContain('fit');
  expect(again.twin.report?.standing).toBe('fresh');
  // A fit that is refused is as none.
  const other = await visit('provisional');
  expect(other.asked).toContain('fit');
});
