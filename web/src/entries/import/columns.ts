/** What the columns of a hand-made table can mean, and the answer as the importer reads it (`--map` in docs/import.md). */

export interface Option {
  readonly value: string;
  readonly text: string;
}

export const KINDS: readonly Option[] = [
  { value: 'pump', text: 'a pump session' },
  { value: 'nurse', text: 'a nursing' },
  { value: 'bottle', text: 'a bottle' },
  { value: 'weight', text: 'a weight of the baby' },
  { value: 'diaper', text: 'a nappy' },
];

export const MILKS: readonly Option[] = [
  { value: '', text: 'not said' },
  { value: 'expressed', text: 'expressed milk' },
  { value: 'formula', text: 'formula' },
  { value: 'fortified', text: 'expressed, fortified' },
];

const AS_WRITTEN: Option = { value: '', text: 'as the table says' };
export const VOLUME_UNITS: readonly Option[] = [AS_WRITTEN, { value: 'ml', text: 'mL' }, { value: 'oz', text: 'oz' }];
export const WEIGHT_UNITS: readonly Option[] = [AS_WRITTEN, ...['kg', 'g', 'lb'].map((unit) => ({ value: unit, text: unit }))];

/** What stands behind these words instead of one answer for every row: the name of a column. */
export const COLUMN = 'column:';
export const isColumn = (value: string) => value.startsWith(COLUMN);

export interface Meaning {
  readonly key: string;
  readonly text: string;
  readonly needed: boolean;
  /** Most tables lack it. */
  readonly rare: boolean;
}

const meaning = (key: string, text: string, needed = false): Meaning => ({ key, text, needed, rare: false });
const rare = (key: string, text: string): Meaning => ({ key, text, needed: false, rare: true });

const BEGAN = [meaning('time', 'When it began', true), meaning('date', 'The day, if it stands apart')];
const LENGTH = [
  meaning('minutes', 'How many minutes'),
  rare('seconds', 'How many seconds'),
  rare('end', 'When it ended'),
];
const SIDES = [meaning('left', 'How much from the left'), meaning('right', 'How much from the right')];
const VOLUME = meaning('volume', 'How much in all');
const SIDE = meaning('side', 'Which side');
const SIDE_MINUTES = [meaning('left_minutes', 'Minutes on the left'), meaning('right_minutes', 'Minutes on the right')];
const WEIGHT = meaning('weight', 'The weight', true);
const FULL = [meaning('wet', 'Whether it was wet'), meaning('soiled', 'Whether it was soiled')];
const NOTE = meaning('note', 'A note');
const BABY = rare('baby', 'The baby’s name');

const BY_KIND: Readonly<Record<string, readonly Meaning[]>> = {
  pump: [VOLUME, ...SIDES, ...LENGTH],
  nurse: [SIDE, ...SIDE_MINUTES, ...LENGTH],
  bottle: [meaning('volume', 'How much was drunk')],
  weight: [WEIGHT],
  diaper: FULL,
};

const OF_ALL_KINDS = [VOLUME, ...SIDES, ...LENGTH, SIDE, ...SIDE_MINUTES, { ...WEIGHT, needed: false }, ...FULL].map((one) =>
  ['volume', 'minutes'].includes(one.key) ? one : { ...one, rare: true },
);

export const meaningsOf = (kind: string): readonly Meaning[] => [
  ...BEGAN,
  ...(BY_KIND[kind] ?? OF_ALL_KINDS),
  NOTE,
  ...(kind === 'pump' ? [] : [BABY]),
];

/** What a word in a column can be taken for. */
export const KIND_WORDS: readonly Option[] = [...KINDS, { value: 'skip', text: 'leave these rows out' }];
export const MILK_WORDS: readonly Option[] = MILKS.filter(({ value }) => value !== '');

export interface TableMap {
  /** `kind`, `unit`, `milk`: one answer for every row, or `column:` and the column that gives it. */
  readonly constants: Readonly<Record<string, string>>;
  /** Key to column. */
  readonly columns: Readonly<Record<string, string>>;
  /** What words in the table mean. */
  readonly words: Readonly<Record<string, string>>;
}

const CONSTANTS = ['kind', 'unit', 'milk', 'zone'];

/** `time=When,volume="Milk, mine",kind=column:Type,word:Abgepumpt=pump` */
export function mapText({ constants, columns, words }: TableMap): string {
  const keys = meaningsOf(constants['kind'] ?? '').map(({ key }) => key);
  const picked = keys.flatMap((key) => (columns[key] ? [`${key}=${quoted(columns[key])}`] : []));
  const fixed = CONSTANTS.flatMap((key) => {
    const value = constants[key] ?? '';
    if (value === '' || value === COLUMN) return [];
    return [`${key}=${isColumn(value) ? COLUMN + quoted(value.slice(COLUMN.length)) : value}`];
  });
  const said = Object.entries(words).filter(([, means]) => means !== '');
  return [...picked, ...fixed, ...said.map(([word, means]) => `word:${quoted(word)}=${means}`)].join(',');
}

/** What such a text says; `total` is another name of `volume`. */
export function readMap(text: string): TableMap {
  const map = { constants: {} as Record<string, string>, columns: {} as Record<string, string>, words: {} as Record<string, string> };
  for (const pair of text.match(/(?:"(?:[^"]|"")*"|[^,"])+/g) ?? []) {
    const word = pair.startsWith('word:');
    const at = word ? pair.lastIndexOf('=') : pair.indexOf('=');
    const key = pair.slice(0, at).trim();
    const value = pair.slice(at + 1).trim();
    if (at < 0) continue;
    if (word) map.words[unquoted(key.slice('word:'.length))] = value;
    else if (!CONSTANTS.includes(key)) map.columns[key === 'total' ? 'volume' : key] = unquoted(value);
    else map.constants[key] = isColumn(value) ? COLUMN + unquoted(value.slice(COLUMN.length)) : value;
  }
  return map;
}

/** The map with the columns as this table writes them; those it lacks are gone. */
export function fitted({ constants, columns, words }: TableMap, has: readonly string[]): TableMap {
  const own = (name: string) => has.find((column) => column.toLowerCase() === name.toLowerCase());
  const pick = (entries: [string, string][], find: (value: string) => string | undefined) =>
    Object.fromEntries(entries.flatMap(([key, value]) => (find(value) === undefined ? [] : [[key, find(value)]]))) as Record<string, string>;
  const constant = (value: string) => {
    if (!isColumn(value)) return value;
    const column = own(value.slice(COLUMN.length));
    return column === undefined ? undefined : COLUMN + column;
  };
  return { constants: pick(Object.entries(constants), constant), columns: pick(Object.entries(columns), own), words };
}

const quoted = (name: string) => (/[,"=]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);
const unquoted = (name: string) => (/^".*"$/s.test(name.trim()) ? name.trim().slice(1, -1).replaceAll('""', '"') : name.trim());

/** More different words than this are no answers but text. */
const MOST_WORDS = 12;

/** The different words of a column, in the order they come; none when there are too many to be kinds of something. */
export function wordsOf(column: string, columns: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const at = columns.indexOf(column);
  const words = [...new Set(rows.map((row) => row[at] ?? ''))].filter((word) => word !== '');
  return words.length <= MOST_WORDS ? words : [];
}
