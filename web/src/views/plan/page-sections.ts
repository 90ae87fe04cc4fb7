/** The sections of the page: which numbers stand where and in which words, in the order of the command's PDF. */

import type { BabyFed, BabyGrown, Curve, Day, Report, Seen } from '../../engine/advice/report';
import * as words from './page-words';

/** How much is told. */
export interface Detail {
  /** How high drawings are on paper (pt). */
  readonly days: number;
  readonly growth: number;
  /** Babies that are drawn, and that stand in tables. */
  readonly panels: number;
  readonly babies: number;
  readonly findings: number;
  /** Whether what is not known is said. */
  readonly notKnown: boolean;
  readonly planSessions: number;
  readonly flags: number;
  readonly odd: number;
}

const MOST: Detail = { days: 128, growth: 148, panels: 3, babies: 6, findings: 6, notKnown: true, planSessions: 12, flags: 6, odd: 3 };

/** From the most to the least. */
export const DETAILS: readonly Detail[] = [
  MOST,
  { ...MOST, days: 112, growth: 128, findings: 5 },
  { ...MOST, days: 98, growth: 112, findings: 4 },
  { ...MOST, days: 84, growth: 96, findings: 3, flags: 4 },
  { ...MOST, days: 70, growth: 82, findings: 2, flags: 4, odd: 1, babies: 4 },
  { days: 56, growth: 66, panels: 2, babies: 2, findings: 1, notKnown: false, planSessions: 6, flags: 3, odd: 1 },
];

export const detailAt = (level: number): Detail => DETAILS[level] ?? MOST;

export interface Table {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface Bar {
  readonly label: string;
  readonly value: number | null;
  /** Whether the value is all there was. */
  readonly whole: boolean;
  readonly logged: boolean;
}

export interface DaysDrawing {
  readonly height: number;
  readonly bars: readonly Bar[];
  readonly usual: readonly [number, number] | null;
  readonly middle: number | null;
  readonly unit: string;
  readonly counts: readonly { readonly name: string; readonly of: readonly (number | null)[] }[];
  readonly words: string;
}

export interface Panel {
  readonly name: string;
  readonly weights: readonly { readonly age_days: number; readonly weight_g: number }[];
  readonly curves: readonly Curve[];
  readonly words: string;
}

export type Block =
  | { readonly kind: 'text' | 'note'; readonly text: string }
  | { readonly kind: 'lead'; readonly lead: string; readonly text: string }
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'days'; readonly drawing: DaysDrawing }
  | { readonly kind: 'growth'; readonly panels: readonly Panel[]; readonly height: number };

export interface Section {
  readonly heading: string;
  readonly beside: string;
  readonly blocks: readonly Block[];
}

const note = (text: string): Block => ({ kind: 'note', text });
const text = (said: string): Block => ({ kind: 'text', text: said });
const section = (heading: string, beside: string, ...blocks: readonly (Block | null)[]): Section => ({
  heading,
  beside,
  blocks: blocks.filter((block) => block !== null),
});
const sentences = (...said: readonly (string | false | null | undefined)[]) => said.filter((one) => typeof one === 'string' && one !== '').join(' ');

/** The columns of the page: what always stands left and right, and what goes below the shorter one. */
export const columns = (report: Report, detail: Detail) => ({
  left: [days(report, detail), growth(report, detail)],
  right: [removed(report), supply(report), letDowns(report), fed(report, detail)],
  rest: [findings(report, detail), plan(report, detail), forecasts(report)].filter((one) => one !== null),
});

/** Of which time the log is, and how old. */
export function about({ heading }: Report): string {
  const { from, to, sessions, data_age_h, gave_birth, days_since_birth } = heading;
  return sentences(
    from !== null && to !== null
      ? `Log from ${words.days(from, to)}, ${words.counted(sessions, 'session', 'sessions')}.`
      : 'Nothing is logged yet.',
    data_age_h !== null && `The newest session ended ${words.span(data_age_h)} before this page.`,
    gave_birth !== null && days_since_birth !== null && 0 <= days_since_birth &&
      `Gave birth on ${words.day(gave_birth)}, ${words.age(days_since_birth)} ago.`,
  );
}

export function simulated({ heading }: Report): string {
  if (heading.simulated === 0) return '';
  return `Simulated: ${words.counted(heading.simulated, 'entry', 'entries')} of this log. What stands here about them is an example, not about a person.`;
}

