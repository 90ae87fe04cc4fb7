import type { Moment } from '../../lib/time';

const KINDS: Record<string, [one: string, many: string]> = {
  pump: ['pump session', 'pump sessions'],
  nurse: ['nursing', 'nursings'],
  hand: ['expression by hand', 'expressions by hand'],
  bottle: ['bottle', 'bottles'],
  weight: ['weight', 'weights'],
  diaper: ['nappy', 'nappies'],
  bag: ['bag of milk', 'bags of milk'],
  letdown: ['let-down', 'let-downs'],
  cue: ['cue', 'cues'],
  feeling: ['feeling', 'feelings'],
  symptom: ['symptom', 'symptoms'],
  drink: ['drink', 'drinks'],
  medicine: ['medicine', 'medicines'],
  note: ['note', 'notes'],
  baby: ['baby', 'babies'],
  mother: ['word about you', 'words about you'],
  device: ['pump or other device', 'pumps and other devices'],
  plan: ['plan', 'plans'],
  trial: ['trial', 'trials'],
};

export const kindText = (kind: string, n: number) => KINDS[kind]?.[n === 1 ? 0 : 1] ?? kind;

const APPS: Record<string, string> = {
  nighp: 'Baby Tracker (Nighp)',
  babybuddy: 'Baby Buddy',
  babyplus: 'Baby+ (Philips)',
  glow: 'Glow Baby',
  hatch: 'Hatch',
  feedbaby: 'Feed Baby',
  sprouttrack: 'Sprout Track',
  piyolog: 'PiyoLog',
  droste: 'Nursing (Droste)',
  babyconnect: 'Baby Connect',
  huckleberry: 'Huckleberry',
  nursingtimer: 'Nursing Timer',
  medela: 'Medela Family',
  letdown: 'Letdown',
  generic: 'a table of your own',
};

export const appText = (format: string) => APPS[format] ?? format;

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const SHORT = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** "3 April 2026", of an ISO date: the month in words, since its order is what is asked. */
export const dateInWords = (date: string) => DAY.format(Date.parse(date));

/** "4 Mar to 3 Apr 2026"; the year once when it is one. */
export function spanText(from: Moment, to: Moment): string {
  const day = (at: Moment) => SHORT.format(Date.parse(at.day));
  const year = (at: Moment) => at.day.slice(0, 4);
  const last = `${day(to)} ${year(to)}`;
  if (from.day === to.day) return last;
  return year(from) === year(to) ? `${day(from)} to ${last}` : `${day(from)} ${year(from)} to ${last}`;
}

const ROWS_NAMED = 6;

/** Rows that say the same, said once: "row 3", "rows 3, 8 and 12 more". */
export function grouped(notes: readonly { readonly row: number; readonly text: string }[]) {
  const rows = new Map<string, number[]>();
  for (const { row, text } of notes) {
    const known = rows.get(text);
    if (known) known.push(row);
    else rows.set(text, [row]);
  }
  return [...rows].map(([text, all]) => ({ text, count: all.length, where: whereText(all) }));
}

function whereText(rows: readonly number[]): string {
  const named = rows.slice(0, ROWS_NAMED).join(', ');
  const more = rows.length - ROWS_NAMED;
  return `${rows.length === 1 ? 'row' : 'rows'} ${named}${0 < more ? ` and ${more} more` : ''}`;
}
