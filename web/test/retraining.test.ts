/** What the page understands of a programme, and what it says of it. The answers are the program's own. */

import { describe, expect, it } from 'vitest';
import { programme, type Programme } from '../src/engine/advice/retraining';
import { nurseShape, type NurseFields } from '../src/entries/forms/nurse';
import { secondsOf, secondsSaid, steppedSeconds } from '../src/entries/forms/nurse-let-down';
import { placesWith } from '../src/entries/places';
import { changes } from '../src/entries/forms/fields';
import { letDown, paused, readTimer, started, stintsOf } from '../src/store/nurse-timer';
import { readJson } from '../src/lib/validate';
import { Retraining } from '../src/views/plan/retrain-asked.svelte';
import { chanceSaid, curveRows, curveSaid, daysSaid, kindOfTry, restsOn, standing, triesSaid, trySaid, worthSaid } from '../src/views/plan/retrain-words';
import { ANSWERS } from './retraining-answers';

const understood = (answer: unknown): Programme => {
  const read = readJson(programme, JSON.stringify(answer), 'the programme');
  if (!read.ok) throw new Error(read.problem.text);
  return read.value;
};
const { notBegun, onTheWay, setBack, done, stopped } = ANSWERS;
const chance = (p10: number, mean: number, p90: number) => ({ p10, p50: mean, p90, mean });

describe('a programme', () => {
  it.each(Object.entries(ANSWERS))('%s is understood as the program says it', (_, answer) => {
    expect(understood(answer).says).toBe(answer.says);
  });

  it('is not believed when something is missing', () => {
    expect(readJson(programme, JSON.stringify({ ...done, state: 'cured' }), 'it').ok).toBe(false);
    expect(readJson(programme, JSON.stringify({ ...onTheWay, curve: [{ date: '2026-11-26', ahead: false }] }), 'it').ok).toBe(false);
  });

  it('says where she stands in one line, with its range', () => {
    expect(standing(understood(notBegun))).toBe('Not begun. Now hardly any nursings without the pump bring a let-down within 5 minutes.');
    expect(standing(understood(onTheWay))).toBe(
      'On the way. Now about 49 of 100 nursings without the pump (likely 9 to 92) bring a let-down within 5 minutes.',
    );
    expect(standing(understood(setBack))).toMatch(/^A pause in between: two days with support, then on\. Now about 9\d of 100 /);
    expect(standing(understood(done))).toBe('Your milk lets down for your baby. There is nothing to retrain now.');
    expect(standing(understood(stopped))).toBe('Something else comes first.');
  });

  it('never says surer than the engine knows', () => {
    expect(chanceSaid(chance(98, 98, 98))).toBe('nearly all');
    expect(chanceSaid(chance(2, 2, 2))).toBe('hardly any');
    expect(chanceSaid(chance(40, 40, 40))).toBe('about 40 of 100');
    expect(chanceSaid(chance(2, 70, 98))).toBe('about 70 of 100 (likely 2 to 98)');
  });

  it('stops with a red flag, and proposes nothing', () => {
    const told = understood(stopped);
    expect([told.next, told.options.length, told.stopped.length]).toEqual([null, 0, 1]);
    expect(told.curve.every(({ ahead }) => !ahead)).toBe(true);
  });
});

describe('her tries', () => {
  const told = understood(setBack);

  it('are three kinds of dots, and words', () => {
    expect(told.tries.map(kindOfTry)).toEqual(['came', 'came', 'none', 'none', 'none']);
    const [first, , third] = told.tries;
    if (!first || !third) throw new Error('tries are missing');
    expect(trySaid(first)).toMatch(/: in time, after (\d+\u00a0min )?\d+\u00a0s$/);
    expect(trySaid(third)).toMatch(/: not in time$/);
    expect(kindOfTry({ ...first, set_aside: true })).toBe('aside');
  });

  it('are counted without those of hard days', () => {
    expect(triesSaid(told.tries)).toBe('2 of the last 5 came in time.');
    const hard = told.tries.map((tried, i) => ({ ...tried, set_aside: 2 <= i }));
    expect(triesSaid(hard)).toBe('2 of the last 2 came in time; 3 on hard days are set aside.');
    expect(triesSaid(hard.slice(2, 3))).toBe('1 on a hard day is set aside.');
    expect(triesSaid([])).toBe('');
  });
});

describe('the curve', () => {
  it('is a sentence and a table', () => {
    const { curve } = understood(onTheWay);
    expect(curveSaid(curve)).toMatch(/^The chance of a let-down in time\. On \d+ Nov about \d+ of 100 \(.*\)\. Today about 49 of 100 \(likely 9 to 92\)\. With the next step, by /);
    expect(curveRows(curve).map(([, when]) => when)).toEqual(['so far', 'so far', 'so far', 'ahead', 'ahead']);
    expect(curveSaid([])).toBe('');
  });
});