/** What asks for a call, and the line about the log below it. */
export function flags({ flags }: Report, detail: Detail): { calls: string[]; more: string; log: string } {
  const calls = [...flags.call, ...flags.before_more_pumping];
  const more = calls.length - detail.flags;
  const odd = flags.about_the_log.length - detail.odd;
  return {
    calls: calls.slice(0, detail.flags),
    more: 0 < more ? `And ${more} more in the log.` : '',
    log: sentences(
      calls.length === 0 && 'Flags: none of the signs that ask for a call today is in this log.',
      ...flags.about_the_log.slice(0, detail.odd),
      0 < odd && `${odd} more odd values.`,
    ),
  };
}

export interface Fact {
  readonly label: string;
  readonly number: string;
  readonly unit: string;
  readonly range: string;
}

/** Four numbers that are looked for first. */
export function facts({ removed, fed }: Report): Fact[] {
  const fact = (label: string, unit: string, seen: Seen | null): Fact => {
    if (!seen) return { label, number: '\u2013', unit: '', range: 'none logged' };
    const [number, range] = words.seen(seen);
    return { label, number, unit, range: `${range}${unit === '' ? '' : ` ${unit}`} in ${words.counted(seen.n, 'day', 'days')}` };
  };
  return [
    fact('Pump sessions a day', '', removed.pumpings_per_day),
    fact('Output a day', 'mL', removed.output_ml_per_day),
    fact('Nursings a day', '', removed.nursings_per_day),
    fact('Drunk from bottles a day', 'mL', fed.bottle_ml_per_day),
  ];
}

function days(report: Report, { days: height }: Detail): Section {
  const { removed, heading } = report;
  const hasOutput = removed.days.some(({ output_ml }) => output_ml !== null);
  const hasNursing = removed.days.some(({ nursings }) => 0 < nursings);
  if (!hasOutput && !hasNursing) {
    return section('Output by day', '', note('No milk is logged yet. The days of the last two weeks would stand here.'));
  }
  const of = (count: (day: Day) => number) => removed.days.map((day) => (day.logged ? count(day) : null));
  const usual = hasOutput ? removed.usual_output_ml : null;
  const middle = hasOutput ? removed.output_ml_per_day : removed.nursings_per_day;
  const drawing: DaysDrawing = {
    height,
    bars: removed.days.map((day, place) => bar(day, place, hasOutput)),
    usual: usual && [usual.p10, usual.p90],
    middle: middle && DAYS_WITH_A_MIDDLE <= middle.n ? middle.middle : null,
    unit: hasOutput ? 'mL' : 'a day',
    counts: [
      ...(hasOutput ? [{ name: 'pumped', of: of(({ pumpings }) => pumpings) }] : []),
      ...(hasOutput && hasNursing ? [{ name: 'nursed', of: of(({ nursings }) => nursings) }] : []),
    ],
    words: daysInWords(report, hasOutput),
  };
  const below = daysNote(report, hasOutput);
  return section(
    hasOutput ? 'Output by day' : 'Nursings by day',
    words.days(heading.looks_from, heading.looks_to),
    { kind: 'days', drawing },
    below === '' ? null : note(below),
  );
}

/** Fewer days have no middle worth drawing. */
const DAYS_WITH_A_MIDDLE = 3;

function bar(day: Day, place: number, output: boolean): Bar {
  const ofMonth = Number(day.date.slice(8));
  return {
    label: 0 < place && ofMonth === 1 ? words.dayAndMonth(day.date) : String(ofMonth),
    value: output ? day.output_ml : day.logged ? day.nursings : null,
    whole: !output || day.whole,
    logged: day.logged,
  };
}

function daysNote({ removed }: Report, hasOutput: boolean): string {
  const { output_ml_per_day: middle, usual_output_ml: usual } = removed;
  return sentences(
    hasOutput && middle && DAYS_WITH_A_MIDDLE <= middle.n && `Dashed: the middle day, ${words.whole(middle.middle)} mL.`,
    hasOutput && usual && `Shaded: 8 of 10 days of the last eight weeks, ${words.likely(usual)[1]} mL.`,
    0 < removed.days_in_part && 'Dashed bars: a session of that day has no volume that counts.',
    removed.days.some(({ logged }) => !logged) && '\u2013 nothing logged.',
  );
}

