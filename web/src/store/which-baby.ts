/** Whose an entry is. It is asked and said where there are several babies, and not otherwise. */

import type { Fields } from '../engine/calls';
import type { Baby } from '../engine/shapes';
import * as memory from './memory';

/** The kinds that are about a baby. */
const ABOUT_A_BABY = ['nurse', 'bottle', 'weight', 'diaper'];

/** Whether to ask: there are several, and the kind is about one. */
export const asksWhose = (kind: string, babies: readonly Baby[]) => 1 < babies.length && ABOUT_A_BABY.includes(kind);

/** What the baby of that name is called now. */
export const calledNow = (name: string, babies: readonly Baby[]): string =>
  (babies.find((baby) => baby.name === name) ?? babies.find(({ also }) => also.includes(name)))?.name ?? name;

/** Whose an entry is, where that needs saying; else empty. */
export function whose(body: Fields, babies: readonly Baby[]): string {
  const name = typeof body['baby'] === 'string' ? body['baby'].trim() : '';
  return name === '' || babies.length < 2 ? '' : calledNow(name, babies);
}

const key = (kind: string) => `letdown.baby.${kind}`;

/** The baby that was chosen last for this kind; empty when none was, or it is gone. */
export function recallBaby(kind: string, babies: readonly Baby[]): string {
  const name = calledNow(memory.recall(key(kind)) ?? '', babies);
  return babies.some((baby) => baby.name === name) ? name : '';
}

export const keepBaby = (kind: string, name: string) => memory.keep(key(kind), name);
