/** What the log calls each kind of entry, and how it is told apart at a glance. */

import type { IconName } from '../lib/ui/icons';

/** `milk` is what leaves or feeds, `reflex` what she feels, `plain` the rest. */
export type Tone = 'milk' | 'reflex' | 'plain';

export interface Kind {
  readonly name: string;
  readonly icon: IconName;
  readonly tone: Tone;
}

const KINDS = {
  pump: { name: 'Pump', icon: 'drop', tone: 'milk' },
  nurse: { name: 'Nursing', icon: 'breast', tone: 'milk' },
  bottle: { name: 'Bottle', icon: 'bottle', tone: 'milk' },
  diaper: { name: 'Diaper', icon: 'diaper', tone: 'plain' },
  weight: { name: 'Weight', icon: 'weight', tone: 'plain' },
  drink: { name: 'Drink', icon: 'cup', tone: 'plain' },
  feeling: { name: 'Feeling', icon: 'face', tone: 'reflex' },
  letdown: { name: 'Let-down', icon: 'waves', tone: 'reflex' },
  note: { name: 'Note', icon: 'page', tone: 'plain' },
  hand: { name: 'By hand', icon: 'hand', tone: 'milk' },
  bag: { name: 'Bag', icon: 'bottle', tone: 'milk' },
  cue: { name: 'Cue', icon: 'waves', tone: 'reflex' },
  symptom: { name: 'Symptom', icon: 'care', tone: 'plain' },
  medicine: { name: 'Medicine', icon: 'care', tone: 'plain' },
  plan: { name: 'Plan', icon: 'chart', tone: 'plain' },
  trial: { name: 'Trial', icon: 'chart', tone: 'plain' },
  assignment: { name: 'Trial draw', icon: 'chart', tone: 'plain' },
  device: { name: 'Equipment', icon: 'sliders', tone: 'plain' },
  mother: { name: 'You', icon: 'face', tone: 'plain' },
  baby: { name: 'Baby', icon: 'face', tone: 'plain' },
} as const satisfies Record<string, Kind>;

export type KnownKind = keyof typeof KINDS;

/** What can be written down here, the most frequent first. */
export const LOGGED = ['pump', 'nurse', 'bottle', 'diaper', 'weight', 'drink', 'feeling', 'letdown', 'note'] as const satisfies KnownKind[];
export type LoggedKind = (typeof LOGGED)[number];

export const ALL_KINDS: readonly { readonly kind: string; readonly name: string }[] = Object.entries(KINDS).map(
  ([kind, { name }]) => ({ kind, name }),
);

/** Kinds that are called so here and by another word in the journal, so that a search for their name finds them. */
export function kindsNamed(text: string): string[] {
  const wanted = text.toLowerCase();
  if (wanted.length < 3) return [];
  return ALL_KINDS.flatMap(({ kind, name }) => (name.toLowerCase().includes(wanted) && !kind.includes(wanted) ? [kind] : []));
}

/** A kind of a later version is listed under its own word. */
export function kindOf(kind: string): Kind {
  return isKnown(kind) ? KINDS[kind] : { name: kind.replaceAll('_', ' '), icon: 'list', tone: 'plain' };
}

const isKnown = (kind: string): kind is KnownKind => Object.hasOwn(KINDS, kind);
