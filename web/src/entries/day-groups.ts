import type { Line } from '../engine/shapes';

export interface DayGroup {
  readonly day: string;
  readonly lines: readonly Line[];
  readonly output_ml: number | null;
  readonly pumps: number;
}

/** Entries by the day they began, in the order given (newest first). */
export function byDay(lines: readonly Line[]): DayGroup[] {
  const days = new Map<string, Line[]>();
  for (const line of lines) {
    const day = days.get(line.at.day);
    if (day) day.push(line);
    else days.set(line.at.day, [line]);
  }
  return [...days].map(([day, lines]) => {
    const pumps = lines.filter(({ kind }) => kind === 'pump' || kind === 'hand');
    const volumes = pumps.flatMap(({ output_ml }) => (output_ml === null ? [] : [output_ml]));
    const output_ml = volumes.length === 0 ? null : volumes.reduce((sum, ml) => sum + ml, 0);
    return { day, lines, output_ml, pumps: pumps.length };
  });
}
