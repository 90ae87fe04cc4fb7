import type { ImporterBridge, Watch } from '../engine/bridge';
import type { Answers, Args, Method, Replies } from '../engine/importer/calls';
import type { ImportFile } from '../engine/importer/contract';
import type { ImportReading, PastImport, Sample } from '../engine/importer/shapes';
import type { Envelope } from '../engine/envelopes';
import { ok, type Result } from '../lib/result';
import type { Server } from './server';

/** Rows of an unknown table that are looked at for the words in it. */
const SAMPLE_ROWS = 200;

/**
 * What reads other apps' files, and writes the journal as files: a worker of its own that fetches every entry from the
 * server. Opened when somebody asks for it, ended when its sheet closes.
 */
export class ImportReader {
  #bridge: ImporterBridge;
  #server: Server;
  #device: string;
  #cursor = 0;
  #started = false;
  /** Whether a reading waits that rests on all there is. */
  #read = false;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(bridge: ImporterBridge, server: Server, device: string) {
    this.#bridge = bridge;
    this.#server = server;
    this.#device = device;
  }

  async read(
    files: readonly ImportFile[],
    answers: Answers,
    signal?: AbortSignal,
    watch?: Watch,
  ): Promise<Result<ImportReading>> {
    const current = await this.#catchUp();
    if (!current.ok) return current;
    const reading = await this.#ask('read', [files, answers], signal, watch);
    this.#read = reading.ok && reading.value.needs === null;
    return reading;
  }

  /** The entries of files. What came to the server since they were read is looked at first. */
  async take(files: readonly ImportFile[], answers: Answers, entries: number): Promise<Result<Envelope[]>> {
    const current = await this.#catchUp();
    if (!current.ok) return current;
    let n = entries;
    if (!this.#read) {
      const reading = await this.read(files, answers);
      if (!reading.ok) return reading;
      if (reading.value.needs !== null) return ok([]);
      n = reading.value.entries;
    }
    this.#read = false;
    return this.#ask('take', [n]);
  }

  sample(files: readonly ImportFile[]): Promise<Result<Sample[]>> {
    return this.#ofAll('sample', [files, SAMPLE_ROWS]);
  }

  past = (): Promise<Result<PastImport[]>> => this.#ofAll('past', []);
  exportCsv = (): Promise<Result<string>> => this.#ofAll('exportCsv', []);
  exportLines = (): Promise<Result<string>> => this.#ofAll('exportLines', []);

  end(): void {
    this.#bridge.end();
    this.#forget();
  }

  async #ofAll<M extends Method>(method: M, args: Args[M]): Promise<Result<Replies[M]>> {
    const current = await this.#catchUp();
    return current.ok ? this.#ask(method, args) : current;
  }

  async #ask<M extends Method>(method: M, args: Args[M], signal?: AbortSignal, watch?: Watch): Promise<Result<Replies[M]>> {
    const answer = await this.#bridge.call(method, args, signal, watch);
    if (!answer.ok && answer.problem.kind === 'stopped') this.#forget();
    return answer;
  }

  /** Takes in what the server has, one at a time. */
  #catchUp(): Promise<Result<null>> {
    const turn = this.#turn.then(() => this.#pull());
    this.#turn = turn;
    return turn;
  }

  async #pull(): Promise<Result<null>> {
    if (!this.#started) {
      const started = await this.#ask('start', [this.#device]);
      if (!started.ok) return started;
      this.#started = true;
    }
    for (let more = true; more; ) {
      const page = await this.#server.pull(this.#cursor);
      if (!page.ok) return page;
      if (0 < page.value.entries.heads.length) {
        const added = await this.#ask('add', [page.value.entries.text]);
        if (!added.ok) return added;
        this.#read = false;
      }
      more = page.value.more && this.#cursor < page.value.next;
      this.#cursor = page.value.next;
    }
    return ok(null);
  }

  /** The worker's knowledge went with it. */
  #forget(): void {
    this.#started = false;
    this.#read = false;
    this.#cursor = 0;
  }
}
