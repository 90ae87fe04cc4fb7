/** The engine's worker and the journal's server, in this process: for tests of what the page does between the two. */

import type { AdviceBridge } from '../src/engine/advice/bridge';
import { readReply as readAdvice } from '../src/engine/advice/calls';
import { handlersOf as adviceHandlersOf } from '../src/engine/advice/handlers';
import { Bridge, EngineBridge, ImporterBridge, type Message, type WorkerLike } from '../src/engine/bridge';
import { bundleOf, type Envelope } from '../src/engine/envelopes';
import { answer, handlersOf, twinHandlersOf } from '../src/engine/handlers';
import { handlersOf as importerHandlersOf } from '../src/engine/importer/handlers';
import { err, ok, type Result } from '../src/lib/result';
import { zonedText } from '../src/lib/time';
import { ImportReader } from '../src/store/import-reader';
import type { KeptFit } from '../src/store/kept-fit';
import type { EntriesPage, Server } from '../src/store/server';
import { readSessionReply, sessionHandlers, type SessionArgs, type SessionReplies } from '../src/engine/session';
import { Advice } from './fake-advice';
import { Engine } from './fake-engine';
import { Importer } from './fake-importer';
import { inside, Session } from './fake-session';

const now = () => zonedText(new Date());
const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));

export function inProcessBridge(): EngineBridge {
  const handlers = handlersOf({ engine: (device) => new Engine(device), now, random });
  return new EngineBridge(() => new Echo((request) => answer(handlers, request)));
}

export function inProcessTwin(): EngineBridge {
  const handlers = twinHandlersOf({ engine: (device) => new Engine(device), now, random });
  return new EngineBridge(() => new Echo((request) => answer(handlers, request)));
}

/** Whoever advises; what its worker was asked is kept in `workers`. */
export function inProcessAdvice(workers: Echo[] = []): AdviceBridge {
  const handlers = adviceHandlersOf({ engine: (device) => new Advice(device), now, random });
  return new Bridge(() => {
    const worker = new Echo((request) => answer(handlers, request));
    workers.push(worker);
    return worker;
  }, readAdvice);
}

export function inProcessSession(): Bridge<SessionArgs, SessionReplies> {
  const handlers = sessionHandlers(Session, inside);
  return new Bridge(() => new Echo((request) => answer(handlers, request)), readSessionReply);
}

/** The importer; what each of its workers was asked is kept in `workers`. */
export function inProcessReader(server: Server, device: string, workers: Echo[] = []): ImportReader {
  const bridge = new ImporterBridge(() => {
    let running = 0;
    const handlers = importerHandlersOf({
      importer: (name) => new Importer(name),
      now,
      random,
      tell: (done, all) => worker.say({ id: running, progress: { done, all } }),
    });
    const worker = new Echo((request) => {
      running = request.id;
      return answer(handlers, request);
    });
    workers.push(worker);
    return worker;
  });
  return new ImportReader(bridge, server, device);
}

/** A worker that replies as the given function says, a little later. */
export class Echo implements WorkerLike {
  readonly seen: Message[] = [];
  terminated = false;
  #reply: (request: Message) => unknown;
  #onmessage: (event: { data: unknown }) => void = () => undefined;
  #onerror: () => void = () => undefined;

  constructor(reply: (request: Message) => unknown) {
    this.#reply = reply;
  }

  postMessage(request: Message): void {
    this.seen.push(request);
    queueMicrotask(() => this.#onmessage({ data: this.#reply(request) }));
  }

  addEventListener(type: 'message' | 'error', listener: ((event: { data: unknown }) => void) | (() => void)): void {
    if (type === 'message') this.#onmessage = listener;
    else this.#onerror = listener as () => void;
  }

  /** Says something unasked. */
  say(data: unknown): void {
    this.#onmessage({ data });
  }

  crash(): void {
    this.#onerror();
  }

  terminate(): void {
    this.terminated = true;
  }
}

/** A browser that keeps a fit, as far as this process goes. */
export function memoryFit(fit: Uint8Array | null = null): KeptFit & { fit: Uint8Array | null } {
  const shelf = {
    fit,
    read: () => Promise.resolve(shelf.fit),
    write: (newer: Uint8Array) => {
      shelf.fit = newer;
      return Promise.resolve();
    },
  };
  return shelf;
}

/** Keeps entries as the real server does, and fails when told to. */
export class MemoryServer implements Server {
  readonly stored: Envelope[] = [];
  /** What happens to the next push: the request is lost, or it is stored and the reply is lost. */
  next: 'works' | 'request lost' | 'reply lost' = 'works';
  /** The most it gives at once. */
  page = Infinity;
  /** Behind this many it does not answer. */
  lostAfter: number | null = null;

  pull(after: number): Promise<Result<EntriesPage>> {
    if (this.lostAfter !== null && this.lostAfter <= after) return Promise.resolve(err('unreachable', 'No answer.'));
    const next = Math.min(this.stored.length, after + this.page);
    return Promise.resolve(ok({ entries: bundleOf(this.stored.slice(after, next)), next, more: next < this.stored.length }));
  }

  push(entries: readonly Envelope[]): Promise<Result<null>> {
    const fate = this.next;
    this.next = 'works';
    if (fate === 'request lost') return Promise.resolve(err('unreachable', 'No answer.'));
    const fresh = entries.filter(({ id }) => !this.stored.some((known) => known.id === id));
    const taken = fresh.some((entry) => this.stored.some((known) => numberOf(known) === numberOf(entry)));
    if (taken) return Promise.resolve(err('conflict', 'That number is taken.'));
    this.stored.push(...fresh);
    return Promise.resolve(fate === 'reply lost' ? err('unreachable', 'No answer.') : ok(null));
  }
}

function numberOf({ text }: Envelope): string {
  const { device, seq } = JSON.parse(text) as { device: string; seq: number };
  return `${device} ${String(seq)}`;
}
