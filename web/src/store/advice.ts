import type { AdviceBridge } from '../engine/advice/bridge';
import type { Args, Method, Replies, Writing } from '../engine/advice/calls';
import type { Envelope } from '../engine/envelopes';
import { ok, type Result } from '../lib/result';
import type { Server } from './server';

type Asked = Exclude<Method, 'start' | 'add' | 'rememberFit' | 'takeIn' | Writing>;

/**
 * Whoever advises: a worker of its own that fetches every entry from the server and takes over the fit that the twin made.
 * It is opened by the first question, and knows what was logged up to each.
 */
export class Advice {
  #bridge: AdviceBridge;
  #server: Server;
  #device: string;
  /** The newest fit, when there is one. */
  #fit: () => Uint8Array | null;
  #cursor = 0;
  #started = false;
  #known: Uint8Array | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(bridge: AdviceBridge, server: Server, device: string, fit: () => Uint8Array | null) {
    this.#bridge = bridge;
    this.#server = server;
    this.#device = device;
    this.#fit = fit;
  }

  async ask<M extends Asked>(method: M, args: Args[M], signal?: AbortSignal): Promise<Result<Replies[M]>> {
    const current = await this.#catchUp();
    return current.ok ? this.#call(method, args, signal) : current;
  }

  /** The entry that a call makes, not yet stored: `journal.add` does that. */
  async make<M extends Writing>(method: M, args: Args[M]): Promise<Result<Envelope[]>> {
    const current = await this.#catchUp();
    return current.ok ? this.#call(method, args) : current;
  }

  async #call<M extends Method>(method: M, args: Args[M], signal?: AbortSignal): Promise<Result<Replies[M]>> {
    const answer = await this.#bridge.call(method, args, signal);
    if (!answer.ok && answer.problem.kind === 'stopped') this.#forget();
    return answer;
  }

  /** Takes in what the server has and the fit of the twin, one at a time. */
  #catchUp(): Promise<Result<null>> {
    const turn = this.#turn.then(() => this.#pull());
    this.#turn = turn;
    return turn;
  }

  async #pull(): Promise<Result<null>> {
    if (!this.#started) {
      const started = await this.#call('start', [this.#device]);
      if (!started.ok) return started;
      this.#started = true;
    }
    let isNew = this.#cursor === 0;
    for (let more = true; more; ) {
      const page = await this.#server.pull(this.#cursor);
      if (!page.ok) return page;
      if (0 < page.value.entries.heads.length) {
        const added = await this.#call('add', [page.value.entries.text]);
        if (!added.ok) return added;
        isNew = true;
      }
      more = page.value.more && this.#cursor < page.value.next;
      this.#cursor = page.value.next;
    }
    return (await this.#takeFitOver()) || isNew ? this.#takeIn() : ok(null);
  }

  /** Whether there was a newer one. A fit of another log is refused; then a first look stands in. */
  async #takeFitOver(): Promise<boolean> {
    const fit = this.#fit();
    if (!fit || fit === this.#known) return false;
    this.#known = fit;
    await this.#call('rememberFit', [fit]);
    return true;
  }

  async #takeIn(): Promise<Result<null>> {
    const taken = await this.#call('takeIn', []);
    return taken.ok ? ok(null) : taken;
  }

  /** The worker's knowledge went with it. */
  #forget(): void {
    this.#started = false;
    this.#known = null;
    this.#cursor = 0;
  }
}
