/** What the Supply place says of a change, of her log, and of past forecasts. */

import { describe, expect, it } from 'vitest';
import { EngineBridge } from '../src/engine/bridge';
import { bundleOf } from '../src/engine/envelopes';
import { insights, type Effect, type Insights } from '../src/engine/insights';
import { lately } from '../src/engine/lately';
import { whatIf, type WhatIf } from '../src/engine/what-if';
import { inHerUnit } from '../src/entries/line-text';
import { around } from '../src/lib/chart/scale';
import { readMoment } from '../src/lib/time';
import { readJson, type Shape } from '../src/lib/validate';
import { Twin } from '../src/store/twin.svelte';
import { Advice } from '../src/store/advice';
import { Answer } from '../src/views/answer.svelte';
import { answersOf } from '../src/views/supply/answers.svelte';
import { cardsOf, notYet, signed, techniqueRows } from '../src/views/supply/insight-cards';
import { changeText, details, headline, roomiest, usualTimes } from '../src/views/supply/what-if';
import { Engine } from './fake-engine';
import { Echo, inProcessAdvice, inProcessTwin, memoryFit, MemoryServer } from './in-process';

const NOW = '2026-11-24T15:10:00+01:00[Europe/Berlin]';

/** Fitting takes its time also here, so it is done once. */
let kept: Engine | null = null;
function fitted(): Engine {
  if (kept) return kept;
  kept = new Engine('test');
  kept.add(kept.example(NOW, new Uint8Array(32).fill(7)));
  kept.fit(NOW);
  return kept;
}

function understood<T>(shape: Shape<T>, text: string): T {
  const read = readJson(shape, text, 'the answer');
  if (!read.ok) throw new Error(read.problem.text);
  return read.value;
}

const spread = (p10: number, p50: number, p90: number) => ({ p05: p10 - 1, p10, p25: p10, p50, p75: p90, p90, p95: p90 + 1 });

describe('a change', () => {
  it('is asked as the engine reads it', () => {
    expect(['add', 'drop', 'longer', 'massage', 'nurse'].map((kind) => changeText(kind as never, '05:00'))).toEqual([
      'add 05:00', 'drop 05:00', '+5min', 'massage', 'nurse sat,sun',
    ]);
  });

  it.each([
    [spread(10, 40, 70), 'About 40\u00a0mL a day more, likely 10 to 70'],
    [spread(-70, -40, -10), 'About 40\u00a0mL a day less, likely 10 to 70'],
    [spread(-12, 41, 90), 'About 40\u00a0mL a day more, likely \u221210 to +90\u00a0mL'],
    [spread(-20, 1, 30), 'About the same output, likely \u221220 to +30\u00a0mL'],
    [spread(2, 21, 48), 'About 20\u00a0mL a day more, likely 0 to 50'],
    [{ ...spread(0, 0, 0), p05: 0, p95: 0 }, 'It changes nothing that the model knows of'],
  ])('says its difference first, with its range', (difference, said) => {
    expect(headline(difference, 'ml')).toBe(said);
  });

  it('speaks in ounces to who reads ounces', () => {
    expect(headline(spread(29.6, 59.1, 118.3), 'oz')).toBe('About 2\u00a0oz a day more, likely 1 to 4');
  });

  it('says what it is set against, what it costs, and that a baby’s milk is not in it', () => {
    const course = (ml: number, nursings: number, minutes: number): WhatIf['baseline'] => ({
      days: [{ date: '2026-11-25', ml: spread(ml, ml, ml) }], ml_per_day: spread(ml, ml, ml), made_ml_per_day: spread(10, 20, 30),
      sessions_per_day: 1, nursings_per_day: nursings, minutes_per_day: minutes,
    });
    const answer = { baseline: course(700, 0, 80), changed: course(600, 2, 60), difference: course(-100, 2, -20) } as WhatIf;
    const said = details(answer, 'ml').join(' ').replaceAll('\u00a0', ' ').replaceAll('\u2060', '');
    expect(said).toContain('600 mL a day (likely 600 mL) instead of 700 mL (700 mL), over the next 1 days.');
    expect(said).toContain('What your baby drinks is not in these numbers. What you make changes by +10 to +30 mL a day.');
    expect(said).toContain('It is about 20 minutes fewer at the pump a day.');
    expect(details({ ...answer, difference: course(0, 0, 0) }, 'ml')).toHaveLength(1);
  });

  it('fits into the middle of her longest gap, also over midnight', () => {
    expect(roomiest(['06:30', '10:00', '14:00', '22:30'])).toBe('18:30');
    expect(roomiest(['07:00', '12:00', '17:00'])).toBe('00:00');
    expect(roomiest(['22:00', '23:00'])).toBe('10:30');
    expect(roomiest([])).toBe('00:00');
  });

  it('knows her usual hours once each, in order', () => {
    const at = (text: string) => {
      const moment = readMoment(text);
      if (!moment) throw new Error(`${text} is no time`);
      return { at: moment };
    };
    const sessions = ['24T18:00', '24T22:30', '25T06:30', '25T12:00', '25T18:00', '25T22:30'].map((t) => at(`2026-11-${t}:00+01:00[Europe/Berlin]`));
    expect(usualTimes(sessions)).toEqual(['06:30', '12:00', '18:00', '22:30']);
    expect(usualTimes([])).toEqual([]);
  });
});

