/** What was once said about the columns of a table, remembered on this device by their names. */

import type { Sample } from '../../engine/importer/shapes';
import { readJson, record, string } from '../../lib/validate';
import * as memory from '../../store/memory';

const KEY = 'letdown.import-maps';
/** More kinds of tables than anybody keeps. */
const MOST = 20;

type Headed = readonly Pick<Sample, 'columns'>[];

const headOf = (tables: Headed) =>
  [...new Set(tables.flatMap(({ columns }) => columns))].map((name) => name.trim().toLowerCase()).join('\t');

const known = (): Record<string, string> => {
  const read = readJson(record(string), memory.recall(KEY), 'what columns mean');
  return read.ok ? read.value : {};
};

export const recallMap = (tables: Headed): string | null => known()[headOf(tables)] ?? null;

export function keepMap(tables: Headed, map: string): void {
  const head = headOf(tables);
  if (head === '') return;
  const others = Object.entries(known()).filter(([other]) => other !== head);
  memory.keep(KEY, JSON.stringify(Object.fromEntries([[head, map], ...others].slice(0, MOST))));
}
