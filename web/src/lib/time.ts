/**
 * Times as the log's owner reads them. The engine speaks RFC 9557 (`2026-11-24T03:10:00+01:00[Europe/Berlin]`); the
 * clock on the screen is the one in that text, whatever zone this phone is in now.
 */

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

export interface Moment {
  readonly text: string;
  /** The calendar day in its own zone, `2026-11-24`. */
  readonly day: string;
  readonly hour: number;
  readonly minute: number;
  readonly epoch_ms: number;
}

const RFC_9557 = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})/;

export function readMoment(text: string): Moment | null {
  const found = RFC_9557.exec(text);
  const epoch_ms = Date.parse(found?.[0] ?? '');
  if (!found || Number.isNaN(epoch_ms)) return null;
  const [, day = '', hour, minute] = found;
  return { text, day, hour: Number(hour), minute: Number(minute), epoch_ms };
}

/** The present as RFC 9557 text. A browser that does not know its zone gives the bare offset in its place. */
export function zonedText(at: Date, zone: string = ownZone()): string {
  const ahead_min = -at.getTimezoneOffset();
  const wall = new Date(at.getTime() + ahead_min * MINUTE_MS).toISOString().slice(0, 19);
  const sign = ahead_min < 0 ? '-' : '+';
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
  const offset = `${sign}${two(Math.abs(ahead_min) / 60)}:${two(Math.abs(ahead_min) % 60)}`;
  return `${wall}${offset}[${zone === '' ? offset : zone}]`;
}

export function ownZone(): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zone === 'Etc/Unknown' ? '' : zone;
}

/** The value of a `datetime-local` field, to the minute. */
export function fieldText(at: Date): string {
  return zonedText(at).slice(0, 16);
}

/** The day of a `Date` on this phone's clock. */
export function dayOf(at: Date): string {
  return zonedText(at).slice(0, 10);
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

export function addDays(day: string, n: number): string {
  return new Date(Date.parse(day) + n * DAY_MS).toISOString().slice(0, 10);
}

// The page speaks English; the clock and the order of day and month are those she is used to.
const languages = typeof navigator === 'undefined' ? [] : navigator.languages;
const ENGLISH = languages.find((tag) => tag.startsWith('en')) ?? 'en-GB';
const HOUR12 = new Intl.DateTimeFormat(languages[0] ?? ENGLISH, { hour: 'numeric' }).resolvedOptions().hour12 ?? false;

const dayFormat = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(ENGLISH, { ...options, timeZone: 'UTC' });
const SHORT_DAY = dayFormat({ day: 'numeric', month: 'short' });
const WEEK_DAY = dayFormat({ weekday: 'short', day: 'numeric', month: 'short' });
const LONG_DAY = dayFormat({ weekday: 'long', day: 'numeric', month: 'long' });

export const shortDay = (day: string) => SHORT_DAY.format(Date.parse(day));
export const weekDay = (day: string) => WEEK_DAY.format(Date.parse(day));
export const longDay = (day: string) => LONG_DAY.format(Date.parse(day));

/** "Today", "Yesterday", else the weekday and date. */
export function dayName(day: string, today: string): string {
  const back = daysBetween(day, today);
  if (back === 0) return 'Today';
  if (back === 1) return 'Yesterday';
  return back === -1 ? 'Tomorrow' : longDay(day);
}

export function clock(hour: number, minute: number, hour12 = HOUR12): string {
  const mm = String(minute).padStart(2, '0');
  if (!hour12) return `${String(hour).padStart(2, '0')}:${mm}`;
  return `${hour % 12 === 0 ? 12 : hour % 12}:${mm}\u00a0${hour < 12 ? 'am' : 'pm'}`;
}

export const clockOf = (at: Moment) => clock(at.hour, at.minute);

/** When a session that began at `start` ended, on the same clock. */
export function clockAfter(start: Moment, minutes: number): string {
  const total = (start.hour * 60 + start.minute + Math.round(minutes)) % (24 * 60);
  return clock(Math.floor(total / 60), total % 60);
}