describe('what her log says', () => {
  const told = (): Insights => understood(insights, fitted().insights(NOW));
  const cards = (some: Partial<Insights> = {}) => cardsOf({ ...told(), ...some }, (ml) => String(Math.round(ml)), (s) => s);

  it('is a card each, and those without anything to say stay away', () => {
    expect(cards().map(({ id }) => id)).toEqual(['release', 'week', 'helps', 'felt', 'cues', 'drinks', 'energy']);
    const more = cards({ nursing: { n: 3, days: 2, says: 'Three.' }, after_weaning: { weaned: true, let_downs_since: 1, says: 'Once.' } });
    expect(more.slice(-2).map(({ title, restsOn }) => [title, restsOn])).toEqual([['Nursing', 'from 3 nursings'], ['After weaning', '']]);
  });

  it('says without techniques what would appear, and the one thing to do', () => {
    const helps = cards({ techniques: [] }).find(({ id }) => id === 'helps');
    expect(helps?.says).toContain('Log one with a pump session');
    expect([helps?.restsOn, helps?.numbers]).toEqual(['', []]);
  });

  it('speaks of minutes past the end of flow once a session was watched', () => {
    const says = 'minutes past flow: not known yet, and unproven';
    const helps = (n_past: number) => cards({ past_flow: { n_past, n_not: 0, usual_min: 2, effect: null, says } }).find(({ id }) => id === 'helps');
    expect(helps(3)?.says).toContain('Minutes past flow: not known yet, and unproven.');
    expect(helps(0)?.says).not.toContain('past flow');
  });

  it('gives a technique its range, and names what is not known yet', () => {
    expect(techniqueRows(told().techniques).map(({ name, said, pale }) => [name, said, pale])).toEqual([
      ['Massage', 'not known yet: about 15 more sessions with it would tell', true],
      ['Warmth', '+9\u00a0% (+3 to +15) a session', false],
    ]);
    const [first] = told().techniques;
    const known = { ...told().techniques[1]?.effect, known: true } as Effect;
    const others = [
      { technique: 'other_place', contrast: 'the place “work” rather than “home”' },
      { technique: 'hour', contrast: 'milk made near 03:00 rather than 15:00' },
    ].map((other) => ({ ...first, ...other, effect: known }) as Insights['techniques'][number]);
    expect(techniqueRows(others).map(({ name, said }) => [name, said])).toEqual([
      ['The place “work” rather than “home”', '+9\u00a0% (+3 to +15) a session'],
      ['Milk made near 03:00 rather than 15:00', '+9\u00a0% (+3 to +15) made'],
    ]);
    const hour = cards({ techniques: others.slice(1) }).find(({ id }) => id === 'helps');
    expect(hour?.says).toContain('Log one with a pump session');
    expect(hour?.numbers).toHaveLength(1);
  });

  it('rounds what is far off', () => {
    expect([1, 9, 11, 52, 210].map((n) => /about (.*) would/.exec(notYet(n, 'week'))?.[1])).toEqual([
      '1 more week', '9 more weeks', '15 more weeks', '60 more weeks', '250 more weeks',
    ]);
    expect(notYet(null, 'week')).toContain('too small');
    expect([-4.4, 0.3, 8.6].map(signed)).toEqual(['\u22124', '0', '+9']);
  });

  it('has every table with a cell for each heading', () => {
    for (const { numbers } of cards()) {
      for (const { head, rows } of numbers) for (const row of rows) expect(row).toHaveLength(head.length);
    }
  });
});

it('a number of thousands is read as one', () => {
  expect(inHerUnit('about 1,020 mL a day', 'oz')).toBe('about 34.5\u00a0oz a day');
  expect(inHerUnit('about 1,020 mL a day', 'ml')).toBe('about 1,020 mL a day');
});

it('ticks hold what they are drawn for, from 0 unless that is far away', () => {
  expect(around(700, 830)).toEqual([700, 750, 800, 850]);
  expect(around(100, 830)).toEqual([0, 300, 600, 900]);
  for (const [low, high] of [[3, 3], [0, 0.4], [512, 1_900], [999, 1_001]] as const) {
    const all = around(low, high);
    expect(all[0]).toBeLessThanOrEqual(low);
    expect(all.at(-1)).toBeGreaterThanOrEqual(high);
    expect(all.length).toBeLessThanOrEqual(6);
  }
});

