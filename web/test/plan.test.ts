/** What the Plan place asks for, and what it says of a plan. The answers are the command's on a simulated log, cut short. */

import { describe, expect, it } from 'vitest';
import { bundleOf } from '../src/engine/envelopes';
import { followed, plan, type Followed, type Plan } from '../src/engine/advice/plan';
import { clock } from '../src/lib/time';
import { readJson, type Shape } from '../src/lib/validate';
import { Advice } from '../src/store/advice';
import { Journal } from '../src/store/journal.svelte';
import { Twin } from '../src/store/twin.svelte';
import { plansOf } from '../src/views/plan/plan-answers.svelte';
import { clocksSaid, dayInLine, figures, followedSaid, headline, helpOfAll, homeSaid, outputs, sessionSaid, stops } from '../src/views/plan/plan-words';
import { A_JOURNEY, amiss, AS_USUAL, converted, pumpedADay, stepped, usualAmount, usualBy, wishOf, type Asked } from '../src/views/plan/plan-wish';
import { regions } from '../src/views/plan/zones';
import { HOME, JOURNEY, RAISE } from './fake-plan';
import { Echo, inProcessAdvice, inProcessBridge, inProcessTwin, memoryFit, MemoryServer } from './in-process';

function understood<T>(shape: Shape<T>, value: unknown): T {
  const read = readJson(shape, JSON.stringify(value), 'the answer');
  if (!read.ok) throw new Error(read.problem.text);
  return read.value;
}

const WEAN = {
  ...RAISE, goal: 'wean', until: '2026-12-06', target_ml: null, reaches: null, if_missed: null, next_best: [], reasons: [],
  days: [
    { when: '8 Nov to 11 Nov', sessions: [
      { clock: '03:15', minutes: 11, technique: null, why: '7 min shorter, it goes next' },
      { clock: '07:15', minutes: 18, technique: null, why: 'as you do' },
    ] },
    { when: '2 Dec to 6 Dec', sessions: [] },
  ],
  expected: { ...RAISE.expected, ml_per_day: { p10: 0, p50: 0, p90: 0 }, cost_min_per_day: -63.6, minutes_per_day: 44.4, sessions_per_day: 2.8, full_h_per_day: 2.6 },
};

const STOPPED = {
  ...RAISE, target_ml: null, reaches: null, schedule: [], days: [], expected: null, next_best: [], if_missed: null, reasons: [],
  limits_hit: [
    { rule: 'no_more_pumping', text: 'You logged a hard, red or sore breast. More pumping is not the help for that; please ask a midwife or a lactation consultant first.' },
    { rule: 'old_data', text: 'Your newest session is 3 days old, and so is this plan.' },
  ],
};

const FOLLOWED = { goal: 'raise', since: '2026-11-05', days: 2, planned_per_day: 8, came_per_day: 6, seldom: ['05:30', '16:30'], says: 'not shown' };

const told = (value: unknown): Plan => understood(plan, value);
const plain = (text: string) => text.replaceAll('\u00a0', ' ').replaceAll('\u2060', '').replaceAll('\u2212', '-');
const expectedOf = ({ expected }: Plan) => {
  if (!expected) throw new Error('nothing is expected');
  return expected;
};

