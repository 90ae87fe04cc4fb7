import { describe, expect, it } from 'vitest';
import { readEnvelopes, listText } from '../src/engine/envelopes';
import { importReading } from '../src/engine/importer/shapes';
import { forecast, line, today } from '../src/engine/shapes';
import { items, member } from '../src/lib/raw-json';
import { list, nullable, number, object, read, readJson, string, type Shape } from '../src/lib/validate';
import { Engine } from './fake-engine';

const NOW = '2026-11-24T15:10:00+01:00[Europe/Berlin]';
const problem = (shape: Shape<unknown>, value: unknown) => {
  const result = read(shape, value, 'it');
  return result.ok ? null : result.problem.text;
};

describe('a validator', () => {
  const shape = object({ name: string, sizes: list(nullable(number)) });

  it('gives what it has checked, and nothing else', () => {
    const result = read(shape, { name: 'a', sizes: [1, null], more: true }, 'it');
    expect(result).toEqual({ ok: true, value: { name: 'a', sizes: [1, null] } });
  });

  it.each([
    [{ name: 1, sizes: [] }, 'it.name is not text'],
    [{ name: 'a', sizes: [1, 'two'] }, 'it.sizes[1] is not a number'],
    [{ name: 'a', sizes: [NaN] }, 'it.sizes[0] is not a number'],
    [{ name: 'a' }, 'it.sizes is not a list'],
    [null, 'it is not an object'],
    [[], 'it is not an object'],
  ])('names the place in %j', (value, said) => {
    expect(problem(shape, value)).toContain(said);
  });

  it('refuses what is not JSON', () => {
    expect(readJson(shape, '{', 'it')).toMatchObject({ ok: false, problem: { kind: 'unreadable' } });
    expect(readJson(shape, 7, 'it')).toMatchObject({ ok: false, problem: { kind: 'unreadable' } });
  });
});

describe('the shapes of the contract', () => {
  it('read what an engine answers', () => {
    const engine = new Engine('web-0000000000000001');
    engine.add(engine.example(NOW, new Uint8Array(32)));
    expect(readJson(list(line), engine.sessions(NOW, 5), 'sessions')).toMatchObject({ ok: true });
    expect(readJson(today, engine.today(NOW), 'today')).toMatchObject({ ok: true });
    engine.fit(NOW);
    expect(readJson(forecast, engine.forecast(NOW, 14), 'forecast')).toMatchObject({ ok: true });
  });

  it('tell a question of an import from its preview', () => {
    const question = { needs: 'date_order', message: 'Which?', example: { text: '3/4/26', mdy: '2026-03-04', dmy: '2026-04-03' } };
    expect(problem(importReading, question)).toBeNull();
    expect(problem(importReading, { needs: null, files: [], entries: 3 })).toBeNull();
    expect(problem(importReading, { needs: 'money', message: '' })).toContain('needs is not one of');
    expect(problem(importReading, { needs: null, files: [], entries: -1 })).toContain('entries is not a count');
  });
});

describe('an entry', () => {
  const text = '{"v":1,"id":"a","device":"d","seq":1,"hlc":"0-0","kind":"pump","op":"put","root":"a","body":{"total_ml":60.0, "note":"a ] \\" , b"}}';

  it('survives byte for byte', () => {
    const entries = readEnvelopes(`[ ${text} ,\n${text}]`);
    expect(entries.ok && entries.value.map((entry) => entry.text)).toEqual([text, text]);
    expect(entries.ok && listText(entries.value)).toBe(`[${text},${text}]`);
  });

  it('is refused when it is none', () => {
    expect(readEnvelopes('[{"id":"a"}]')).toMatchObject({ ok: false });
  });
});

it('finds the parts of JSON text as they were written', () => {
  expect(items('[]')).toEqual([]);
  expect(items('[1.0, "a,b", [2,3], {"c":[4]}]')).toEqual(['1.0', '"a,b"', '[2,3]', '{"c":[4]}']);
  expect(member('{"a":"entries","entries":[1.50],"next":3}', 'entries')).toBe('[1.50]');
  expect(member('{"a":1}', 'entries')).toBeNull();
});
