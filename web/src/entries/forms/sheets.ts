/** The sheet of each kind, loaded when somebody opens it. */

import type { Component, Snippet } from 'svelte';
import type { SheetProps } from './entry-form.svelte';

export type EntrySheetComponent = Component<SheetProps & { kinds?: Snippet }>;

const SHEETS: Record<string, () => Promise<{ default: EntrySheetComponent }>> = {
  nurse: () => import('./NurseSheet.svelte'),
  bottle: () => import('./BottleSheet.svelte'),
  diaper: () => import('./DiaperSheet.svelte'),
  weight: () => import('./WeightSheet.svelte'),
  drink: () => import('./DrinkSheet.svelte'),
  feeling: () => import('./FeelingSheet.svelte'),
  letdown: () => import('./LetdownSheet.svelte'),
  note: () => import('./NoteSheet.svelte'),
  pump: () => import('./MilkSheet.svelte'),
  hand: () => import('./MilkSheet.svelte'),
};

export async function loadSheet(kind: string): Promise<EntrySheetComponent> {
  const load = SHEETS[kind] ?? (() => import('./PlainSheet.svelte'));
  return (await load()).default;
}

export const NOT_LOADED = 'This part of the page did not load. Your log is safe; reload the page to try again.';
