/** What the worker does for each call: the engine's own methods, with the present and the randomness they ask for. */

import type { Args, JournalMethod, Method, TwinMethod } from './calls';
import type { Message } from './bridge';
import { EXAMPLE_SEED_BYTES, RANDOM_PER_ENTRY, type Engine, type TwinEngine } from './contract';

export interface Outside<E> {
  readonly engine: (device: string) => E;
  /** The present as RFC 9557 text. */
  readonly now: () => string;
  readonly random: (bytes: number) => Uint8Array;
}

export type Handlers<M extends Method> = { readonly [N in M]: (...args: Args[N]) => unknown };

/** The engine of a worker, once it was started. */
export function started<E>(outside: Outside<E>): { start: (device: string) => void; engine: () => E } {
  let running: E | null = null;
  return {
    start: (device) => void (running = outside.engine(device)),
    engine: () => {
      if (!running) throw new Error('The engine was called before it was started.');
      return running;
    },
  };
}

export const bytesOf = (entries: string) => new TextEncoder().encode(entries);

export function handlersOf(outside: Outside<Engine>): Handlers<JournalMethod> {
  const { start, engine } = started(outside);
  const { now, random } = outside;
  const forEntries = (n: number) => random(RANDOM_PER_ENTRY * n);

  return {
    start,
    add: (entries) => engine().add(bytesOf(entries)),
    entryCount: () => engine().entry_count(),
    hasExample: () => engine().has_example(),
    logPump: (draft) => engine().log_pump(JSON.stringify(draft), now(), forEntries(1)),
    log: (kind, fields) => engine().log(kind, JSON.stringify(fields), now(), forEntries(1)),
    edit: (root, fields) => engine().edit(root, JSON.stringify(fields), now(), forEntries(1)),
    remove: (root) => engine().remove(root, now(), forEntries(1)),
    restore: (root) => engine().restore(root, now(), forEntries(1)),
    undoImport: (batch, n) => engine().undo_import(batch, now(), forEntries(n)),
    example: () => engine().example(now(), random(EXAMPLE_SEED_BYTES)),
    clearExample: () => engine().clear_example(now(), forEntries(engine().example_count())),
    babies: () => engine().babies(),
    sessions: (limit) => engine().sessions(now(), limit),
    find: (query) => engine().find(JSON.stringify(query), now()),
    readAhead: (most) => engine().read_ahead(most),
    history: (days) => engine().history(now(), days),
    today: () => engine().today(now()),
    coachKnows: () => engine().coach_knows(now()),
    trials: () => engine().trials(now()),
    nextOfTrial: () => engine().next_of_trial(now(), forEntries(1)),
    turnTrial: (goOn) => engine().turn_trial(goOn, now(), forEntries(1)),
  };
}

export function twinHandlersOf(outside: Outside<TwinEngine>): Handlers<TwinMethod> {
  const { start, engine } = started(outside);
  const { now } = outside;
  return {
    start,
    add: (entries) => engine().add(bytesOf(entries)),
    takeIn: () => engine().take_in(now()),
    fit: () => engine().fit(now()),
    keepFit: () => engine().keep_fit(),
    rememberFit: (fit) => engine().remember_fit(fit),
    today: () => engine().today(now()),
    forecast: (days) => engine().forecast(now(), days),
    lately: (days) => engine().lately(now(), days),
    coachKnows: () => engine().coach_knows(now()),
  };
}

/** Carries out one call; what the engine throws is a sentence for a person. */
export function answer(handlers: Readonly<Record<string, unknown>>, { id, method, args }: Message) {
  try {
    const handler = handlers[method] as (...args: readonly unknown[]) => unknown;
    return { id, ok: true, value: handler(...args) };
  } catch (thrown) {
    return { id, ok: false, value: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}