describe('a wish', () => {
  const asked = (said: Partial<Asked>): Asked => ({ ...AS_USUAL, ...said });

  it('says only what she said', () => {
    expect(wishOf(asked({ goal: 'hold' }), 'ml')).toEqual({ goal: 'hold' });
    expect(wishOf(asked({ goal: 'raise', commute: 45, breaks: [{ at: '10:30', minutes: 20 }] }), 'ml')).toEqual({ goal: 'raise' });
    expect(wishOf(asked({ goal: 'hold', amount: '900' }), 'ml')).toEqual({ goal: 'hold' });
  });

  it('is written as the engine reads it', () => {
    const all = asked({ goal: 'work', by: '2026-12-24', sleep: { from: '23:00', until: '06:00' }, commute: 45, breaks: [{ at: '10:30', minutes: 20 }], days: ['mon', 'wed'], most: 7 });
    expect(wishOf(all, 'ml')).toEqual({
      goal: 'work', by: '2026-12-24', sleep: '23:00-06:00', away: '09:00-17:00', days: 'mon,wed', commute_min: 45, breaks: ['10:30+20'], most_sessions: 7,
    });
    expect(wishOf(asked({ goal: 'stash', amount: '34,5' }), 'oz')).toEqual({ goal: 'stash', to: '34.5 oz' });
    expect(wishOf(asked({ goal: 'raise', amount: '1000' }), 'ml')).toEqual({ goal: 'raise', to: '1000 mL' });
  });

  it('goes by babies, or on a journey, only where a goal can', () => {
    const travel = { departs: '2026-12-20T14:00', hours: 11, zone: 'Asia/Tokyo' };
    expect(wishOf(asked({ goal: 'home', babies: 2 }), 'ml')).toEqual({ goal: 'home', babies: 2 });
    expect(wishOf(asked({ goal: 'home', amount: '700', travel }), 'ml')).toEqual({ goal: 'home', to: '700 mL' });
    expect(wishOf(asked({ goal: 'hold', babies: 2, travel }), 'ml')).toEqual({ goal: 'hold', travel: '2026-12-20T14:00+11h', to_zone: 'Asia/Tokyo' });
    expect(usualAmount('home', 921, 'ml')).toBe('');
    const today = '2026-11-08';
    expect(amiss(asked({ goal: 'hold', travel: A_JOURNEY }), today)).toContain('when you leave');
    expect(amiss(asked({ goal: 'wean', travel: A_JOURNEY }), today)).toBe('');
    expect(amiss(asked({ goal: 'hold', travel: { ...travel, departs: '2026-11-01T09:00' } }), today)).toContain('has begun already');
    expect(amiss(asked({ goal: 'raise', travel }), today)).toBe('');
  });

  it('knows the places of a browser by part of the world', () => {
    expect(regions(['Asia/Tokyo', 'America/Argentina/Buenos_Aires', 'America/Adak', 'UTC', 'Etc/GMT+1'])).toEqual([
      { name: 'Asia', zones: [{ zone: 'Asia/Tokyo', place: 'Tokyo' }] },
      { name: 'America', zones: [{ zone: 'America/Adak', place: 'Adak' }, { zone: 'America/Argentina/Buenos_Aires', place: 'Buenos Aires, Argentina' }] },
    ]);
  });

  it('says what is amiss before it is asked', () => {
    const today = '2026-11-08';
    expect(amiss(asked({ goal: 'work' }), today)).toBe('');
    expect(amiss(asked({ goal: 'work', days: [] }), today)).toContain('at least one day');
    expect(amiss(asked({ goal: 'raise', amount: 'much' }), today)).toContain('as a number');
    expect(amiss(asked({ goal: 'hold', sleep: { from: '23:00', until: '23:00' } }), today)).toContain('same time');
    expect([amiss(asked({ goal: 'wean', by: today }), today), amiss(asked({ goal: 'wean', by: '2027-03-09' }), today)].every((said) => said.includes('from tomorrow to 120 days'))).toBe(true);
    expect(amiss(asked({ goal: 'wean', by: '2027-03-08' }), today)).toBe('');
  });

  it('begins with what is usual, in her unit', () => {
    expect([usualBy('raise', '2026-11-08'), usualBy('wean', '2026-11-08')]).toEqual(['2026-11-22', '2026-12-06']);
    expect([usualAmount('stash', null, 'ml'), usualAmount('stash', null, 'oz')]).toEqual(['1000', '34']);
    expect([usualAmount('raise', 921, 'ml'), usualAmount('raise', null, 'ml')]).toEqual(['1010', '']);
    expect([stepped('1000', 100), stepped('', 20), stepped('20', -20)]).toEqual(['1100', '20', '20']);
    expect([converted('1000', 'oz'), converted('34', 'ml'), converted('', 'ml')]).toEqual(['34', '1010', '']);
  });

  it('knows her usual day from whole days with a volume', () => {
    const days = [600, null, 0, 800, 300].map((output_ml) => ({ output_ml }));
    expect(pumpedADay(days)).toBe(700);
    expect(pumpedADay(days.slice(-1))).toBeNull();
  });
});

