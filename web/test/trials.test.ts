/** Trials: what is asked, what the real engine says, and how it is said. */

import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { drawn, listed, page as pageShape, planned, type TrialPage } from '../src/engine/advice/trials';
import { readMoment, zonedText } from '../src/lib/time';
import { readJson, type Shape } from '../src/lib/validate';
import { Advice } from '../src/store/advice';
import { Journal } from '../src/store/journal.svelte';
import { Twin } from '../src/store/twin.svelte';
import { Trials } from '../src/views/plan/trial-answers.svelte';
import { inProcessAdvice, inProcessBridge, inProcessTwin, memoryFit, MemoryServer } from './in-process';
import { inShort, keepDraw, recallDraw } from '../src/store/drawn';
import {
  armRows, chance, effectRows, expectedBy, howFar, inTwo, outcomeOf, QUESTIONS, reach, signed, smallestOptions, standsAt, takes, trialAsked, whatItFinds,
} from '../src/views/plan/trial-words';

/** What the command said of a simulated log, `--json`. */
const sample = (name: string) => readFileSync(new URL(`samples/${name}.json`, import.meta.url), 'utf8');

function understood<T>(shape: Shape<T>, text: string): T {
  const read = readJson(shape, text, 'the answer');
  if (!read.ok) throw new Error(read.problem.text);
  return read.value;
}

const page = (change: Partial<TrialPage> = {}): TrialPage => ({ ...understood(pageShape, sample('trial-page')), ...change });

describe('a question', () => {
  it('is asked as the engine reads it, with the smallest change that matters', () => {
    expect(trialAsked('picture', 'milk', '')).toEqual({ question: 'picture', latency: false, smallest_percent: 10 });
    expect(trialAsked('picture', 'latency', '40')).toEqual({ question: 'picture', latency: true, smallest_percent: 40 });
    // A change that is no choice for what is compared now is forgotten.
    expect(trialAsked('smell', 'latency', '30')).toEqual({ question: 'smell', latency: true, smallest_percent: 25 });
  });

  it('compares days by their milk where sessions run longer', () => {
    expect(outcomeOf('+5min', 'latency')).toBe('milk');
    expect(trialAsked('+5min', 'latency', '20')).toEqual({ question: '+5min', latency: false, smallest_percent: 20 });
    expect(QUESTIONS.filter(({ value }) => outcomeOf(value, 'latency') === 'latency')).toHaveLength(QUESTIONS.length - 1);
  });

  it('offers the usual smallest change among others', () => {
    for (const outcome of ['milk', 'latency'] as const) {
      const usual = trialAsked('picture', outcome, '').smallest_percent;
      expect(smallestOptions(outcome).map(({ value }) => value)).toContain(String(usual));
    }
  });

  it('says what it would take, once', () => {
    const told = understood(planned, sample('trial-planned'));
    expect(takes(told)).toBe('About 24 sessions, 4 days at your pace');
    expect(whatItFinds(told)).toBe(
      'From your last 189 sessions: if it is 20 % more or less, eight of ten such trials find it, and if it does nothing, at most one in twenty says otherwise.',
    );
    expect(takes({ sessions: 24, by_day: true, days: 24 })).toBe('About 24 days');
    expect(takes({ sessions: 96, by_day: false, days: null })).toBe('About 96 sessions');
  });
});