describe('a step', () => {
  it('says its days as far as anybody sees them', () => {
    expect(daysSaid([4, 5, 8])).toBe('Done in about 5 days (4 to 8)');
    expect(daysSaid([1, 1, 1])).toBe('Done in about 1 day (1)');
    expect(daysSaid([4, 9, null])).toBe('Done in about 9 days (4, or more than six weeks)');
    expect(daysSaid([12, null, null])).toBe('12 days to done at the least, maybe months');
    expect(daysSaid([null, null, null])).toBe('No end in sight within six weeks');
  });

  it('says what it costs and teaches', () => {
    const step = understood(onTheWay).next?.ahead;
    if (!step) throw new Error('no step');
    expect(worthSaid(step)).toMatch(/^About \d+\u00a0min of extra work and waiting a day; a week of it adds about 44 of 100\.$/);
    expect(worthSaid({ ...step, learned_in_a_week: 0 })).toContain('changes little');
  });

  it('names no option of the command', () => {
    expect(JSON.stringify(ANSWERS)).not.toMatch(/--[a-z]/);
  });

  it('rests on sessions that are told, with their age', () => {
    expect(restsOn(understood(onTheWay))).toMatch(
      /^It rests on 197 pump sessions alone, 22 with the pump beside nursing, 12 nursings alone, from logs up to .* ago\. Of 231 /,
    );
  });
});

describe('what is asked', () => {
  it('is remembered, and never out of range', () => {
    const retraining = new Retraining(() => Promise.reject(new Error('nobody advises')));
    expect([retraining.to, retraining.within_min]).toEqual([null, 5]);
    retraining.go('pump');
    retraining.wait(99);
    expect([retraining.to, retraining.within_min]).toEqual(['pump', 10]);
    retraining.wait(0);
    expect(new Retraining(() => Promise.reject(new Error('nobody advises')))).toMatchObject({ to: 'pump', within_min: 2 });
  });
});

describe('a let-down at the breast', () => {
  const NOW = new Date(2026, 10, 24, 15, 10, 30);
  const shape = nurseShape('ml', null, 'left');
  const written = (change: Partial<NurseFields>) => {
    const read = shape.read({ ...shape.open(null, NOW), ...change }, NOW, null);
    return read.ok ? read.fields : read.field;
  };
  const edited = (body: Record<string, unknown>, change: Partial<NurseFields>) => {
    const first = shape.open(body, NOW);
    const [before, after] = [shape.read(first, NOW, body), shape.read({ ...first, ...change }, NOW, body)];
    if (!before.ok || !after.ok) throw new Error('unreadable');
    return changes(before.fields, after.fields);
  };

  it('is asked after, and may stay open', () => {
    expect(written({})).not.toHaveProperty('let_down');
    expect(written({ letDown: 'unsure' })).not.toHaveProperty('let_down');
    expect(written({ letDown: 'no', place: 'work' })).toMatchObject({ let_down: false, place: 'work' });
    expect(written({ letDown: 'yes' })).toMatchObject({ let_down: true });
    expect(written({ letDown: 'yes', firstAfter: '1:30' })).toMatchObject({ first_let_down_s: 90 });
    expect(written({ letDown: 'no', firstAfter: 'soon' })).toMatchObject({ let_down: false });
    expect(written({ letDown: 'yes', firstAfter: 'soon' })).toBe('firstAfter');
    expect(written({ letDown: 'yes', firstAfter: '30000' })).toBe('firstAfter');
  });

  it('stays as it was in an edit of something else', () => {
    const start = '2026-11-20T03:10:41+01:00[Europe/Berlin]';
    for (const said of [{ let_down: true }, { let_down: false }, { first_let_down_s: 70.5, let_down: true }, { place: 'the blue chair' }]) {
      expect(edited({ start, minutes: 12, ...said }, {})).toEqual({});
    }
    expect(edited({ start, first_let_down_s: 70, let_down: true }, { letDown: 'no' })).toEqual({ first_let_down_s: null, let_down: false });
    expect(edited({ start, first_let_down_s: 70, let_down: true }, { letDown: 'unsure' })).toEqual({ first_let_down_s: null, let_down: null });
    expect(edited({ start, let_down: false }, { letDown: 'yes', firstAfter: '45' })).toEqual({ let_down: null, first_let_down_s: 45 });
  });

  it('that the timer saw opens with its seconds', () => {
    const t0 = Date.UTC(2026, 10, 24, 2, 10);
    let timer = letDown(started(null, 'left', t0), t0 + 70_400);
    timer = paused(started(timer, 'right', t0 + 420_000), t0 + 600_000);
    expect(readTimer(JSON.stringify(timer))).toEqual(timer);
    const timed = stintsOf(timer, t0 + 900_000);
    expect(timed.let_down_s).toBe(70);
    const read = nurseShape('ml', timed, 'left').read(nurseShape('ml', timed, 'left').open(null, NOW), NOW, null);
    expect(read.ok && read.fields).toMatchObject({ first_let_down_s: 70, stints: [{ side: 'left', minutes: 7 }, { side: 'right', minutes: 3 }] });
    expect(stintsOf(letDown(timer, null), t0 + 900_000)).not.toHaveProperty('let_down_s');
    expect(stintsOf(letDown(timer, t0 - 5_000), t0 + 900_000)).not.toHaveProperty('let_down_s');
  });

  it('has its seconds in large steps, and a place in her own words stands', () => {
    expect([steppedSeconds('', 1), steppedSeconds('70', 1), steppedSeconds('70', -1), steppedSeconds('0', -1)]).toEqual(['60', '75', '60', '0']);
    expect([secondsOf('1:05'), secondsOf(' 70,5'), secondsOf(''), secondsOf('1:75')]).toEqual([65, 70.5, null, 'unreadable']);
    expect([45, 60, 89.6].map(secondsSaid)).toEqual(['45\u00a0s', '1\u00a0min', '1\u00a0min 30\u00a0s']);
    expect(placesWith('the blue chair').map(({ value }) => value)).toEqual(['home', 'work', 'elsewhere', 'the blue chair']);
    expect(placesWith('work')).toHaveLength(3);
  });
});
