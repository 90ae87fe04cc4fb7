import type { Fields } from '../../engine/calls';
import type { Line } from '../../engine/shapes';
import type { Unit } from '../../lib/format';
import { readMoment, zonedText } from '../../lib/time';
import type { Side, Stint } from '../../store/nurse-timer';
import { weighedIntake, weighedOf, type Weighed } from '../weighed';
import { readNumber, trim } from '../pump-draft';
import type { Shape } from './entry-form.svelte';
import { openLetDown, readLetDown, type LetDownFields } from './nurse-let-down';
import { just, numberOf, openAmount, openAt, openCommon, readAmount, readCommon, readMinutes, together, unreadable, type Common, type Reading } from './fields';

export interface StintFields {
  side: Side;
  minutes: string;
  pause_min: number | null;
  /** What else the journal holds of it. */
  rest: Fields;
}

export interface NurseFields extends Common, LetDownFields {
  stints: StintFields[];
  /** How long all of it took, where no stints are known or that was logged beside them. */
  whole: string;
  amount: string;
  unit: Unit;
  /** The baby on the scale (g). */
  before: string;
  after: string;
}

/** A nursing that the timer saw. */
export interface Timed {
  readonly start_ms: number;
  readonly stints: readonly Stint[];
  /** When milk first let down, in seconds since the start, where she said so. */
  readonly let_down_s?: number;
}

const MINUTE_MS = 60_000;

/** A new nursing without a timer has just ended, so that its time is the end; else the time is the beginning. */
export const nurseShape = (unit: Unit, timed: Timed | null, firstSide: Side): Shape<NurseFields> => ({
  open: (body, now) => ({
    ...openCommon(body, now),
    ...(timed ? openAt(zonedText(new Date(timed.start_ms))) : {}),
    ...openAmount(body, 'intake', unit),
    ...openWeighed(body),
    ...openLetDown(timed?.let_down_s === undefined ? body : { first_let_down_s: timed.let_down_s }),
    stints: openStints(body, timed, firstSide),
    whole: trimmed(numberOf(body, 'minutes')),
  }),
  read: (fields, now, body) => {
    const said = together(
      readStints(fields, body),
      readLetDown(fields, body),
      readWeighed(fields, body),
      readAmount(fields.amount, fields.unit, 'intake'),
      readCommon(fields, now),
    );
    if (!said.ok || body || timed) return said;
    const unmoved = fields.at === fields.was.slice(0, 16);
    const end_ms = (unmoved ? readMoment(fields.was)?.epoch_ms : undefined) ?? Date.parse(fields.at);
    const start = new Date(end_ms - Math.round(length_min(said.fields) * MINUTE_MS));
    return together(said, just({ start: zonedText(start) }));
  },
});

/** What the scale says the baby drank, as far as both weights are there and the baby gained. */
export function drankByScale({ before, after }: Pick<NurseFields, 'before' | 'after'>): Weighed | null {
  const [before_g, after_g] = [readNumber(before), readNumber(after)];
  return typeof before_g === 'number' && typeof after_g === 'number' ? weighedIntake({ before_g, after_g }) : null;
}

/** The breast to begin with: the one the last nursing did not end on. */
export function lastSideOf(lines: readonly Line[]): Side | null {
  const last = lines.find(({ kind }) => kind === 'nurse');
  return last ? (openStints(last.body, null, 'left').at(-1)?.side ?? null) : null;
}

function openStints(body: Fields | null, timed: Timed | null, firstSide: Side): StintFields[] {
  if (timed) {
    return timed.stints.map(({ side, minutes, pause_before_min }) => ({
      side,
      minutes: trim(minutes),
      pause_min: pause_before_min ?? null,
      rest: {},
    }));
  }
  if (!body) return [{ side: firstSide, minutes: '', pause_min: null, rest: {} }];
  const stints = Array.isArray(body['stints']) ? (body['stints'] as unknown[]) : [];
  return stints.flatMap((stint) => {
    if (typeof stint !== 'object' || stint === null) return [];
    const { side, minutes, pause_before_min, ...rest } = stint as Record<string, unknown>;
    if (side !== 'left' && side !== 'right') return [];
    const pause_min = typeof pause_before_min === 'number' ? pause_before_min : null;
    return [{ side, minutes: trimmed(minutes), pause_min, rest }];
  });
}

function openWeighed(body: Fields | null): Pick<NurseFields, 'before' | 'after'> {
  const weighed = weighedOf(body);
  return { before: trimmed(weighed?.before_g), after: trimmed(weighed?.after_g) };
}

/** Below this nobody weighs anything in grams: it was kilograms or pounds. */
const LEAST_G = 200;

function readWeighed({ before, after }: NurseFields, body: Fields | null): Reading {
  const was = openWeighed(body);
  if (body && was.before === before && was.after === after) return just(body['weighed'] === undefined ? {} : { weighed: body['weighed'] });
  if (before.trim() === '' && after.trim() === '') return just({});
  const [before_g, after_g] = [readNumber(before), readNumber(after)];
  if (typeof before_g !== 'number' || typeof after_g !== 'number') {
    return unreadable('weighed', 'Write both weights in grams, like 4120 and 4195, or leave both empty.');
  }
  if (before_g < LEAST_G || after_g < LEAST_G) return unreadable('weighed', 'These weights are in grams: 4.12 kg is 4120.');
  const { weighed } = body ?? {};
  const rest = typeof weighed === 'object' && weighed !== null ? weighed : {};
  return just({ weighed: { ...rest, before_g, after_g } });
}

/** Stints that stand keep the length that was logged beside them; changed ones are their own length. */
function readStints({ stints, whole }: NurseFields, body: Fields | null): Reading {
  const read = [];
  for (const { side, minutes, pause_min, rest } of stints) {
    const length = readNumber(minutes);
    if (length === 'unreadable') return unreadable('stints', 'Write the minutes as a number, like 12.');
    read.push({
      side,
      ...(length === null ? {} : { minutes: length }),
      ...(pause_min === null ? {} : { pause_before_min: pause_min }),
      ...rest,
    });
  }
  if (read.length === 0) return readMinutes(whole, 'minutes');
  const before = body ? openStints(body, null, 'left') : [];
  const stand = JSON.stringify(before) === JSON.stringify(stints);
  return together(just({ stints: stand && body ? body['stints'] : read }), stand ? readMinutes(whole, 'minutes') : just({}));
}

function length_min(fields: Fields): number {
  const stints = (fields['stints'] ?? []) as Partial<Stint>[];
  const whole = typeof fields['minutes'] === 'number' ? fields['minutes'] : 0;
  return stints.reduce((sum, { minutes = 0, pause_before_min = 0 }) => sum + minutes + pause_before_min, whole);
}

const trimmed = (value: unknown) => (typeof value === 'number' ? trim(value) : '');