describe('a draw', () => {
  const AT = Date.parse('2026-10-26T12:25:00+01:00');
  const says = 'This one: without a picture. If it does not suit you now, do it your way and log it as it was.';
  const draw = { trial: 'a', part: 'afternoon', at_ms: AT, says };
  const after = (minutes: number) => AT + 60_000 * minutes;
  const pump = (from_min: number, minutes: number | null = 18, kind = 'pump') => {
    const at = readMoment(zonedText(new Date(after(from_min))));
    if (!at) throw new Error('unreadable');
    return { kind, at, minutes };
  };

  it('is read with its entry, an envelope that stays as it was written', () => {
    const next = { trial: 'a', arm: 'without', part: 'afternoon', number: 0, fresh: true, says };
    expect(understood(drawn, JSON.stringify({ next, entry: '{"v":1.0}' })).entry).toBe('{"v":1.0}');
    expect(understood(drawn, JSON.stringify({ next: { ...next, fresh: false }, entry: null })).entry).toBeNull();
    expect(readJson(drawn, JSON.stringify({ next: { ...next, arm: 'both' }, entry: null }), 'it').ok).toBe(false);
  });

  it('stands for two hours, unless its session was logged', () => {
    keepDraw(draw);
    expect(recallDraw(after(1), [])?.says).toBe(says);
    expect(recallDraw(after(119), [pump(-60), pump(5, 10, 'nurse')])).not.toBeNull();
    expect(recallDraw(after(121), [])).toBeNull();
    expect(recallDraw(after(30), [pump(5)])).toBeNull();
    expect(recallDraw(after(30), [pump(-5)])).toBeNull();
    expect(recallDraw(after(30), [pump(-5, null)])).toBeNull();
    // It was over when she drew.
    expect(recallDraw(after(30), [pump(-12, 10)])).not.toBeNull();
    // The page's clock may be up to a minute behind.
    expect(recallDraw(after(-0.5), [])).not.toBeNull();
    expect(recallDraw(after(-5), [])).toBeNull();
  });

  it('stands for its day where days are drawn', () => {
    keepDraw({ ...draw, part: 'day' });
    expect(recallDraw(after(5 * 60), [pump(10)])).not.toBeNull();
    expect(recallDraw(after(24 * 60), [])).toBeNull();
  });

  it('is gone when it was taken back', () => {
    keepDraw(draw);
    keepDraw(null);
    expect(recallDraw(after(1), [])).toBeNull();
  });

  it('is said in one sentence where a session begins', () => {
    expect(inShort(draw)).toBe('This one: without a picture.');
  });
});

describe('the page of a trial', () => {
  it('begins with what may be claimed', () => {
    expect(inTwo(page().says)[0]).toBe('Not known yet; the next look is after 3 more sessions.');
    expect(inTwo('Yes: for you it brings more, from 89 sessions. By what came: +9.5 % (+4 to +15).')).toEqual([
      'Yes: for you it brings more, from 89 sessions.', 'By what came: +9.5 % (+4 to +15).',
    ]);
    expect(inTwo('Alone')).toEqual(['Alone', '']);
  });

  it('sets each change beside its range, and what was believed apart', () => {
    const rows = effectRows(page());
    expect(rows.map(({ name, said }) => `${name}: ${said.replaceAll('\u00a0', ' ')}`)).toEqual([
      'Both together: +3 % (\u22122 to +7, 8 in 10)',
      'The trial alone: +3 % (\u22124 to +11, 95 in 100)',
      'Believed before: 0 % (\u221210 to +11, 8 in 10)',
    ]);
    expect(rows.map(({ pale }) => pale)).toEqual([false, false, true]);
    for (const { value } of rows) expect(Math.max(-value.p10, value.p90)).toBeLessThan(reach(rows));
    expect(effectRows(page({ effect: null, alone: null }))).toEqual([]);
    expect(signed(-0.4)).toBe('0');
  });

  it('says the chance that it helps, never as a certainty', () => {
    expect(chance(0.781)).toContain('about 78 in 100');
    expect(chance(0.9999)).toContain('more than 99 in 100');
    expect(chance(0.0001)).toContain('fewer than 1 in 100');
  });

  it('shows both, with what came beside what was expected, in her unit', () => {
    const rows = armRows(page(), 'ml');
    expect(rows.at(0)).toEqual(['Drawn', '9', '9']);
    expect(rows.slice(-2)).toEqual([['Came, mL', '153', '131'], ['Expected, mL', '153', '130']]);
    expect(armRows(page(), 'oz').slice(-2)).toEqual([['Came, oz', '5.2', '4.4'], ['Expected, oz', '5.2', '4.4']]);
    const { with: one, without: other } = page();
    const seconds = page({ with: { ...one, output_ml: null, expected_ml: null }, without: { ...other, output_ml: null, expected_ml: null } });
    expect(armRows(seconds, 'ml').at(-1)?.[0]).toBe('Done otherwise');
  });

  it('says what it rests on', () => {
    expect(howFar(page())).toBe('17 of 24 sessions have brought a number.');
    expect(expectedBy(page())).toContain('as it was before the trial');
    expect(expectedBy(page({ expected_by: 'nothing' }))).toContain('Seconds');
  });
});