describe('a plan', () => {
  it('says first what it brings, with its ranges, and what it asks of her', () => {
    const raise = told(RAISE);
    const expected = expectedOf(raise);
    expect(plain(headline(raise, expected, 'ml'))).toBe('About 1,060 mL a day by 22 Nov');
    expect(outputs(raise, expected, 'ml').map(({ name, said }) => plain(`${name}: ${said}`))).toEqual([
      'With the plan: 1,060 mL a day, likely 910–1,180 mL',
      'As you do it: 920 mL a day, likely 830–1,000 mL',
    ]);
    expect(figures(raise, expected, 'ml').map(({ name, value }) => plain(`${name}: ${value}`))).toEqual([
      'The difference: likely +70 to +210 mL a day',
      'At the pump: about 138 min a day, 30 more than now; 8 sessions',
    ]);
    expect(plain(headline(raise, expected, 'oz'))).toBe('About 36 oz a day by 22 Nov');
  });

  it('counts a stash in all, also where it may bring less', () => {
    const stash = told({ ...RAISE, goal: 'stash', expected: { ...RAISE.expected, more_in_all_ml: { p10: -240, p50: 1010, p90: 1960 } } });
    expect(plain(headline(stash, expectedOf(stash), 'ml'))).toBe('About 1,010 mL more in all by 22 Nov');
    expect(plain(figures(stash, expectedOf(stash), 'ml')[0]?.value ?? '')).toBe('-240 to +1,960 mL in all, against as you do it');
  });

  it('keeps what babies drink apart from what she pumps', () => {
    const home = told(HOME);
    expect(home.needs?.babies).toHaveLength(2);
    expect(plain(headline(home, expectedOf(home), 'ml'))).toBe('About 1,150 mL a day by 3 Nov');
    expect(outputs(home, expectedOf(home), 'ml').map(({ name }) => name)).toEqual(['With the plan', 'As you do it']);
  });

  it('says the hour at home where her clock shows another zone', () => {
    const { days, travel } = told(JOURNEY);
    expect(travel?.zone).toBe('Asia/Tokyo');
    expect(days.map(({ sessions }) => sessions.map(homeSaid))).toEqual([[''], [''], [`${clock(2, 30)} at home`], [`${clock(19, 15)} at home`]]);
  });

  it('counts no milk when she weans', () => {
    const wean = told(WEAN);
    expect(headline(wean, expectedOf(wean), 'ml')).toBe('One session after the other goes, the last by 2 Dec');
    expect(outputs(wean, expectedOf(wean), 'ml')).toEqual([]);
    expect(plain(figures(wean, expectedOf(wean), 'ml').map(({ value }) => value).join('; '))).toBe('about 2.5 h a day; about 44 min a day, 64 fewer than now; 2.8 sessions');
    expect(wean.days.map(({ sessions }) => plain(dayInLine(sessions)))).toEqual([plain(`${clock(3, 15)} (11 min), ${clock(7, 15)}`), 'no pump session']);
  });

  it('says once what holds for all sessions of a day', () => {
    const sessions = told(RAISE).days[0]?.sessions ?? [];
    expect(helpOfAll(sessions)).toBeNull();
    expect(sessions.map((line) => plain(sessionSaid(line)))).toEqual(['18 min', '18 min, with massage']);
    const all = sessions.map((line) => ({ ...line, technique: 'massage' }));
    expect(helpOfAll(all)).toBe('with massage');
    expect(all.map((line) => plain(sessionSaid(line, helpOfAll(all))))).toEqual(['18 min', '18 min']);
    expect(helpOfAll([])).toBeNull();
  });

  it('stops where the log says so, and says only whom to ask', () => {
    expect(stops(told(STOPPED))).toEqual([STOPPED.limits_hit[0]?.text]);
    // The same rule beside a plan is a limit and no stop.
    expect(stops(told({ ...RAISE, limits_hit: STOPPED.limits_hit }))).toEqual([]);
  });

  it('says hours as her clock does, and leaves other numbers alone', () => {
    expect(clocksSaid('instead of 03:15, 3 min shorter')).toBe(`instead of ${clock(3, 15)}, 3 min shorter`);
    expect(clocksSaid('doi 10.1111/j.1651:99')).toBe('doi 10.1111/j.1651:99');
  });

  it('is not believed where something is missing', () => {
    const read = readJson(plan, JSON.stringify({ ...RAISE, expected: { ...RAISE.expected, change_range_ml: { p10: 1, p50: 2 } } }), 'the plan');
    expect(!read.ok && read.problem.text).toContain('the plan.expected.change_range_ml.p90 is not a number');
  });
});

