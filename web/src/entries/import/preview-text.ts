const KINDS: Record<string, [one: string, many: string]> = {
  pump: ['pump session', 'pump sessions'],
  nurse: ['nursing', 'nursings'],
  bottle: ['bottle', 'bottles'],
  weight: ['weight', 'weights'],
  diaper: ['nappy', 'nappies'],
};

export const kindText = (kind: string, n: number) => KINDS[kind]?.[n === 1 ? 0 : 1] ?? kind;

const ROWS_NAMED = 6;

/** Rows that say the same, said once: "row 3", "rows 3, 8 and 12 more". */
export function grouped(notes: readonly { readonly row: number; readonly text: string }[]) {
  const rows = new Map<string, number[]>();
  for (const { row, text } of notes) rows.set(text, [...(rows.get(text) ?? []), row]);
  return [...rows].map(([text, all]) => ({ text, count: all.length, where: whereText(all) }));
}

function whereText(rows: readonly number[]): string {
  const named = rows.slice(0, ROWS_NAMED).join(', ');
  const more = rows.length - ROWS_NAMED;
  return `${rows.length === 1 ? 'row' : 'rows'} ${named}${0 < more ? ` and ${more} more` : ''}`;
}