it('a trial in the list says since when, how far and whether it goes on', () => {
  const [one] = understood(listed, JSON.stringify([
    { asks: 'Do sessions with massage bring more milk?', by_day: false, drawn: 1, id: 'a', planned: 24, started: '2026-10-26T12:00:00+01:00[Europe/Berlin]', state: 'stopped' },
  ]));
  if (!one) throw new Error('no trial');
  expect(standsAt(one)).toMatch(/^Begun on .*26.*, ended early, 1 of 24 sessions drawn\.$/);
});

describe('what is written', () => {
  const DEVICE = 'web-0000000000000001';
  function her() {
    const server = new MemoryServer();
    const twin = new Twin(inProcessTwin(), DEVICE, memoryFit());
    const journal = new Journal(inProcessBridge(), server, twin, DEVICE);
    const adviser = new Advice(inProcessAdvice(), server, DEVICE, () => null);
    const trials = new Trials({ journal, twin, advice: () => Promise.resolve(adviser) });
    const kinds = () => server.stored.map(({ kind }) => kind);
    return { server, journal, trials, kinds };
  }
  const ASKED = trialAsked('picture', 'milk', '');

  it('a draw is stored before it is told, and a second one stores nothing', async () => {
    const { trials, kinds } = her();
    expect((await trials.begin(ASKED)).ok).toBe(true);
    const [one, two] = [await trials.draw(), await trials.draw()];
    expect(kinds()).toEqual(['trial', 'assignment']);
    expect(one.ok && two.ok && [one.value.next.number, two.value.next.number, two.value.root]).toEqual([0, 0, null]);
  });

  it('a draw and an end wait for nobody who advises', async () => {
    const { journal, kinds } = her();
    const twin = new Twin(inProcessTwin(), DEVICE, memoryFit());
    const trials = new Trials({ journal, twin, advice: () => new Promise(() => undefined) });
    await journal.log('trial', { technique: 'picture', state: 'running' });
    expect((await trials.draw()).ok).toBe(true);
    expect((await trials.turn(false)).ok).toBe(true);
    expect(kinds()).toEqual(['trial', 'assignment', 'trial']);
  });

  it('what could not be stored is not told', async () => {
    const { server, trials, kinds } = her();
    await trials.begin(ASKED);
    server.next = 'request lost';
    expect((await trials.draw()).ok).toBe(false);
    expect(kinds()).toEqual(['trial']);
  });

  it('a draw that another tab made first is told, and not made again', async () => {
    const { server, journal, trials, kinds } = her();
    await trials.begin(ASKED);
    await journal.sync();
    const push = server.push.bind(server);
    // The other tab asks at the same time, and writes under the same number.
    server.push = async (entries) => {
      server.push = push;
      await push(entries.map((entry) => ({ ...entry, id: 'other', root: 'other', text: entry.text.replaceAll(entry.id, 'other') })));
      return push(entries);
    };
    const came = await trials.draw();
    expect(came.ok && [came.value.next.fresh, came.value.root]).toEqual([false, null]);
    expect(kinds()).toEqual(['trial', 'assignment']);
  });

  it('a trial ends and goes on', async () => {
    const { trials } = her();
    await trials.begin(ASKED);
    trials.keepUp();
    await vi.waitUntil(() => trials.listed.value?.length === 1);
    expect((await trials.turn(false)).ok).toBe(true);
    trials.keepUp();
    await vi.waitUntil(() => trials.listed.value?.[0]?.state === 'stopped');
    expect((await trials.turn(true)).ok).toBe(true);
    trials.keepUp();
    await vi.waitUntil(() => trials.listed.value?.[0]?.state === 'running');
  });

  it('says why nothing was drawn', async () => {
    const { trials, kinds } = her();
    const came = await trials.draw();
    expect(came.ok ? '' : came.problem.text).toContain('No trial runs.');
    expect(kinds()).toEqual([]);
  });
});
