import { describe, expect, it } from 'vitest';
import { Bridge } from '../src/engine/bridge';
import { answer } from '../src/engine/handlers';
import {
  look as lookShape, readSessionReply, sessionHandlers, type Look, type SessionArgs, type SessionReplies,
} from '../src/engine/session';
import { drawing } from '../src/entries/session/chart';
import { openEnd, readEnd } from '../src/entries/session/session-draft';
import { knowsText, massaging } from '../src/entries/session/coaching.svelte';
import { broughtText, drawingText, hintText, phaseText } from '../src/entries/session/session-text';
import { readJson } from '../src/lib/validate';
import {
  answered, asked_s, begunSimulated, begunWithTaps, ended, goneOn, isOn, level_ml, readSession, risen, seconds, SIMULATED_SPEED, switched, tapped,
  untapped, watchedOf, type PumpSession,
} from '../src/store/pump-session';
import { inside, Session } from './fake-session';
import { Echo } from './in-process';

const T0 = new Date(2026, 10, 24, 15, 10).getTime();
const at = (s: number) => T0 + 1_000 * s;

const session = (): PumpSession => {
  const came = tapped(begunWithTaps(T0), 'milk_came', at(64));
  const marked = risen(risen(came, 10, at(90)), 10, at(130));
  return tapped(marked, 'slowed', at(300));
};

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

const LOOK: Look = {
  elapsed_s: 320, milk_ml: 20, milk_off_ml: 3.9, phase: 'slowed', first_s: 60, slowed_s: 300, flow: [], is_over: false,
  let_downs: [{ onset_s: 60, end_s: 180, volume_ml: 20.4, volume_off_ml: 6.2, confidence: 0.9, goes_on: false }],
};

describe('a session that goes on', () => {
  it('is what was tapped and when', () => {
    expect(session().taps).toEqual([
      { t_s: 64, tap: 'milk_came', ml: null },
      { t_s: 90, tap: 'mark', ml: 10 },
      { t_s: 130, tap: 'mark', ml: 20 },
      { t_s: 300, tap: 'slowed', ml: null },
    ]);
    expect(level_ml(session())).toBe(20);
    expect(level_ml(begunWithTaps(T0))).toBe(0);
  });

  it('takes a slip of the thumb back', () => {
    const slipped = risen(session(), 10, at(310));
    expect(level_ml(slipped)).toBe(30);
    expect(untapped(slipped)).toEqual(session());
  });

  it('begins and ends massage and pauses by the same button', () => {
    const on = switched(session(), 'massage', at(310));
    expect([isOn(session(), 'massage'), isOn(on, 'massage'), isOn(on, 'pause')]).toEqual([false, true, false]);
    const off = switched(on, 'massage', at(330));
    expect(isOn(off, 'massage')).toBe(false);
    expect(off.taps.slice(-2).map(({ tap }) => tap)).toEqual(['massage_begins', 'massage_ends']);
  });

  it('stands still once it ended, and goes on when she says so', () => {
    const over = ended(session(), at(420));
    expect(seconds(over, at(9_999))).toBe(420);
    expect(tapped(over, 'slowed', at(430))).toBe(over);
    expect(seconds(goneOn(over), at(500))).toBe(500);
  });

  it('is never shorter than its taps, nor longer than an engine follows', () => {
    expect(seconds(session(), at(-5_000))).toBe(300);
    expect(seconds(session(), at(1e9))).toBe(21_600);
    expect(tapped(session(), 'slowed', at(-5_000)).taps.at(-1)?.t_s).toBe(300);
  });

  it('is asked about behind what was tapped and said last, however late the page noticed', () => {
    expect(asked_s(session(), at(290))).toBeCloseTo(300.1);
    expect(asked_s(session(), at(310))).toBe(310);
    expect(asked_s(answered(session(), 'pain', null, at(310)), at(309.4))).toBe(310);
    expect(asked_s(begunWithTaps(T0), at(0))).toBe(0);
  });

  it('runs faster when it is simulated, and has no taps', () => {
    const simulated = begunSimulated(T0, 0.5);
    expect(seconds(simulated, at(6))).toBe(6 * SIMULATED_SPEED);
    expect(watchedOf(simulated)).toEqual({ source: 'simulated', seed: 500 });
  });

  it('keeps what the coach and she said', () => {
    const answeredOnce = answered(session(), 'not_now', 'massage_then_five', at(310));
    expect(answeredOnce.said).toEqual([{ at_s: 310, what: 'not_now', id: 'massage_then_five' }]);
    expect(readSession(JSON.stringify(answeredOnce))).toEqual(answeredOnce);
    const over = ended(session(), at(400));
    expect(answered(over, 'pain', null, at(410))).toBe(over);
    const older = { ...session(), said: undefined, knows: undefined };
    expect(readSession(JSON.stringify(older))).toEqual(session());
  });

  it('notes massage that she agreed to, until she is asked to pump again', () => {
    const agreed = massaging(answered(session(), 'do', 'massage_then_five', at(310)), at(310));
    expect(isOn(agreed, 'massage')).toBe(true);
    const again = massaging({ ...agreed, said: [...agreed.said, { at_s: 430, what: 'shown', id: 'pump_again' }] }, at(430));
    expect(again.taps.slice(-2).map(({ t_s, tap }) => [t_s, tap])).toEqual([[310, 'massage_begins'], [430, 'massage_ends']]);
    const waved = answered(session(), 'not_now', 'massage_then_five', at(310));
    expect(massaging(waved, at(310))).toBe(waved);
  });

  it('tells the coach the unit that she reads in', () => {
    expect(JSON.parse(knowsText('{"data_age_h":3}', 'oz'))).toEqual({ data_age_h: 3, shows: 'oz' });
  });

  it('outlives a reload', () => {
    expect(readSession(JSON.stringify(session()))).toEqual(session());
    expect(readSession(JSON.stringify(ended(session(), at(400))))).toEqual(ended(session(), at(400)));
  });

  it.each([
    [null],
    [''],
    ['{}'],
    [JSON.stringify({ ...session(), taps: [{ t_s: 9, tap: 'slowed', ml: null }, { t_s: 5, tap: 'slowed', ml: null }] })],
    [JSON.stringify({ ...session(), taps: [{ t_s: 9, tap: 'sang', ml: null }] })],
    [JSON.stringify({ ...session(), ended_ms: T0 - 1 })],
  ])('is not read from %s', (text) => expect(readSession(text)).toBeNull());
});