function daysInWords({ heading, removed }: Report, hasOutput: boolean): string {
  const of = words.days(heading.looks_from, heading.looks_to);
  const [what, unit, seen] = hasOutput
    ? (['Output', ' mL', removed.output_ml_per_day] as const)
    : (['Nursings', '', removed.nursings_per_day] as const);
  if (!seen) return `${what} by day, ${of}; no day is whole.`;
  const [middle, range] = words.seen(seen);
  return `${what} by day, ${of}: ${range}${unit} a day, ${middle}${unit} in the middle.`;
}

type Row = [what: string, unit: string, seen: Seen | null];

/** What was logged: what, the middle, the range, how many. */
function loggedTable(rows: readonly Row[]): Block | null {
  const told = rows.flatMap(([what, unit, seen]) => {
    if (!seen) return [];
    const [middle, range] = words.seen(seen);
    return [[what, unit === '' ? middle : `${middle}\u00a0${unit}`, range, words.whole(seen.n)]];
  });
  return told.length === 0 ? null : { kind: 'table', table: { heads: ['', 'middle', 'least to most', 'n'], rows: told } };
}

function removed({ removed, fed }: Report): Section {
  const table = loggedTable([
    ['Output of a session', 'mL', removed.session_ml],
    ['Minutes of a session', 'min', removed.session_minutes],
    ['Minutes pumped a day', 'min', removed.pump_minutes_per_day],
    ['Minutes of a nursing', 'min', fed.nursing_minutes],
    ['Longest gap of a day', 'h', removed.longest_gap_h],
  ]);
  return table ? section('Milk taken', 'output, as logged', table) : section('Milk taken', '', note('No session is logged yet.'));
}

function supply({ supply }: Report): Section {
  const both = supply.ml_per_day;
  if (!both) {
    return section('Milk made', 'by the model', note(`Not known from this log. ${supply.not_known ?? 'not known from this log'}`));
  }
  const row = (what: string, range: typeof both) => {
    const [middle, likely] = words.likely(range);
    return [what, `${middle} mL`, likely];
  };
  const sides = supply.sides ? [row('Left', supply.sides.left), row('Right', supply.sides.right)] : [];
  const age = supply.data_age_h === null ? '' : `; the newest session ended ${words.span(supply.data_age_h)} before this page`;
  const each = supply.sides ? '' : '. Each breast by itself: not known from this log';
  return section(
    'Milk made',
    'by the model, at her usual hours',
    { kind: 'table', table: { heads: ['', 'middle', 'likely'], rows: [row('Both breasts, in 24 h', both), ...sides] } },
    note(`From ${words.counted(supply.sessions, 'session', 'sessions')} with a volume${age}${each}.`),
  );
}

function letDowns({ let_downs: told }: Report): Section {
  const table = loggedTable([
    ['First one after', 's', told.first_s],
    ['In a session', '', told.per_session],
    ['One brought (output)', 'mL', told.ml],
    ['Flow slowed after', 's', told.slowed_s],
  ]);
  const often = told.most_often_at === null ? '' : `, most often at a ${told.most_often_at}`;
  const said = sentences(
    !table && 'When they come is not known from this log: no session was watched.',
    told.felt && `Felt in ${told.felt.of} of ${told.felt.n} sessions and nursings.`,
    0 < told.by_themselves && `Without a touch ${words.counted(told.by_themselves, 'time', 'times')}${often}.`,
  );
  return section('Let-downs', `${told.days} days`, table, said === '' ? null : note(said));
}

function fed(report: Report, detail: Detail): Section {
  const { fed } = report;
  const babies = fed.babies.slice(0, detail.babies).map((one, place) => babyFed(one, place, fed.babies.length));
  const said = fedNote(report);
  return section(
    'What babies drank',
    'intake, as logged',
    loggedTable([
      ['From bottles a day', 'mL', fed.bottle_ml_per_day],
      ['Bottles a day', '', fed.bottles_per_day],
      ['At a weighed feed', 'mL', fed.weighed_ml],
    ]),
    babies.length === 0 ? null : { kind: 'table', table: { heads: ['a day', 'nursings', 'bottles', 'from bottles'], rows: babies } },
    said === '' ? null : note(said),
  );
}

function babyFed(one: BabyFed, place: number, of: number): string[] {
  const middle = (seen: Seen | null) => (seen ? words.number(seen.middle) : '');
  const ml = one.bottle_ml_per_day;
  return [words.baby(one.name, place, of), middle(one.nursings_per_day), middle(one.bottles_per_day), ml ? `${words.number(ml.middle)} mL` : ''];
}

