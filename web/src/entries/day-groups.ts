import type { Session } from '../engine/shapes';

export interface DayGroup {
  readonly day: string;
  readonly sessions: readonly Session[];
  readonly output_ml: number | null;
  readonly pumps: number;
}

/** Sessions by the day they began, in the order given (newest first). */
export function byDay(sessions: readonly Session[]): DayGroup[] {
  const days = new Map<string, Session[]>();
  for (const session of sessions) days.set(session.at.day, [...(days.get(session.at.day) ?? []), session]);
  return [...days].map(([day, sessions]) => {
    const pumps = sessions.filter(({ kind }) => kind === 'pump');
    const volumes = pumps.flatMap(({ output_ml }) => (output_ml === null ? [] : [output_ml]));
    const output_ml = volumes.length === 0 ? null : volumes.reduce((sum, ml) => sum + ml, 0);
    return { day, sessions, output_ml, pumps: pumps.length };
  });
}
