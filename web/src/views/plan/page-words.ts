/** Numbers, days and names as the page says them: the same words as the PDF of the command. */

import type { Range, Report, Seen } from '../../engine/advice/report';
import { shortDay } from '../../lib/time';

const MOST_LETTERS = 22;
const MINUS = '\u2212';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

interface Date_ {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

function dateOf(text: string): Date_ | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})/.exec(text);
  return found ? { year: Number(found[1]), month: Number(found[2]), day: Number(found[3]) } : null;
}

const monthOf = ({ month }: Date_) => MONTHS[month - 1] ?? '';

/** "Milk log of Anna". */
export function title({ heading }: Report): string {
  const name = heading.mother?.trim() ?? '';
  return name === '' ? 'Milk log' : `Milk log of ${shortened(name, MOST_LETTERS)}`;
}

/** What a baby is called on the page. */
export function baby(name: string | null, place: number, of: number): string {
  const said = name?.trim() ?? '';
  if (said !== '') return shortened(said, MOST_LETTERS);
  return of === 1 ? 'the baby' : `baby ${place + 1}`;
}

function shortened(text: string, most: number): string {
  const letters = Array.from(text);
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('').trimEnd()}…`;
}

/** "24 Nov 2026". */
export function day(text: string): string {
  const date = dateOf(text);
  return date ? `${date.day} ${monthOf(date)} ${date.year}` : text;
}

/** "24 Nov". */
export function dayAndMonth(text: string): string {
  const date = dateOf(text);
  return date ? `${date.day} ${monthOf(date)}` : shortDay(text);
}

/** "9 to 22 Nov 2026", "28 Oct to 10 Nov 2026". */
export function days(from: string, to: string): string {
  const [a, b] = [dateOf(from), dateOf(to)];
  if (!a || b?.year !== a.year) return `${day(from)} to ${day(to)}`;
  if (a.month !== b.month) return `${dayAndMonth(from)} to ${day(to)}`;
  return a.day === b.day ? day(from) : `${a.day} to ${day(to)}`;
}

/** "24 Nov 2026, 15:10 (Europe/Berlin)". */
export function moment(text: string): string {
  const found = /T(\d{2}:\d{2})[^[]*(?:\[([^\]]+)\])?/.exec(text);
  const zone = found?.[2] === undefined ? '' : ` (${found[2]})`;
  return found ? `${day(text)}, ${found[1]}${zone}` : text;
}

/** "40 min", "3 h", "5 days". */
export function span(hours: number): string {
  if (hours < 1) return counted(Math.round(60 * hours), 'min', 'min');
  return hours < 48 ? counted(Math.round(hours), 'h', 'h') : counted(Math.round(hours / 24), 'day', 'days');
}

/** "9 days", "7 weeks", "5 months". */
export function age(days: number): string {
  if (days < 0) return `${counted(-days, 'day', 'days')} before term`;
  if (days < 14) return counted(days, 'day', 'days');
  if (days < 92) return counted(Math.trunc(days / 7), 'week', 'weeks');
  return days < 731 ? counted(Math.floor(days / 30.4375), 'month', 'months') : counted(Math.floor(days / 365.25), 'year', 'years');
}

/** "1 day", "12 days". */
export const counted = (n: number, one: string, many: string) => `${whole(n)} ${Math.round(n) === 1 ? one : many}`;

/** "1,090". */
export function whole(x: number): string {
  const rounded = Math.round(Math.abs(x));
  const text = rounded.toLocaleString('en');
  return x < 0 && rounded !== 0 ? `${MINUS}${text}` : text;
}

/** "+0.4", "−1.2", "0.0". */
export function signedTenth(x: number): string {
  const text = Math.abs(x).toFixed(1);
  if (text === '0.0') return text;
  return `${x < 0 ? MINUS : '+'}${text}`;
}

/** "4.12": kg of grams. */
export const kg = (grams: number) => (grams / 1000).toFixed(2);

/** A number with as many digits as its size asks for: "7", "7.5", "138". */
export const number = (x: number) => (Math.abs(x) < 20 && 0.05 < Math.abs(x - Math.round(x)) ? x.toFixed(1) : whole(x));

/** "6 to 8", "7". */
export const spanOf = (least: string, most: string) => (least === most ? least : `${least} to ${most}`);

/** What was logged: the middle and "6 to 8". */
export const seen = ({ middle, least, most }: Seen): [string, string] => [number(middle), spanOf(number(least), number(most))];

/** What is reckoned, to 10 as the body does: the middle and "740 to 900". */
export function likely({ p10, p50, p90 }: Range): [string, string] {
  const ten = (x: number) => whole(10 * Math.round(x / 10));
  return [ten(p50), spanOf(ten(p10), ten(p90))];
}

export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