function fedNote({ fed }: Report): string {
  const { milks, left_share, needed, weighed_ml, days_in_part } = fed;
  const [one] = milks;
  const each = milks.map(({ milk, share }) => `${milk === 'unknown' ? 'not said' : milk} ${words.whole(100 * share)} %`);
  return sentences(
    1 < milks.length ? `In bottles: ${each.join(', ')}.` : one && one.milk !== 'unknown' && `In bottles: ${one.milk}.`,
    left_share !== null && `Left breast: ${words.whole(100 * left_share)} % of nursing minutes.`,
    needed && neededWords(needed),
    !needed && !weighed_ml && 'What was drunk at the breast is not known from this log.',
    0 < days_in_part && `${words.counted(days_in_part, 'day has', 'days have')} a bottle without an amount and are left out.`,
  );
}

function neededWords({ from, to, gain_g_per_day, intake_ml_per_day }: NonNullable<Report['fed']['needed']>): string {
  const [middle, range] = words.likely(intake_ml_per_day);
  return (
    `To gain ${words.whole(gain_g_per_day)} g a day from ${words.dayAndMonth(from)} to ${words.dayAndMonth(to)}, on milk from the ` +
    `breast alone, takes about ${middle} mL drunk a day (likely ${range}).`
  );
}

/** A column holds the numbers of a baby; more do not fit. */
const BABIES_ACROSS = 3;

function growth({ growth: babies }: Report, detail: Detail): Section {
  const named = babies.map((baby, place) => ({ baby, name: words.baby(baby.name, place, babies.length) }));
  const weighed = named.filter(({ baby }) => 0 < baby.weights.length);
  if (weighed.length === 0) return section('Growth', 'weight for age, WHO 2006', note('No weight is logged yet.'));
  const panels = weighed.filter(({ baby }) => 0 < baby.curves.length).slice(0, detail.panels).map(({ baby, name }) => panel(baby, name));
  const shown = weighed.slice(0, Math.min(detail.babies, BABIES_ACROSS));
  return section(
    'Growth',
    'weight for age, WHO 2006',
    panels.length === 0 ? null : { kind: 'growth', panels, height: detail.growth },
    { kind: 'table', table: grownTable(shown) },
    note(growthNote(weighed.map(({ baby }) => baby), weighed.length - shown.length)),
  );
}

function panel(baby: BabyGrown, name: string): Panel {
  const { newest } = baby;
  const place = newest?.z.map(({ centiles, curve }) => `${centiles} centile of ${curve}`).join(', ') ?? '';
  const now = newest ? `${words.kg(newest.weight_g)} kg on ${words.day(newest.date)}, ${place}` : '';
  return {
    name,
    weights: baby.weights.flatMap(({ age_days, weight_g }) => (age_days === null ? [] : [{ age_days, weight_g }])),
    curves: baby.curves,
    words: `Weights of ${name} beside the WHO centiles 3, 15, 50, 85 and 97: ${now}.`,
  };
}

function grownTable(babies: readonly { readonly baby: BabyGrown; readonly name: string }[]): Table {
  const withRange = babies.length < BABIES_ACROSS;
  const of = babies.map(({ baby }) => grown(baby, withRange));
  const labels = ['Age', 'Weight', 'z, likely', 'Centiles', 'Gain a day, likely'];
  return {
    heads: ['', ...babies.map(({ name }) => name)],
    rows: labels.map((label, i) => [label, ...of.map((column) => column[i] ?? '')]),
  };
}

/** Age, weight, z, centiles, gain. */
function grown({ newest, age_days, gain }: BabyGrown, withRange: boolean): string[] {
  const [z, centiles] = newest ? placed(newest.z, withRange) : ['', ''];
  const [low = 0, high = 0] = gain?.likely ?? [];
  const range = withRange ? ` (${words.whole(low)} to ${words.whole(high)})` : '';
  return [
    newest && age_days !== null ? words.age(age_days - newest.days_ago) : '',
    newest ? `${words.kg(newest.weight_g)} kg` : '',
    z,
    centiles,
    gain ? `${words.whole(gain.g_per_day)} g${range}` : '',
  ];
}

/** A place on one curve, or from that on the one to that on the other. */
function placed(z: NonNullable<BabyGrown['newest']>['z'], withRange: boolean): [string, string] {
  const [one] = z;
  const other = z.at(-1);
  if (!one || !other) return ['', ''];
  if (z.length === 1) {
    const [low = one.z, high = one.z] = one.z_likely;
    const range = withRange ? ` (${words.signedTenth(low)} to ${words.signedTenth(high)})` : '';
    return [`${words.signedTenth(one.z)}${range}`, one.centiles];
  }
  const [low, high] = one.z <= other.z ? [one, other] : [other, one];
  return [words.spanOf(words.signedTenth(low.z), words.signedTenth(high.z)), low.centiles === high.centiles ? low.centiles : 'by the curve'];
}

