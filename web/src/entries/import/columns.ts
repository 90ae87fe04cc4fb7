/** The columns of a hand-made table: which there are, what each can mean, and the answer as the engine reads it. */

const DELIMITERS = ['\t', ';', ','];

/** The names in the head of a table. Reading its rows is the engine's work. */
export function columnsOf(bytes: Uint8Array): string[] {
  const text = new TextDecoder().decode(bytes).replace(/^\uFEFF/, '');
  const head = text.split(/\r\n|\n|\r/).find((line) => line.trim() !== '') ?? '';
  const delimiter = DELIMITERS.find((candidate) => head.includes(candidate)) ?? ',';
  const cells = head.match(new RegExp(`("([^"]|"")*"|[^${delimiter}])+`, 'g')) ?? [];
  const names = cells.map((cell) => cell.trim().replace(/^"(.*)"$/, '$1').replaceAll('""', '"'));
  return [...new Set(names)].filter((name) => name !== '');
}

export type Kind = 'pump' | 'nurse' | 'bottle' | 'weight';

export const KINDS: readonly { readonly id: Kind; readonly text: string }[] = [
  { id: 'pump', text: 'a pump session' },
  { id: 'nurse', text: 'a nursing' },
  { id: 'bottle', text: 'a bottle' },
  { id: 'weight', text: 'a weight of the baby' },
];

export interface Meaning {
  readonly key: string;
  readonly text: string;
  readonly needed: boolean;
}

const meaning = (key: string, text: string, needed = false): Meaning => ({ key, text, needed });

const TIME = [meaning('time', 'When it began', true), meaning('date', 'The day, if it stands apart')];
const LENGTH = meaning('minutes', 'How many minutes');
const NOTE = meaning('note', 'A note');

export const MEANINGS: Readonly<Record<Kind, readonly Meaning[]>> = {
  pump: [
    ...TIME,
    meaning('volume', 'How much in all'),
    meaning('left', 'How much from the left'),
    meaning('right', 'How much from the right'),
    LENGTH,
    NOTE,
  ],
  nurse: [...TIME, meaning('side', 'Which side'), LENGTH, NOTE],
  bottle: [...TIME, meaning('volume', 'How much was drunk'), NOTE],
  weight: [...TIME, meaning('weight', 'The weight', true), NOTE],
};

/** `time=When,volume="Milk, mine",kind=pump` */
export function mapText(kind: Kind, chosen: Readonly<Record<string, string>>): string {
  const pairs = MEANINGS[kind].flatMap(({ key }) => {
    const column = chosen[key] ?? '';
    return column === '' ? [] : [`${key}=${quoted(column)}`];
  });
  return [...pairs, `kind=${kind}`].join(',');
}

const quoted = (name: string) => (/[,"=]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);
