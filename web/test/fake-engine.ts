/**
 * A stand-in for the WASM engine, for working on the page and testing it without Rust. It keeps the contract's shapes
 * and its manners (facts are folded, sentences are plain), not its mathematics. No release contains it.
 */

import type { Fields, Query } from '../src/engine/calls';
import type { Engine as Contract, TwinEngine } from '../src/engine/contract';
import type { ImportFile } from '../src/engine/importer/contract';
import { addDays, daysBetween, zonedText } from '../src/lib/time';
import { clockText } from '../src/store/nurse-timer';

interface Body {
  start: string;
  minutes?: number;
  total_ml?: number;
  note?: string;
  example?: boolean;
  source?: { app: string; batch: string; digests: string[] };
  [field: string]: unknown;
}

interface Entry {
  v: number;
  id: string;
  device: string;
  seq: number;
  hlc: string;
  kind: string;
  op: 'put' | 'del';
  root: string;
  body: Body;
}

interface TrialLine {
  readonly root: string;
  readonly at: string;
  readonly body: Record<string, unknown>;
}

interface Answers {
  tz?: string;
  date_order?: 'mdy' | 'dmy';
}

const HOUR_MS = 3_600_000;
const NEEDED_SESSIONS = 14;
const FIT_MS = 1_500;
export const TRIAL_SESSIONS = 24;

export default function init(options: { module_or_path: unknown }): Promise<unknown> {
  return Promise.resolve(options);
}

export class Engine implements Contract, TwinEngine {
  #device: string;
  #entries = new Map<string, Entry>();
  #clock = 0;
  #seq = 0;
  #pending: Body[] = [];
  #fitted = false;

  constructor(device: string) {
    this.#device = device;
  }

