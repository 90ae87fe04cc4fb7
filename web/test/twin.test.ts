import { expect, it } from 'vitest';
import { bundleOf, type Envelope } from '../src/engine/envelopes';
import { EngineBridge } from '../src/engine/bridge';
import { Twin } from '../src/store/twin.svelte';
import { Echo } from './in-process';

const REPORT = { state: 'too_little', message: 'Three more sessions.', sessions: 1, fitted_sessions: 0, draws: 0, r_hat: null, ess: null, divergences: null };

it('the model is fitted anew for what takes milk, and not for a diaper', async () => {
  const worker = new Echo(({ id, method }) => ({ id, ok: true, value: method === 'fit' ? JSON.stringify(REPORT) : null }));
  const twin = new Twin(new EngineBridge(() => worker), 'web-0000000000000001');
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
