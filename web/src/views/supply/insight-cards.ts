/** What her log says, card by card: a title, the engine's sentence, what it rests on, and the numbers behind it. */

import type { Effect, Insights, Share } from '../../engine/insights';
import { plural } from '../../lib/format';

export interface Numbers {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface InsightCard {
  readonly id: 'release' | 'week' | 'helps' | 'felt' | 'cues' | 'drinks' | 'energy' | 'nursing' | 'after';
  readonly title: string;
  readonly says: string;
  /** How much it rests on; empty where it rests on nothing yet. */
  readonly restsOn: string;
  /** Empty where there are none. */
  readonly numbers: readonly Numbers[];
}

const MINUS = '\u2212';
const NBSP = '\u00a0';

/** "+9", "−4", "0". */
export function signed(percent: number): string {
  const whole = Math.round(percent);
  if (whole === 0) return '0';
  return whole < 0 ? `${MINUS}${-whole}` : `+${whole}`;
}

/** "+9 % (−4 to +24)". */
export const change = ({ percent }: Effect) =>
  `${signed(percent.p50)}${NBSP}% (${signed(percent.p10)} to ${signed(percent.p90)})`;

/** A number of many is round: "about 15". */
export function notYet(more: number | null, what: string): string {
  if (more === null) return 'not known, and too small to be told from chance in a year';
  const step = more < 10 ? 1 : more < 50 ? 5 : more < 200 ? 10 : 50;
  return `not known yet: about ${plural(Math.ceil(more / step) * step, `more ${what}`)} would tell`;
}

const percent = (share: number) => `${Math.round(100 * share)}${NBSP}%`;
const range = (low: string, high: string) => (low === high ? low : `${low} to ${high}`);
const shareRow = (name: string, share: Share | null): string[][] =>
  share ? [[name, `${share.of} of ${share.n}`, `${percent(share.p10)} to ${percent(share.p90)}`]] : [];
const named = (word: string) => {
  const plain = word.replaceAll('_', ' ');
  return `${plain.charAt(0).toUpperCase()}${plain.slice(1)}`;
};

/** Each thing that she logs, and the hour, as a row: its change where it is known, else how much more would tell. */
export const techniqueRows = (techniques: Insights['techniques']) =>
  techniques.map(({ technique, contrast, effect, answer }) => ({
    name: named(contrast),
    value: effect.percent,
    pale: !effect.known,
    said: effect.known ? `${change(effect)} ${technique === 'hour' ? 'made' : 'a session'}` : answer,
  }));

/** What minutes past the end of flow do: said once a session was watched. */
const pastFlow = ({ n_past, n_not, says }: Insights['past_flow']) => (n_past + n_not === 0 ? [] : [`${says.charAt(0).toUpperCase()}${says.slice(1)}.`]);

/** Whether there is anything but the hour, which nobody has to log. */
const logsAny = (techniques: Insights['techniques']) => techniques.some(({ technique }) => technique !== 'hour');

const table = (caption: string, head: readonly string[], rows: readonly (readonly string[])[]): Numbers[] =>
  rows.length === 0 ? [] : [{ caption, head, rows }];

/** The cards that have something to say; those about volumes need `inUnit` to speak of them in her unit. */
export function cardsOf(told: Insights, inUnit: (ml: number) => string, inHerUnit: (sentence: string) => string): InsightCard[] {
  const { release, rhythm, techniques, past_flow, felt, cues, drinks, energy, nursing, after_weaning } = told;
  const cards: InsightCard[] = [
    {
      id: 'release',
      title: 'Made and released',
      says: release.says,
      restsOn: release.evidence.length === 0 ? '' : `from ${plural(release.evidence.length, 'sign')} in your log`,
      numbers: [
        ...table(
          'How likely',
          ['When you nurse', 'Before your log', 'With it'],
          [release.p_released, release.p_made_not_released, release.p_little_made].map((p, i) => [
            ['Milk comes as usual', 'Made, not let down', 'Less is made'][i] ?? '',
            percent(release.prior[i] ?? 0),
            percent(p),
          ]),
        ),
        ...table('Signs in your log', ['Sign', 'Sessions'], release.evidence.map(({ says, n }) => [says, String(n)])),
      ],
    },
    {
      id: 'week',
      title: 'Your week',
      says: rhythm.says,
      restsOn: rhythm.weeks === 0 ? '' : `from ${plural(rhythm.weeks, 'week')}`,
      numbers: table(
        'An average day of the last weeks',
        ['Day', 'Sessions', 'Made', 'Pumped', 'Logged'],
        rhythm.weekdays.map(({ day, sessions, made_ml, pumped_ml, logged_ml }) => [
          named(day),
          String(sessions),
          range(inUnit(made_ml.p10), inUnit(made_ml.p90)),
          range(inUnit(pumped_ml.p10), inUnit(pumped_ml.p90)),
          logged_ml === null ? 'no data' : inUnit(logged_ml),
        ]),
      ),
    },
    {
      id: 'helps',
      title: 'What helps you',
      says: [
        ...(logsAny(techniques)
          ? []
          : ['Here you will see what massage, warmth, a picture or another place change for you. Log one with a pump session, and leave it out in another.']),
        ...pastFlow(past_flow),
      ].join(' '),
      restsOn: logsAny(techniques) ? 'You choose when you do it, so this is a hint and not a trial.' : '',
      numbers: table(
        'The change of a session',
        ['With', 'Sessions with', 'Without', 'Change'],
        techniques.map(({ contrast, n_with, n_without, effect }) => [named(contrast), String(n_with), String(n_without), change(effect)]),
      ),
    },
    {
      id: 'felt',
      title: 'Felt and seen',
      says: felt.says,
      restsOn: felt.recent ? `from ${plural(felt.recent.n + (felt.before?.n ?? 0), 'session')}` : '',
      numbers: table('You felt a let-down', ['In', 'Felt', 'Likely share'], [
        ...shareRow('Sessions where one was seen', felt.of_seen),
        ...shareRow('Sessions where none was seen', felt.of_unseen),
        ...shareRow('The last four weeks', felt.recent),
        ...shareRow('Before', felt.before),
      ]),
    },
    {
      id: 'cues',
      title: 'What brings milk',
      says: cues.says,
      restsOn: cues.latencies.length === 0 ? '' : `from ${plural(cues.latencies.reduce((sum, { n }) => sum + n, 0), 'let-down')} with a time`,
      numbers: [
        ...table(
          'Seconds until milk comes',
          ['With', 'Times', 'About', 'Likely', 'Against the pump alone'],
          cues.latencies.map((latency) => [
            named(latency.with.replace('pump+', 'pump and ').replace('cue: ', '')),
            String(latency.n),
            `${latency.seconds[1] ?? ''}`,
            range(`${latency.seconds[0] ?? ''}`, `${latency.seconds[2] ?? ''}`),
            latency.against_pump_alone ? change(latency.against_pump_alone) : '',
          ]),
        ),
        ...table(
          'Let-downs without touch',
          ['At', 'Times', 'With milk leaking'],
          cues.spontaneous.map(({ trigger, n, leaked }) => [named(trigger), String(n), String(leaked)]),
        ),
      ],
    },
    {
      id: 'drinks',
      title: 'Drinks',
      says: drinks.says,
      restsOn: drinks.n === 0 ? '' : `from ${plural(drinks.n, 'day')}`,
      numbers: drinks.n === 0 ? [] : table(
        'Milk on the day after a tenth more to drink',
        ['To drink', 'Change', 'Days'],
        [['A tenth more', tenths(drinks.tenth_more), String(drinks.n)]],
      ),
    },
    {
      id: 'energy',
      title: 'Energy',
      says: energy.says,
      restsOn: ({ made: 'from the milk you make, by the model', growth: 'from how your baby grows', pumped: 'from the milk you pump' } as Record<string, string>)[energy.from ?? ''] ?? '',
      numbers: table(
        'Energy of a day of milk in kcal',
        ['Energy', 'About', 'Likely'],
        ([['All of it', energy.kcal_per_day], ['From food', energy.food], ['From stores', energy.stores]] as const).flatMap(([name, kcal]) =>
          kcal ? [[name, tens(kcal.p50), range(tens(kcal.p10), tens(kcal.p90))]] : [],
        ),
      ),
    },
  ];
  if (0 < nursing.n) cards.push({ id: 'nursing', title: 'Nursing', says: nursing.says, restsOn: `from ${plural(nursing.n, 'nursing')}`, numbers: [] });
  if (after_weaning.weaned) cards.push({ id: 'after', title: 'After weaning', says: after_weaning.says, restsOn: '', numbers: [] });
  return cards.map((card) => ({ ...card, says: inHerUnit(card.says) }));
}

const tens = (kcal: number) => String(Math.round(kcal / 10) * 10);
const tenth = (percent: number) => `${percent < 0 ? MINUS : ''}${Math.abs(percent).toFixed(1)}`;
const tenths = ({ percent: { p10, p50, p90 } }: Effect) => `${tenth(p50)}${NBSP}% (${tenth(p10)} to ${tenth(p90)})`;