describe('its words', () => {
  it('say "likely" where it is a guess', () => {
    expect(phaseText('let_down', 'taps')).toBe('Milk is coming, likely');
    expect(phaseText('let_down', 'simulated')).toBe('Milk is coming');
    expect(phaseText('slowed', 'taps')).toBe('Flow has slowed');
  });

  it('say how much and how far that may be off, in her unit', () => {
    const [seen] = LOOK.let_downs;
    if (!seen) throw new Error('none');
    expect(plain(broughtText(seen, 'ml'))).toBe('20 ± 6 mL');
    expect(plain(broughtText({ ...seen, goes_on: true }, 'oz'))).toBe('0.7 ± 0.2 oz so far');
    expect(plain(broughtText({ ...seen, volume_off_ml: 0.2 }, 'ml'))).toBe('20 ± 1 mL');
    expect(plain(broughtText({ ...seen, volume_off_ml: null }, 'ml'))).toBe('20 mL');
    expect(broughtText({ ...seen, volume_ml: null }, 'ml')).toBe('');
    expect(broughtText({ ...seen, volume_ml: null, goes_on: true }, 'ml')).toBe('going on');
    expect(drawingText(LOOK, 'ml')).toBe('5:20 of the session, 20\u00a0±\u00a04\u00a0mL so far, 1 let-down: after 1:00');
  });

  it('promise nothing and blame nobody', () => {
    for (const phase of ['before_first', 'let_down', 'between', 'slowed', 'past_flow', 'pause'] as const) {
      const words = `${phaseText(phase, 'taps')} ${hintText({ ...LOOK, phase }, 'taps')}`;
      expect(words).not.toMatch(/\b(only|should|must|poor|low|fail|bad|will)\b/i);
    }
  });
});

describe('its drawing', () => {
  const NUMBERS = /-?[\d.]+/g;
  const PLACE = { width: 320, height: 140, em: 15 };

  it('stays on its grid, whatever flowed', () => {
    const flow = Array.from({ length: 4_000 }, (_, s) => 60 * Math.abs(Math.sin(s / 50)));
    const drawn = drawing({ ...LOOK, flow, elapsed_s: 4_000 }, [], PLACE, 'ml');
    const values = (drawn.area.match(NUMBERS) ?? []).map(Number);
    expect(values.every((value) => 0 <= value && value <= PLACE.width + 0.1)).toBe(true);
    expect(values.length).toBeLessThan(800);
    expect(drawn.bands.every(({ x, width }) => 0 <= x && x + width <= PLACE.width + 2)).toBe(true);
    expect(drawn.minutes.length).toBeLessThanOrEqual(4);
  });

  it('draws milk through the marks, from when it came', () => {
    const { rise, area, x, base, counts } = drawing(LOOK, session().taps, PLACE, 'ml');
    expect(area).toBe('');
    expect(rise.startsWith(`M${x(64).toFixed(1)} ${base.toFixed(1)}L${x(90).toFixed(1)}`)).toBe(true);
    expect(counts).toBe('mL');
    expect(drawing(LOOK, [], PLACE, 'ml')).toMatchObject({ rise: '', counts: '', marks: [] });
  });

  it('has an axis in her unit, whose marks stand where the flow is', () => {
    const look = { ...LOOK, flow: [0, 10, 30, 12] };
    const { marks, y, counts } = drawing(look, [], PLACE, 'ml');
    expect([counts, marks.map(({ text }) => text)]).toEqual(['mL a minute', ['10', '20', '30']]);
    expect(marks.map((mark) => mark.y)).toEqual([y(10), y(20), y(30)]);
    const ounces = drawing(look, [], PLACE, 'oz');
    expect([ounces.counts, ounces.marks.map(({ text }) => text)]).toEqual(['oz a minute', ['0.4', '0.8']]);
    expect(ounces.marks[0]?.y).toBeCloseTo(y(0.4 * 29.5735));
  });
});