  add(entries: string | Uint8Array): void {
    const text = typeof entries === 'string' ? entries : new TextDecoder().decode(entries);
    for (const entry of JSON.parse(text) as Entry[]) {
      this.#entries.set(entry.id, entry);
      this.#clock = Math.max(this.#clock, parseInt(entry.hlc, 16));
      if (entry.device === this.#device) this.#seq = Math.max(this.#seq, entry.seq);
    }
  }

  entry_count = () => this.#alive().length;
  example_count = () => this.#alive().filter(({ body }) => body.example).length;
  has_example = () => 0 < this.example_count();

  log_pump(draft: string, now: string, random: Uint8Array): string {
    const { start, minutes, total_ml, note } = JSON.parse(draft) as Partial<Body>;
    const body: Body = { start: start ?? now };
    if (minutes !== undefined) body.minutes = minutes;
    if (total_ml !== undefined) body.total_ml = total_ml;
    if (note !== undefined) body.note = note;
    return JSON.stringify(this.#made([body], random)[0]);
  }

  log(kind: string, fields: string, now: string, random: Uint8Array): string {
    return JSON.stringify(this.#made([said({ start: now }, JSON.parse(fields) as Fields)], random, kind)[0]);
  }

  edit(root: string, fields: string, now: string, random: Uint8Array): string {
    const standing = this.#alive().find((entry) => entry.root === root);
    if (!standing) throw new Error('This entry is not in the log.');
    const body = said(standing.body, JSON.parse(fields) as Fields);
    if (Date.parse(instant(now)) < Date.parse(instant(body.start))) throw new Error('This lies in the future.');
    const { kind } = standing;
    return JSON.stringify(this.#stamped({ id: uuid(random), kind, op: 'put', root, body }, 1));
  }

  remove(root: string, _now: string, random: Uint8Array): string {
    return JSON.stringify(this.#version(root, 'del', random, 1));
  }

  restore(root: string, _now: string, random: Uint8Array): string {
    return JSON.stringify(this.#version(root, 'put', random, 1));
  }

  sessions(now: string, limit: number): string {
    return this.find(JSON.stringify({ limit }), now);
  }

  find(query: string, now: string): string {
    const { text = '', kind, skip = 0, limit = Infinity, to = '9999' } = JSON.parse(query) as Query;
    const lines = this.#alive()
      .sort((a, b) => Date.parse(instant(b.body.start)) - Date.parse(instant(a.body.start)))
      .map((entry) => this.#line(entry))
      .filter(({ at }) => Date.parse(instant(at)) <= Date.parse(instant(now)))
      .filter((line) => kind === undefined || line.kind === kind)
      .filter(({ at }) => at.slice(0, 10) <= to)
      .filter((line) => `${line.kind}\n${line.says}\n${line.note ?? ''}`.toLowerCase().includes(text.toLowerCase()));
    return JSON.stringify(lines.slice(skip, skip + limit));
  }

  read_ahead = () => 0;

  babies(): string {
    const alive = this.#alive();
    const written = alive.filter(({ kind }) => kind === 'baby').map(({ root, body }) => {
      const names = [...this.#entries.values()].filter((entry) => entry.root === root).map((entry) => String(entry.body['name']));
      const name = String(body['name']);
      const also = [...new Set(names)].filter((other) => other !== name);
      return { root, name, also, born: body['born'] ?? null, gestation_days: body['gestation_days'] ?? null };
    });
    const told = written.flatMap(({ name, also }) => [name, ...also]);
    const named = [...new Set(alive.flatMap(({ body }) => (typeof body['baby'] === 'string' ? [body['baby']] : [])))];
    const only = named.filter((name) => !told.includes(name)).sort();
    return JSON.stringify([...written, ...only.map((name) => ({ root: null, name, also: [], born: null, gestation_days: null }))]);
  }

  // What the importer's stand-in is made of.
  read_import(files: ImportFile[], answers: string, now: string): string {
    const { tz, date_order } = JSON.parse(answers) as Answers;
    if (tz === undefined) {
      return JSON.stringify({ needs: 'zone', message: 'These times have no time zone. In which zone was this log written?' });
    }
    const known = new Set(this.#alive().flatMap(({ body }) => body.source?.digests ?? []));
    this.#pending = [];
    const reports = files.map(({ name, bytes }) => {
      const rows = new TextDecoder().decode(bytes).trim().split(/\r\n|\n|\r/).slice(1);
      const skipped: { row: number; reason: string }[] = [];
      let duplicates = 0;
      let imported = 0;
      rows.forEach((row, i) => {
        const body = readRow(row, date_order ?? 'mdy');
        if (!body) skipped.push({ row: i + 2, reason: 'no time in this row' });
        else if (known.has(row)) duplicates += 1;
        else {
          imported += 1;
          this.#pending.push({ ...body, source: { app: 'nighp', batch: `b-${now}`, digests: [row] } });
        }
      });
      const read = rows.length;
      return { file: name, format: 'nighp', read, rows_imported: imported, rows_duplicate: duplicates, imported: { pump: imported }, changed: {}, skipped, flags: [] };
    });
    const starts = this.#pending.map(({ start }) => start).sort();
    return JSON.stringify({ needs: null, files: reports, entries: this.#pending.length, from: starts.at(0), to: starts.at(-1) });
  }

  take_import = (_now: string, random: Uint8Array) => JSON.stringify(this.#made(this.#pending, random));

  undo_import(batch: string, _now: string, random: Uint8Array): string {
    return this.#dels((body) => body.source?.batch === batch, random);
  }

  example(now: string, seed: Uint8Array): string {
    const noise = (i: number) => ((seed[i % 32] ?? 0) / 255 + Math.sin(i * 12.9898) + 1) % 1;
    const bodies: Body[] = [];
    for (let back = 60 * 24; 0 < back; back -= 3) {
      const at = new Date(Date.parse(instant(now)) - back * HOUR_MS);
      if (at.getHours() < 3 || noise(back) < 0.05) continue;
      const total_ml = Math.round(75 + 60 * noise(back + 7) + (at.getHours() < 9 ? 40 : 0));
      bodies.push({ start: zonedText(at), minutes: 15 + Math.round(6 * noise(back + 3)), total_ml, example: true });
    }
    return JSON.stringify(this.#made(bodies, crypto.getRandomValues(new Uint8Array(10 * bodies.length))));
  }

  clear_example = (_now: string, random: Uint8Array) => this.#dels((body) => body.example ?? false, random);

  history(now: string, days: number): string {
    const list = Array.from({ length: days }, (_, i) => this.#day(addDays(now.slice(0, 10), i - days + 1), now));
    const known = list.flatMap(({ output_ml }) => (output_ml === null ? [] : [output_ml]));
    const summary = known.length === 0
      ? 'No volume was logged in the last 14 days.'
      : `In the last 14 days you pumped ${String(Math.round(mean(known) / 10) * 10)} mL a day on ${String(known.length)} days with data.`;
    return JSON.stringify({ days: list, summary });
  }

  /** Nothing at once: this engine has no earlier fit. */
  take_in(now: string): string {
    const none = { sessions: 0, fitted_sessions: 0, draws: 0, r_hat: null, ess: null, divergences: null };
    return JSON.stringify({ ...this.#twin(now), standing: null, ...none });
  }

  fit(now: string): string {
    const until = performance.now() + FIT_MS;
    while (performance.now() < until);
    const sessions = this.#pumps(now).length;
    this.#fitted = NEEDED_SESSIONS <= sessions;
    const checks = this.#fitted ? { draws: 1000, r_hat: 1.004, ess: 820, divergences: 0 } : { draws: 0, r_hat: null, ess: null, divergences: null };
    const standing = this.#fitted ? 'fresh' : null;
    return JSON.stringify({ ...this.#twin(now), standing, sessions, fitted_sessions: this.#fitted ? sessions : 0, ...checks });
  }

  keep_fit = () => (this.#fitted ? new Uint8Array([1]) : undefined);
  remember_fit(fit: Uint8Array): void {
    if (fit[0] !== 1) throw new Error('the fit that was kept is of no use: it is of another log');
    this.#fitted = true;
  }

  today(now: string): string {
    const pumps = this.#pumps(now);
    const last = pumps[0];
    const nowMs = Date.parse(instant(now));
    const lastMs = last ? Date.parse(instant(last.body.start)) : nowMs;
    const day = this.#day(now.slice(0, 10), now);
    const nextAt = zonedText(new Date(Math.max(nowMs + HOUR_MS, lastMs + 3 * HOUR_MS)));
    const supply = this.#rate(now);
    return JSON.stringify({
      now,
      supply_ml_per_day: this.#fitted ? spread(supply, 0.09) : null,
      sides: this.#fitted ? { left: spread(0.55 * supply, 0.1), right: spread(0.45 * supply, 0.1) } : null,
      in_breast_ml: this.#fitted ? spread(Math.min(300, 25 + (supply * (nowMs - lastMs)) / (24 * HOUR_MS)), 0.25) : null,
      last: last && { at: last.body.start, output_ml: last.body.total_ml ?? null, minutes: last.body.minutes ?? null, hours_ago: (nowMs - lastMs) / HOUR_MS },
      next: last && { at: nextAt, ml: this.#fitted ? spread(supply / 7, 0.2) : null },
      logged_today_ml: day.output_ml ?? 0,
      sessions_today: day.sessions,
      flags: [],
      data_age_h: last ? (nowMs - lastMs) / HOUR_MS : null,
      twin: this.#twin(now),
    });
  }

  forecast(now: string, days: number): string {
    if (!this.#fitted) throw new Error(this.#twin(now).message);
    const supply = this.#rate(now);
    const today = now.slice(0, 10);
    const logged_ml = this.#day(today, now).output_ml ?? 0;
    const list = Array.from({ length: days }, (_, i) => ({
      date: addDays(today, i + 1),
      ml: spread(supply * (1 + 0.03 * Math.sin(i)), 0.1 + 0.006 * i),
    }));
    const [low, high] = [list[0]?.ml.p10 ?? 0, list[0]?.ml.p90 ?? 0].map((ml) => String(Math.round(ml / 10) * 10));
    return JSON.stringify({
      now,
      rest_of_today: { logged_ml, ml: spread(Math.max(30, supply - logged_ml), 0.2) },
      days: list,
      sessions: [{ at: zonedText(new Date(Date.parse(instant(now)) + 2 * HOUR_MS)), ml: spread(supply / 7, 0.2) }],
      twin: this.#twin(now),
      data_age_h: 2,
      summary: `Tomorrow you likely pump ${String(low)} to ${String(high)} mL, and about the same in the two weeks after.`,
    });
  }

  /** One session a day is worth 40 mL, five minutes 25 mL; whatever else is asked changes nothing. */
  what_if(change: string, now: string, days: number): string {
    if (!this.#fitted) throw new Error(this.#twin(now).message);
    if (change === 'drop 13:37') throw new Error('your usual days hold no pump session near 13:37; yours are about 06:30, 10:00');
    const supply = this.#rate(now);
    const more = change.startsWith('add') ? 40 : change.startsWith('drop') ? -60 : change === '+5min' ? 25 : 0;
    const course = (ml: number, sd: number, sessions: number) => ({
      days: Array.from({ length: days }, (_, i) => ({ date: addDays(now.slice(0, 10), i + 1), ml: spread(ml * (1 + 0.01 * i), sd) })),
      total_ml: spread(days * ml, sd), ml_per_day: spread(ml, sd), made_ml_per_day: spread(1.1 * ml, sd),
      sessions_per_day: sessions, nursings_per_day: 0, minutes_per_day: 16 * sessions,
    });
    return JSON.stringify({
      now, change,
      baseline: course(supply, 0.08, 7),
      changed: course(supply + more, 0.08, 7 + Math.sign(more)),
      difference: course(more, 0.5, Math.sign(more)),
      unproven: change === '+5min' ? ['Whether minutes past the end of flow make more milk is unproven; only the milk that they take is counted.'] : [],
      stops: [], data_age_h: 2, twin: this.#twin(now), says: '',
    });
  }

  insights(now: string): string {
    const supply = this.#rate(now);
    const unknown = (n: number) => ({ known: false, percent: { p10: -6, p50: 1, p90: 8 }, above_zero: 0.6, n, more: 15 });
    const names = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
    const kcal = spread(0.72 * supply, 0.12);
    return JSON.stringify({
      now,
      release: {
        p_made_not_released: 0.08, p_little_made: 0.12, p_released: 0.8, prior: [0.8, 0.08, 0.12], known: false, evidence: [],
        settles: { observe: 'note, at the next nursing, whether you feel the let-down', bits: 0.1 },
        says: 'Whether milk is made and not let down is not known yet. Note, at the next nursing, whether you feel the let-down.',
      },
      rhythm: {
        weeks: this.#fitted ? 8 : 0,
        weekdays: this.#fitted ? names.map((day, i) => ({ day, sessions: 7, made_ml: spread(1.1 * supply - 4 * i, 0.07), pumped_ml: spread(supply - 4 * i, 0.05), logged_ml: supply })) : [],
        monday_friday: null, weekend_week: null,
        says: this.#fitted ? 'Monday and Friday beyond that: not known yet: about 15 more weeks would tell.' : 'Your log does not hold enough volumes yet to tell the days of the week apart.',
      },
      drinks: { tenth_more: unknown(0), elasticity: [0, 0, 0], n: 0, says: 'No drinks are logged, so your own log says nothing yet. Drink to thirst.' },
      techniques: [
        { technique: 'massage', contrast: 'massage', n_with: 12, n_without: 60, effect: unknown(12), answer: 'not known yet: about 15 more sessions with it would tell', says: '' },
        { technique: 'warmth', contrast: 'warmth', n_with: 40, n_without: 32, effect: { ...unknown(40), known: true, percent: { p10: 3, p50: 9, p90: 15 } }, answer: 'for you +9 % (+3 to +15)', says: '' },
      ].filter(() => this.#fitted),
      past_flow: { n_past: 0, n_not: 0, usual_min: 0, effect: null, unproven: true, says: 'minutes past flow: not known, and unproven' },
      felt: { of_seen: null, of_unseen: null, recent: null, before: null, more_often_now: null, let_downs_a_session: null, says: 'You have not noted a feeling at a let-down yet.' },
      cues: { latencies: [], spontaneous: [], spontaneous_per_week: 0, says: 'How fast milk comes is not known yet: a scale, taps, or a cue with its seconds would tell.' },
      energy: { kcal_per_day: kcal, food: kcal, stores: kcal, from: 'pumped', says: `The milk you pump costs about ${String(Math.round(kcal.p50 / 10) * 10)} kcal a day.` },
      after_weaning: { weaned: false, days_since: 0, let_downs_since: 0, expected: [], says: '' },
      nursing: { n: 0, days: 0, says: '' },
      data_age_h: 2,
      twin: this.#twin(now),
    });
  }

  trials(now: string): string {
    const draws = this.#trialLines('assignment', now);
    const one = ({ root, at, body }: TrialLine) => ({
      id: root, asks: `Do sessions with ${String(body['technique'])} bring more milk?`, state: body['state'], started: at, by_day: false,
      drawn: draws.filter((draw) => draw.body['trial'] === root).length, planned: TRIAL_SESSIONS,
    });
    return JSON.stringify(this.#trialLines('trial', now).map(one));
  }

  /** Not by chance: with and without in turn. What was drawn in the last hour stands. */
  next_of_trial(now: string, random: Uint8Array): string {
    const running = this.#trialLines('trial', now).find(({ body }) => body['state'] === 'running');
    if (!running) throw new Error('no trial runs');
    const draws = this.#trialLines('assignment', now).filter(({ body }) => body['trial'] === running.root);
    const last = draws.find(({ at }) => Date.parse(now.slice(0, 25)) - Date.parse(at.slice(0, 25)) < 3_600_000);
    const number = last ? Number(last.body['number']) : draws.length;
    const arm = number % 2 === 0 ? 'with' : 'without';
    const next = { trial: running.root, arm, part: 'morning', number, fresh: !last, says: `This one: ${arm}. Log it as it was.` };
    const fields = { trial: running.root, part: 'morning', number, with: arm === 'with' };
    return JSON.stringify({ next, entry: last ? null : this.log('assignment', JSON.stringify(fields), now, random) });
  }

  turn_trial(go_on: boolean, now: string, random: Uint8Array): string {
    const [one] = this.#trialLines('trial', now);
    if (!one) throw new Error('no trial runs');
    return this.edit(one.root, JSON.stringify({ state: go_on ? 'running' : 'stopped' }), now, random);
  }

  #trialLines(kind: string, now: string): TrialLine[] {
    return JSON.parse(this.find(JSON.stringify({ kind }), now)) as TrialLine[];
  }

  coach_knows(): string {
    return JSON.stringify({ data_age_h: 3 });
  }

  lately(now: string, days: number): string {
    if (!this.#fitted) throw new Error(this.#twin(now).message);
    const today = now.slice(0, 10);
    const lately = this.#pumps(now).map(({ body }) => body).filter(({ start }) => start.slice(0, 10) < today && addDays(today, -days) <= start.slice(0, 10));
    const sessions = lately.reverse().flatMap(({ start, total_ml }, i) => {
      if (total_ml === undefined) return [];
      const likely_ml = { p10: total_ml - (i % 5 === 0 ? -5 : 20), p50: total_ml + 8, p90: total_ml + 30 };
      return [{ at: start, likely_ml, came_ml: total_ml, within: likely_ml.p10 <= total_ml }];
    });
    const within = sessions.filter((session) => session.within).length;
    return JSON.stringify({ days, sessions, within, mae_ml: 8, says: `Of ${String(sessions.length)} sessions in the last ${String(days)} days, ${String(within)} lay in their likely range (8 in 10 are meant to).` });
  }

  #line({ root, kind, body }: Entry) {
    const number = (name: string) => (typeof body[name] === 'number' ? body[name] : null);
    const puts = [...this.#entries.values()].filter((entry) => entry.root === root && entry.op === 'put');
    return {
      root,
      kind,
      at: body.start,
      minutes: body.minutes ?? null,
      output_ml: body.total_ml ?? null,
      left_ml: number('left_ml'),
      right_ml: number('right_ml'),
      intake_ml: number('intake_ml'),
      milk: typeof body['milk'] === 'string' ? body['milk'] : null,
      weight_g: number('weight_g'),
      weight_typed: typeof body['weight_typed'] === 'string' ? body['weight_typed'] : null,
      wet: null,
      soiled: null,
      note: body.note ?? null,
      example: body.example ?? false,
      flags: (body.total_ml ?? 0) > 400 ? ['A lot for one session: is the unit right?'] : [],
      says: saysOf(body),
      edited: puts.some((entry) => JSON.stringify(entry.body) !== JSON.stringify(body)),
      imported_from: body.source?.app ?? null,
      body,
    };
  }

  #alive(): Entry[] {
    const newest = new Map<string, Entry>();
    for (const entry of this.#entries.values()) {
      const known = newest.get(entry.root);
      if (!known || known.hlc < entry.hlc) newest.set(entry.root, entry);
    }
    return [...newest.values()].filter(({ op }) => op === 'put');
  }

  #pumps(now: string): Entry[] {
    const until = Date.parse(instant(now));
    return this.#alive()
      .filter(({ kind, body }) => kind === 'pump' && Date.parse(instant(body.start)) + (body.minutes ?? 0) * 60_000 <= until)
      .sort((a, b) => Date.parse(instant(b.body.start)) - Date.parse(instant(a.body.start)));
  }

  #day(date: string, now: string) {
    const sessions = this.#pumps(now).filter(({ body }) => body.start.startsWith(date));
    const volumes = sessions.flatMap(({ body }) => (body.total_ml === undefined ? [] : [body.total_ml]));
    const output_ml = volumes.length === 0 ? null : volumes.reduce((sum, ml) => sum + ml, 0);
    return { date, output_ml, sessions: sessions.length, sessions_with_volume: volumes.length };
  }

  #rate(now: string): number {
    const newest = this.#pumps(now)[0]?.body.start.slice(0, 10) ?? now.slice(0, 10);
    const days = Array.from({ length: 7 }, (_, i) => this.#day(addDays(newest, -1 - i), now).output_ml ?? 0).filter((ml) => 0 < ml);
    return days.length === 0 ? 500 : mean(days);
  }

  #twin(now: string) {
    const missing = NEEDED_SESSIONS - this.#pumps(now).length;
    if (this.#fitted) return { state: 'ready', message: 'Fitted.' };
    if (missing <= 0) return { state: 'pending', message: 'Your log has not been read yet.' };
    return { state: 'too_little', message: `About ${String(missing)} more sessions with a volume, and the forecast begins.` };
  }

  #made(bodies: readonly Body[], random: Uint8Array, kind = 'pump'): Entry[] {
    return bodies.map((body, i) => {
      const id = uuid(random.subarray(10 * i, 10 * i + 10));
      return this.#stamped({ id, kind, op: 'put', root: id, body }, i + 1);
    });
  }

  #dels(picks: (body: Body) => boolean, random: Uint8Array): string {
    const roots = this.#alive().filter(({ body }) => picks(body)).map(({ root }) => root);
    return JSON.stringify(roots.map((root, i) => this.#version(root, 'del', random.subarray(10 * i, 10 * i + 10), i + 1)));
  }

  #version(root: string, op: 'put' | 'del', random: Uint8Array, ahead: number): Entry {
    const puts = [...this.#entries.values()].filter((entry) => entry.root === root && entry.op === 'put');
    const standing = puts.sort((a, b) => (a.hlc < b.hlc ? 1 : -1))[0];
    if (!standing) throw new Error('This entry is not in the log.');
    const { kind, body } = standing;
    return this.#stamped({ id: uuid(random), kind, op, root, body }, ahead);
  }

  #stamped(entry: Pick<Entry, 'id' | 'kind' | 'op' | 'root' | 'body'>, ahead: number): Entry {
    const hlc = (Math.max(this.#clock, Date.now() * 4) + ahead).toString(16).padStart(14, '0');
    return { v: 1, device: this.#device, seq: this.#seq + ahead, hlc, ...entry };
  }
}

/** A body in which fields are said anew: amounts as typed become millilitres or grams, `null` takes a field away. */
function said(standing: Body, fields: Fields): Body {
  const body: Body = { ...standing };
  for (const [name, value] of Object.entries(fields)) {
    body[name] = value;
    const typed = typeof value === 'string' && name.endsWith('_typed') ? value : null;
    if (typed === null) continue;
    const weight = name === 'weight_typed';
    const name_of_number = weight ? 'weight_g' : name.replace('_typed', '_ml');
    if (name_of_number in fields) continue;
    body[name_of_number] = weight ? grams(typed) : (typed.endsWith('oz') ? 29.5735 : 1) * parseFloat(typed);
    if (typed.endsWith('ml')) body[name] = null;
  }
  // A local time without its offset.
  if (!/([+-]\d\d:\d\d|Z)(\[|$)/.test(body.start)) body.start = zonedText(new Date(instant(body.start)));
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null)) as unknown as Body;
}

function grams(typed: string): number {
  const unit = { kg: 1_000, g: 1, lb: 453.59237, oz: 28.349523 };
  const parts = [...typed.matchAll(/([\d.]+) (kg|g|lb|oz)/g)];
  return parts.reduce((sum, [, n, word]) => sum + Number(n) * unit[word as keyof typeof unit], 0);
}

function saysOf(body: Body): string {
  const parts: string[] = [];
  for (const name of ['left_ml', 'right_ml', 'total_ml']) {
    const side = name === 'total_ml' ? '' : name.replace('_ml', ' ');
    if (typeof body[name] === 'number') parts.push(`${side}${body[name]} mL`);
  }
  for (const stint of (body['stints'] ?? []) as { side: string; minutes?: number }[]) {
    parts.push(stint.minutes === undefined ? stint.side : `${stint.side} ${stint.minutes} min`);
  }
  if (body.minutes !== undefined) parts.push(`${body.minutes} min`);
  const seen = body['let_downs'] as readonly { onset_s: number; volume_ml?: number }[] | undefined;
  if (seen?.[0]) {
    const brought = seen.flatMap(({ volume_ml }) => (volume_ml === undefined ? [] : [`${volume_ml.toFixed(0)} ± 2 mL`])).join(', then ');
    const count = `${seen.length} let-down${seen.length === 1 ? '' : 's'}`;
    parts.push(brought === '' ? count : `${count}: ${brought}`, `first after ${seen[0].onset_s.toFixed(0)} s`);
  }
  if (typeof body['hurt_s'] === 'number') parts.push(`it hurt after ${clockText(1_000 * body['hurt_s'])}`);
  if (typeof body['intake_ml'] === 'number') parts.push(`drank ${body['intake_ml']} mL`);
  if (typeof body['volume_ml'] === 'number') parts.push(`${body['volume_ml']} mL`);
  for (const name of ['weight_typed', 'milk', 'what', 'text', 'trigger']) if (typeof body[name] === 'string') parts.push(body[name]);
  for (const name of ['stress', 'pain']) if (typeof body[name] === 'number') parts.push(`${name} ${body[name]} of 10`);
  for (const name of ['wet', 'soiled', 'leaked']) if (body[name] === true) parts.push(name);
  return parts.join(', ');
}

const instant = (text: string) => text.replace(/\[.*$/, '');

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

function spread(middle: number, share: number) {
  const at = (z: number) => Math.max(0, middle * (1 + share * z));
  return { p05: at(-1.64), p10: at(-1.28), p25: at(-0.67), p50: middle, p75: at(0.67), p90: at(1.28), p95: at(1.64) };
}

/** `"2/20/17, 9:23 AM",60 ml,15min`, moved so that the newest row lies a few hours back. */
function readRow(row: string, order: 'mdy' | 'dmy'): Body | null {
  const found = /^"?(\d+)\/(\d+)\/(\d+),? (\d+):(\d+)\s?([AP]M)?"?,([\d.]*)/.exec(row);
  if (!found) return null;
  const [first, second, year, hour, minute] = found.slice(1, 6).map(Number);
  const [month, day] = order === 'mdy' ? [first, second] : [second, first];
  const date = `20${String(year)}-${two(month)}-${two(day)}`;
  const pm = found[6] === 'PM' ? 12 : 0;
  const shift = daysBetween('2017-06-12', zonedText(new Date()).slice(0, 10));
  const at = new Date(`${addDays(date, shift)}T${two(((hour ?? 0) % 12) + pm)}:${two(minute)}:00`);
  const total = found[7] ?? '';
  return { start: zonedText(at), minutes: 15, ...(total === '' ? {} : { total_ml: Number(total) }) };
}

const two = (n: number | undefined) => String(n ?? 0).padStart(2, '0');

function uuid(random: Uint8Array): string {
  const time = Date.now().toString(16).padStart(12, '0');
  const hex = Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('').padEnd(20, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-8${hex.slice(3, 6)}-${hex.slice(6, 18)}`;
}

/** Reads the same entries: the stand-in does both. */
export { Engine as Twin };