describe('a plan that was kept', () => {
  const of = (said: Partial<typeof FOLLOWED>): Followed => understood(followed, { ...FOLLOWED, ...said });

  it('is told without a verdict', () => {
    expect(followedSaid(of({}))).toEqual([
      'Your plan for more milk is of 5 Nov.',
      'In 2 whole days since about 6 pump sessions a day, of 8 planned.',
      `Least often at ${clock(5, 30)}, ${clock(16, 30)}; an hour that does not suit your days is no loss.`,
      'The next plan holds at most one session more than came.',
    ]);
    expect(followedSaid(of({ came_per_day: 8.2, seldom: [], days: 1 }))[1]).toBe('In 1 whole day since about 8.2 pump sessions a day, of 8 planned.');
    expect(followedSaid(of({ days: 0 }))).toHaveLength(2);
    expect(followedSaid(of({ goal: 'wean' })).join(' ')).not.toContain('one session more');
  });
});

describe('the card', () => {
  const DEVICE = 'web-0000000000000001';
  /** A journal with a session, the twin that has read it, and whoever advises. */
  async function opened() {
    const server = new MemoryServer();
    const twin = new Twin(inProcessTwin(), DEVICE, memoryFit());
    const journal = new Journal(inProcessBridge(), server, twin, DEVICE);
    await journal.savePump({ start: '2026-11-20T10:00:00Z[UTC]', minutes: 15, total_ml: 120 });
    const workers: Echo[] = [];
    const advice = new Advice(inProcessAdvice(workers), server, DEVICE, () => twin.fit);
    const plans = plansOf(twin, journal, () => Promise.resolve(advice));
    await expect.poll(() => twin.version, { timeout: 10_000 }).toBe(1);
    const asked = (method: string) => workers.flatMap(({ seen }) => seen).filter((message) => message.method === method).length;
    return { server, twin, plans, asked };
  }

  it('asks for no plan before she wishes for one, and again when something was logged', async () => {
    const { plans, asked, twin } = await opened();
    plans.keepUp();
    await expect.poll(() => asked('followed')).toBe(1);
    expect([asked('plan'), plans.followed.value]).toEqual([0, null]);
    plans.make({ goal: 'raise' });
    plans.keepUp();
    plans.keepUp();
    await expect.poll(() => plans.plan.value?.goal).toBe('raise');
    expect(asked('plan')).toBe(1);
    twin.feed([bundleOf([])]);
    await expect.poll(() => twin.version).toBe(2);
    plans.keepUp();
    await expect.poll(() => asked('plan')).toBe(2);
  });

  it('keeps a plan as it stands, and takes it back', async () => {
    const { server, plans, asked, twin } = await opened();
    plans.make({ goal: 'raise' });
    plans.keepUp();
    await expect.poll(() => plans.plan.value?.goal).toBe('raise');
    const kept = await plans.keep();
    expect(kept.ok && kept.value === plans.kept).toBe(true);
    expect(server.stored.map(({ kind }) => kind)).toEqual(['pump', 'plan']);
    await expect.poll(() => twin.version).toBe(2);
    plans.keepUp();
    await expect.poll(() => plans.followed.value?.goal).toBe('raise');
    expect(asked('plan')).toBe(1);
    expect(await plans.takeBack(plans.kept ?? '')).toMatchObject({ ok: true });
    expect(plans.kept).toBeNull();
  });

  it('keeps nothing where the server does not answer, and says so', async () => {
    const { server, plans } = await opened();
    plans.make({ goal: 'raise' });
    plans.keepUp();
    await expect.poll(() => plans.plan.value?.goal).toBe('raise');
    server.next = 'request lost';
    expect(await plans.keep()).toMatchObject({ ok: false, problem: { kind: 'unreachable' } });
    expect([plans.kept, server.stored.length]).toEqual([null, 1]);
  });

  it('puts no plan on the page that came for another wish', async () => {
    const { plans } = await opened();
    plans.make({ goal: 'raise' });
    plans.keepUp();
    plans.chooseAnew();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([plans.plan.value, plans.plan.busy, plans.wish]).toEqual([null, false, null]);
  });
});
