/**
 * The page's side of the worker. Calls queue up and are answered one at a time, in order; each carries an id, its answer
 * is read before it is believed, and an `AbortSignal` takes back a call nobody waits for any more.
 */

import { err, type Problem, type Result } from '../lib/result';
import { boolean, count, object, read } from '../lib/validate';
import { readAnswer, type Answer, type Args, type Method } from './calls';
import type { Request } from './handlers';

/** What the bridge needs of a `Worker`; a test gives its own. */
export interface WorkerLike {
  postMessage(message: Request): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'error', listener: () => void): void;
  terminate(): void;
}

interface Waiting {
  readonly request: Request;
  readonly settle: (answer: Result<unknown>) => void;
}

const reply = object({ id: count, ok: boolean });
const ABORTED: Problem = { kind: 'aborted', text: 'This was taken back.' };

export class EngineBridge {
  #spawn: () => WorkerLike;
  #worker: WorkerLike | null = null;
  #queue: Waiting[] = [];
  #running: Waiting | null = null;
  #lastId = 0;

  constructor(spawn: () => WorkerLike) {
    this.#spawn = spawn;
  }

  call<M extends Method>(method: M, args: Args[M], signal?: AbortSignal): Promise<Result<Answer<M>>> {
    return new Promise((resolve) => {
      if (signal?.aborted) {
        resolve({ ok: false, problem: ABORTED });
        return;
      }
      this.#lastId += 1;
      const request = { id: this.#lastId, method, args };
      const settle = (answer: Result<unknown>) =>
        resolve(answer.ok ? readAnswer(method, answer.value) : answer);
      const waiting = { request, settle };
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
    worker.addEventListener('error', () => this.#stopped(worker));
    return worker;
  }

  #answered(data: unknown): void {
    const head = read(reply, data, 'reply');
    const waiting = this.#running;
    if (!waiting || !head.ok || head.value.id !== waiting.request.id) return;
    this.#running = null;
    const { value } = data as { value?: unknown };
    waiting.settle(head.value.ok ? { ok: true, value } : err('refused', String(value)));
    this.#next();
  }

  /** What the worker knew is gone with it: every waiting call is told, and the next one starts a new worker. */
  #stopped(worker: WorkerLike): void {
    worker.terminate();
    this.#worker = null;
    const waiting = this.#running ? [this.#running, ...this.#queue] : this.#queue;
    this.#running = null;
    this.#queue = [];
    for (const { settle } of waiting) {
      settle(err('stopped', 'The engine stopped. Your log is safe; reload the page to go on.'));
    }
  }
}
