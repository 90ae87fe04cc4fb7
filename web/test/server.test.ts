import { describe, expect, it } from 'vitest';
import { readEnvelopes } from '../src/engine/envelopes';
import { httpServer } from '../src/store/server';

const entry = (id: string, note = '') =>
  `{"v":1,"id":"${id}","device":"d","seq":1,"hlc":"0-0","kind":"pump","op":"put","root":"${id}","body":{"total_ml":60.0,"note":"${note}"}}`;

function entries(n: number, note = '') {
  const read = readEnvelopes(`[${Array.from({ length: n }, (_, i) => entry(String(i), note)).join(',')}]`);
  return read.ok ? read.value : [];
}

function answering(status: number, body: string) {
  const bodies: string[] = [];
  const server = httpServer((_path, init) => {
    if (typeof init?.body === 'string') bodies.push(init.body);
    return Promise.resolve(new Response(body, { status }));
  });
  return { server, bodies };
}

describe('pushing', () => {
  it('sends entries as they were written', async () => {
    const { server, bodies } = answering(200, '{"stored":1,"known":0}');
    expect(await server.push(entries(1))).toEqual({ ok: true, value: null });
    expect(bodies).toEqual([`{"entries":[${entry('0')}]}`]);
  });

  it('stays under what the server takes at once', async () => {
    const many = answering(200, '{"stored":1,"known":0}');
    await many.server.push(entries(5_001));
    expect(many.bodies).toHaveLength(2);
    const large = answering(200, '{"stored":1,"known":0}');
    await large.server.push(entries(300, 'x'.repeat(60_000)));
    expect(Math.max(...large.bodies.map((body) => body.length))).toBeLessThan(8 * 1024 * 1024);
  });

  it.each([
    [409, '{"error":"Taken."}', 'conflict', 'Taken.'],
    [507, '{"error":"The disk is full."}', 'refused', 'The disk is full.'],
    [500, '<html>', 'refused', 'The server answered 500.'],
    [200, 'fine', 'unreadable', 'An answer could not be read: receipt is not JSON.'],
  ])('that is answered %d %s is a problem', async (status, body, kind, text) => {
    expect(await answering(status, body).server.push(entries(1))).toEqual({ ok: false, problem: { kind, text } });
  });

  it('that reaches nobody says so', async () => {
    const server = httpServer(() => Promise.reject(new TypeError('failed to fetch')));
    expect(await server.push(entries(1))).toMatchObject({ ok: false, problem: { kind: 'unreachable' } });
  });
});

describe('pulling', () => {
  it('keeps the bytes of each entry', async () => {
    const { server } = answering(200, `{"entries":[${entry('a')},${entry('b')}],"next":2,"more":false}`);
    const page = await server.pull(0);
    expect(page.ok && page.value.entries.text).toBe(`[${entry('a')},${entry('b')}]`);
    expect(page.ok && page.value.entries.heads.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('believes nothing it cannot read', async () => {
    expect(await answering(200, '{"entries":[{}],"next":1,"more":false}').server.pull(0)).toMatchObject({ ok: false });
    expect(await answering(200, '<!doctype html>').server.pull(0)).toMatchObject({ ok: false });
  });
});
