/** What a nursing says of its first let-down, and where it was. */

import type { Fields } from '../../engine/calls';
import { readNumber, trim } from '../pump-draft';
import { just, numberOf, textOf, unreadable, type Reading } from './fields';

/** `''` where nobody was asked yet; saved, that is as much as not being sure. */
export type LetDownCame = '' | 'yes' | 'no' | 'unsure';

export interface LetDownFields {
  letDown: LetDownCame;
  /** Seconds until the first one, or minutes and seconds, `1:30`. */
  firstAfter: string;
  place: string;
}

export const CAME = [
  { value: 'yes', text: 'Yes' },
  { value: 'no', text: 'No' },
  { value: 'unsure', text: 'Not sure' },
] as const;

export function openLetDown(body: Fields | null): LetDownFields {
  const first_s = numberOf(body, 'first_let_down_s');
  const came = body?.['let_down'];
  return {
    letDown: first_s !== null || came === true ? 'yes' : came === false ? 'no' : '',
    firstAfter: first_s === null ? '' : trim(first_s),
    place: textOf(body, 'place'),
  };
}

const MOST_S = 21_600;

export function readLetDown({ letDown, firstAfter, place }: LetDownFields, body: Fields | null): Reading {
  const where = place.trim() === '' ? {} : { place: place.trim() };
  if (letDown === 'no') return just({ let_down: false, ...where });
  if (letDown !== 'yes') return just(where);
  const first_let_down_s = secondsOf(firstAfter);
  if (first_let_down_s === 'unreadable') return unreadable('firstAfter', 'Write the seconds as a number, like 90, or minutes and seconds, like 1:30.');
  if (first_let_down_s === null) return just({ let_down: true, ...where });
  // The seconds say that it came; that it is said twice stays as it was.
  return just({ first_let_down_s, ...(body?.['let_down'] === true ? { let_down: true } : {}), ...where });
}

/** "90", "1:30". */
export function secondsOf(text: string): number | null | 'unreadable' {
  const clock = /^\s*(\d{1,3}):([0-5]\d)\s*$/.exec(text);
  const seconds = clock ? 60 * Number(clock[1]) + Number(clock[2]) : readNumber(text);
  return typeof seconds === 'number' && MOST_S < seconds ? 'unreadable' : seconds;
}

/** A step of the large buttons, on even quarters of a minute. */
export function steppedSeconds(text: string, direction: 1 | -1): string {
  const seconds = secondsOf(text);
  const from = typeof seconds === 'number' ? seconds : 45;
  const quarters = direction === 1 ? Math.floor(from / 15) + 1 : Math.ceil(from / 15) - 1;
  return trim(Math.max(0, 15 * quarters));
}

/** Seconds as they are said: "45 s", "1 min 30 s". */
export function secondsSaid(seconds: number): string {
  const whole = Math.round(seconds);
  const [min, s] = [Math.floor(whole / 60), whole % 60];
  if (min === 0) return `${s}\u00a0s`;
  return s === 0 ? `${min}\u00a0min` : `${min}\u00a0min ${s}\u00a0s`;
}
