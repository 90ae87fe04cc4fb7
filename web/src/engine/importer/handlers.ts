/** What the importer's worker does for each call. */

import { RANDOM_PER_ENTRY } from '../contract';
import type { Args, Method } from './calls';
import type { Importer } from './contract';

export interface Outside {
  readonly importer: (device: string) => Importer;
  /** The present as RFC 9557 text. */
  readonly now: () => string;
  readonly random: (bytes: number) => Uint8Array;
  /** Tells how many rows are read, and how many there are. */
  readonly tell: (done: number, all: number) => void;
}

export type Handlers = { readonly [M in Method]: (...args: Args[M]) => unknown };

export function handlersOf({ importer: start, now, random, tell }: Outside): Handlers {
  let started: Importer | null = null;
  const importer = (): Importer => {
    if (!started) throw new Error('The importer was called before it was started.');
    return started;
  };

  return {
    start: (device) => void (started = start(device)),
    add: (entries) => importer().add(entries),
    read: (files, answers) => importer().read([...files], JSON.stringify(answers), now(), tell),
    take: (n) => importer().take(now(), random(RANDOM_PER_ENTRY * n)),
    sample: (files, rows) => importer().sample([...files], rows),
    past: () => importer().past(),
    exportCsv: () => importer().export_csv(),
    exportLines: () => importer().export_lines(),
  };
}