it('forecasts and what came are read, the oldest first', () => {
  const { sessions, within } = understood(lately, fitted().lately(NOW, 14));
  expect(sessions.length).toBeGreaterThan(50);
  expect(sessions.filter((session) => session.within)).toHaveLength(within);
  expect(sessions.map(({ at }) => at.epoch_ms)).toEqual(sessions.map(({ at }) => at.epoch_ms).sort((a, b) => a - b));
});

describe('the slow reader is asked', () => {
  const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
  const feed = (twin: Twin, engine: Engine) =>
    twin.feed([bundleOf([{ id: 'a', root: 'a', kind: 'pump', batch: null, text: engine.example(NOW, new Uint8Array(32)).slice(1, -1) }])]);

  it('once for each state of the log, and again when the log has changed', async () => {
    let asked = 0;
    const answer = new Answer(whatIf, 'the answer');
    const call = () => {
      asked += 1;
      return Promise.resolve({ ok: true, value: fitted().what_if('add 05:00', NOW, 14) } as const);
    };
    await answer.ask('1 add', call);
    await answer.ask('1 add', call);
    expect([asked, answer.value?.change, answer.busy]).toEqual([1, 'add 05:00', false]);
    await answer.ask('2 add', call);
    expect(asked).toBe(2);
  });

  it('and a newer wish overtakes the one that waits', async () => {
    const answer = new Answer(whatIf, 'the answer');
    const replies: ((text: string) => void)[] = [];
    const call = () => new Promise<{ ok: true; value: string }>((resolve) => replies.push((value) => resolve({ ok: true, value })));
    const [first, second] = [answer.ask('1 add', call), answer.ask('1 massage', call)];
    replies[1]?.(fitted().what_if('massage', NOW, 14));
    await second;
    replies[0]?.(fitted().what_if('add 05:00', NOW, 14));
    await first;
    expect([answer.value?.change, answer.busy]).toEqual(['massage', false]);
  });

  it('and what went wrong is said, and asked again', async () => {
    const answer = new Answer(whatIf, 'the answer');
    await answer.ask('1 add', () => Promise.resolve({ ok: false, problem: { kind: 'refused', text: 'No.' } }));
    expect([answer.problem, answer.value]).toEqual(['No.', null]);
    await answer.ask('1 add', () => Promise.resolve({ ok: true, value: fitted().what_if('massage', NOW, 14) }));
    expect([answer.problem, answer.value?.change]).toEqual(['', 'massage']);
  });

  it('after a fit, for what it shows; without a fit, for no forecast', async () => {
    const bridge = inProcessTwin();
    const twin = new Twin(bridge, 'web-0000000000000001', memoryFit());
    const server = new MemoryServer();
    const example = new Engine('test').example(NOW, new Uint8Array(32));
    await server.push([{ id: 'a', root: 'a', kind: 'pump', batch: null, text: example.slice(1, -1) }]);
    const advice = new Advice(inProcessAdvice(), server, 'web-0000000000000001', () => twin.fit);
    const open = () => Promise.resolve(advice);
    const answers = answersOf(twin, open);
    answers.keepUp();
    expect(answers.insights.busy).toBe(false);
    feed(twin, new Engine('test'));
    await expect.poll(() => twin.version, { timeout: 10_000 }).toBe(1);
    answers.keepUp();
    answers.change('+5min');
    await expect.poll(() => answers.whatIf.value?.unproven.length, { timeout: 10_000 }).toBe(1);
    expect(answers.insights.value?.techniques).toHaveLength(2);
    expect(answers.lately.value?.days).toBe(14);
    answers.change(null);
    expect(answers.whatIf.value).toBe(null);
    expect(answersOf(twin, open)).toBe(answers);
  });

  it('and not for forecasts where there is no fit', async () => {
    const REPORT = { state: 'too_little', message: 'Three more.', sessions: 1, fitted_sessions: 0, draws: 0, r_hat: null, ess: null, divergences: null };
    const worker = new Echo(({ id, method }) => ({ id, ok: true, value: method === 'fit' ? JSON.stringify(REPORT) : null }));
    const twin = new Twin(new EngineBridge(() => worker), 'web-0000000000000001', memoryFit());
    feed(twin, new Engine('test'));
    await settled();
    const advisers: Echo[] = [];
    const advice = new Advice(inProcessAdvice(advisers), new MemoryServer(), 'web-0000000000000001', () => twin.fit);
    const answers = answersOf(twin, () => Promise.resolve(advice));
    answers.keepUp();
    answers.change('massage');
    await settled();
    expect(worker.seen.map(({ method }) => method)).not.toContain('lately');
    expect(advisers.flatMap(({ seen }) => seen.map(({ method }) => method))).toEqual(['start', 'takeIn', 'insights']);
  });
});