describe('its entry', () => {
  const seen = { minutes: 7, total_ml: 20, let_downs: LOOK.let_downs, slowed_s: 300, trace: 't', detector: 'd' };
  const over = ended(session(), at(420));

  it('opens with what was seen', () => {
    expect(openEnd(seen, over, 'ml')).toEqual({ amount: '20', unit: 'ml', minutes: '7', techniques: [], place: '', note: '', hurt_s: null });
    expect(openEnd(seen, over, 'oz').amount).toBe('0.75');
    expect(openEnd({ minutes: 7 }, switched(session(), 'massage', at(310)), 'ml')).toMatchObject({ amount: '', techniques: ['massage'] });
  });

  it('says what she typed over what was seen, and keeps the let-downs', () => {
    const form = { ...openEnd(seen, over, 'ml'), amount: '24', minutes: '8', place: 'work ', note: ' calm ' };
    const read = readEnd(seen, over, form);
    expect(read).toMatchObject({ ok: true, fields: { total_ml: 24, minutes: 8, place: 'work', note: 'calm', let_downs: seen.let_downs, trace: 't' } });
    expect(read.ok && String(read.fields['start']).slice(0, 16)).toBe('2026-11-24T15:10');
  });

  it('keeps ounces as typed, and nothing where nothing is typed', () => {
    const form = openEnd(seen, over, 'ml');
    expect(readEnd(seen, over, { ...form, amount: '1,5', unit: 'oz' })).toMatchObject({ ok: true, fields: { total_typed: '1.5 oz' } });
    const bare = readEnd(seen, over, { ...form, amount: '', minutes: '' });
    expect(bare.ok && ('total_ml' in bare.fields || 'minutes' in bare.fields)).toBe(false);
  });

  it('keeps that it hurt, from when she first said so, unless she takes it back', () => {
    const hurt = ended(answered(answered(session(), 'pain', null, at(330)), 'pain', null, at(380)), at(420));
    const form = openEnd(seen, hurt, 'ml');
    expect(form.hurt_s).toBe(330);
    expect(readEnd(seen, hurt, form)).toMatchObject({ ok: true, fields: { hurt_s: 330, total_ml: 20 } });
    const back = readEnd(seen, hurt, { ...form, hurt_s: null });
    expect(back.ok && 'hurt_s' in back.fields).toBe(false);
    const tense = ended(answered(session(), 'tense', null, at(330)), at(420));
    expect(openEnd(seen, tense, 'ml').hurt_s).toBeNull();
  });

  it('asks about what cannot be read', () => {
    expect(readEnd(seen, over, { ...openEnd(seen, over, 'ml'), amount: 'lots' })).toMatchObject({ ok: false, field: 'amount' });
    expect(readEnd(seen, over, { ...openEnd(seen, over, 'ml'), minutes: '99999' })).toMatchObject({ ok: false, field: 'minutes' });
  });
});

describe('the worker', () => {
  it('answers in the shape that the page reads', async () => {
    const handlers = sessionHandlers(Session, inside);
    const bridge = new Bridge<SessionArgs, SessionReplies>(() => new Echo((request) => answer(handlers, request)), readSessionReply);
    const looked = await bridge.call('look', [watchedOf(session()), 320]);
    expect(looked).toMatchObject({ ok: true, value: { phase: 'slowed', milk_ml: 20, slowed_s: 300 } });
    const coached = await bridge.call('coach', [watchedOf(session()), '{}', [], 320]);
    expect(coached.ok && [coached.value.prompt?.id, coached.value.said]).toEqual([
      'massage_then_five', [{ at_s: 320, what: 'shown', id: 'massage_then_five' }],
    ]);
    const fields = await bridge.call('end', [watchedOf(session()), 420]);
    expect(fields).toMatchObject({ ok: true, value: { minutes: 7, total_ml: 20 } });
  });

  it('keeps one simulated session and gives the memory of others back', () => {
    const made: Session[] = [];
    const keep = (session: Session) => {
      made.push(session);
      return session;
    };
    const { look } = sessionHandlers({ taps: (json) => keep(Session.taps(json)), simulated: (seed) => keep(Session.simulated(seed)) }, inside);
    for (const now_s of [10, 200, 400]) look({ source: 'simulated', seed: 1 }, now_s);
    expect(made.map(({ freed }) => freed)).toEqual([false]);
    look({ source: 'simulated', seed: 2 }, 10);
    look({ source: 'taps', taps: [] }, 10);
    expect(made.map(({ freed }) => freed)).toEqual([true, false, true]);
  });

  it('reads no phase that it does not know', () => {
    expect(readJson(lookShape, JSON.stringify({ ...LOOK, phase: 'gushing' }), 'look').ok).toBe(false);
  });
});