function growthNote(weighed: readonly BabyGrown[], hidden: number): string {
  const newest = weighed.flatMap((baby) => (baby.newest ? [baby.newest.date] : [])).sort();
  const [first, last] = [newest[0], newest.at(-1)];
  const when = first === undefined || last === undefined ? null : first === last ? words.day(last) : words.days(first, last);
  const early = weighed.find(({ corrected_by_days }) => 0 < corrected_by_days);
  const leftOut = weighed.reduce((sum, { left_out }) => sum + left_out, 0);
  return sentences(
    when !== null && `Newest weights: ${when}; gain over the last 7 to 35 days before.`,
    early && `Born before 37 weeks: placed by corrected age (${words.number(early.corrected_by_days / 7)} weeks less).`,
    weighed.some(({ sex }) => sex === null) && 'Girl or boy not said: both curves, from the lower to the higher.',
    0 < leftOut && `${words.counted(leftOut, 'weight', 'weights')} left out as odd.`,
    0 < hidden && `${words.counted(hidden, 'baby', 'babies')} more in the log.`,
  );
}

function findings({ findings: told }: Report, detail: Detail): Section {
  const known = told.known.slice(0, detail.findings);
  return section(
    'What is known',
    'from 90 in 100 on',
    ...known.map(({ about, says, from }): Block => ({ kind: 'lead', lead: `${words.capital(about)}:`, text: `${says} From ${from}.` })),
    told.known.length === 0 ? note('Nothing yet about how her body works.') : null,
    detail.notKnown && 0 < told.not_known.length ? note(`Not known from this log: ${told.not_known.join('; ')}.`) : null,
  );
}

function forecasts({ forecasts: was }: Report): Section | null {
  if (!was) return null;
  const off = was.mae_ml === null ? '' : ` On average they were ${words.whole(was.mae_ml)} mL off.`;
  const of = words.counted(was.sessions.length, 'session', 'sessions');
  return section(
    'How right forecasts were',
    '',
    text(`Of ${of} in the last ${was.days} days ${was.within} lay in their likely range; 8 in 10 are meant to.${off}`),
  );
}

function plan({ plan }: Report, detail: Detail): Section {
  if (!plan) return section('Plan', '', note('No plan is written down.'));
  const target = plan.target_ml === null ? '' : `, ${words.whole(plan.target_ml)} mL`;
  const until = plan.until === null ? '' : `, until ${words.day(plan.until)}`;
  const shown = plan.sessions.slice(0, detail.planSessions);
  const hidden = plan.sessions.length - shown.length;
  const each = shown.map(({ clock, minutes }) => (minutes === null ? clock : `${clock} (${words.number(minutes)} min)`));
  const sessions = each.length === 0 ? '' : ` Sessions: ${each.join(', ')}${0 < hidden ? ` and ${hidden} more` : ''}.`;
  return section('Plan', `made ${words.day(plan.made)}`, text(`${words.capital(plan.goal)}${target}${until}.${sessions}`));
}

/** About how high a section is on paper (pt): enough to set what has no place of its own below the shorter column. */
export function heightOf({ blocks }: Section): number {
  const lines = (text: string) => Math.ceil(text.length / 62);
  const of = (block: Block): number => {
    if (block.kind === 'table') return 11.8 * (block.table.rows.length + 1);
    if (block.kind === 'days') return block.drawing.height + 16 + 9.2 * block.drawing.counts.length;
    if (block.kind === 'growth') return block.height + 14;
    if (block.kind === 'lead') return 11.3 * lines(`${block.lead} ${block.text}`);
    return 10.5 * lines(block.text);
  };
  return blocks.reduce((sum, block) => sum + of(block), 26);
}

/** What always stands in a column, and below the shorter one the rest. */
export function inColumns(report: Report, detail: Detail): { left: Section[]; right: Section[] } {
  const { left, right, rest } = columns(report, detail);
  const high = (sections: readonly Section[]) => sections.reduce((sum, one) => sum + heightOf(one), 0);
  for (const one of rest) (high(left) <= high(right) ? left : right).push(one);
  return { left, right };
}
