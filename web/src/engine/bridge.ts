/**
 * The page's side of a worker. Calls queue up and are answered one at a time, in order; each carries an id, its answer
 * is read before it is believed, and an `AbortSignal` takes back a call nobody waits for any more.
 */

import { asSentence, err, type Problem, type Result } from '../lib/result';
import { boolean, count, object, read } from '../lib/validate';
import { readAnswer, type Answer, type Args, type Method } from './calls';
import { readReply, type Args as ImporterArgs, type Replies } from './importer/calls';

export interface Message {
  readonly id: number;
  readonly method: string;
  readonly args: readonly unknown[];
}

/** What the bridge needs of a `Worker`; a test gives its own. */
export interface WorkerLike {
  postMessage(message: Message): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'error', listener: () => void): void;
  terminate(): void;
}

interface Waiting {
  readonly request: Message;
  readonly settle: (answer: Result<unknown>) => void;
  readonly watch: Watch | undefined;
}

/** How far a long call is. */
export interface Progress {
  readonly done: number;
  readonly all: number;
}

export type Watch = (progress: Progress) => void;

const reply = object({ id: count, ok: boolean });
const word = object({ id: count, progress: object({ done: count, all: count }) });
const STOPPED = 'The engine stopped. Your log is safe; reload the page to go on.';
const ABORTED: Problem = { kind: 'aborted', text: 'This was taken back.' };

export class Bridge<A extends Record<keyof A, readonly unknown[]>, R extends Record<keyof A, unknown>> {
  #spawn: () => WorkerLike;
  #worker: WorkerLike | null = null;
  #queue: Waiting[] = [];
  #running: Waiting | null = null;
  #lastId = 0;
  /** The worker stopped while nobody waited: the next caller is told. */
  #lost = false;
  #read: (method: keyof A & string, answer: unknown) => Result<unknown>;

  constructor(spawn: () => WorkerLike, read: (method: keyof A & string, answer: unknown) => Result<unknown>) {
    this.#spawn = spawn;
    this.#read = read;
  }

  call<M extends keyof A & string>(method: M, args: A[M], signal?: AbortSignal, watch?: Watch): Promise<Result<R[M]>> {
    return new Promise((resolve) => {
      if (signal?.aborted) {
        resolve({ ok: false, problem: ABORTED });
        return;
      }
      if (this.#lost) {
        this.#lost = false;
        resolve(err('stopped', STOPPED));
        return;
      }
      this.#lastId += 1;
      const request = { id: this.#lastId, method, args };
      const settle = (answer: Result<unknown>) =>
        resolve(answer.ok ? (this.#read(method, answer.value) as Result<R[M]>) : answer);
      const waiting = { request, settle, watch };
      signal?.addEventListener('abort', () => this.#abort(waiting), { once: true });
      this.#queue.push(waiting);
      this.#next();
    });
  }

  /** A running call cannot be interrupted, only left unheard: WASM does not look up from its work. */
  #abort(waiting: Waiting): void {
    this.#queue = this.#queue.filter((other) => other !== waiting);
    waiting.settle({ ok: false, problem: ABORTED });
  }

  /** Ends the worker and what it knew; whoever still waits is told that nobody wants the answer. */
  end(): void {
    this.#drop({ ok: false, problem: ABORTED });
  }

  #next(): void {
    if (this.#running) return;
    const waiting = this.#queue.shift();
    if (!waiting) return;
    this.#running = waiting;
    this.#worker ??= this.#start();
    this.#worker.postMessage(waiting.request);
  }

  #start(): WorkerLike {
    const worker = this.#spawn();
    worker.addEventListener('message', ({ data }) => this.#answered(data));
    worker.addEventListener('error', () => {
      if (worker !== this.#worker) return;
      this.#lost = !this.#running;
      this.#drop(err('stopped', STOPPED));
    });
    return worker;
  }

  #answered(data: unknown): void {
    const waiting = this.#running;
    const said = read(word, data, 'progress');
    if (said.ok) {
      if (said.value.id === waiting?.request.id) waiting.watch?.(said.value.progress);
      return;
    }
    const head = read(reply, data, 'reply');
    if (!waiting || !head.ok || head.value.id !== waiting.request.id) return;
    this.#running = null;
    const { value } = data as { value?: unknown };
    waiting.settle(head.value.ok ? { ok: true, value } : err('refused', asSentence(String(value))));
    this.#next();
  }

  /** What the worker knew is gone with it: every waiting call is told, and the next one starts a new worker. */
  #drop(answer: Result<never>): void {
    this.#worker?.terminate();
    this.#worker = null;
    const waiting = this.#running ? [this.#running, ...this.#queue] : this.#queue;
    this.#running = null;
    this.#queue = [];
    for (const { settle } of waiting) settle(answer);
  }
}

export class EngineBridge extends Bridge<Args, { [M in Method]: Answer<M> }> {
  constructor(spawn: () => WorkerLike) {
    super(spawn, readAnswer);
  }
}

export class ImporterBridge extends Bridge<ImporterArgs, Replies> {
  constructor(spawn: () => WorkerLike) {
    super(spawn, readReply);
  }
}
