import type { EngineBridge } from '../engine/bridge';
import type { Answer, Args } from '../engine/calls';
import type { Bundle } from '../engine/envelopes';
import type { FitReport, Forecast, Today } from '../engine/shapes';
import type { Result } from '../lib/result';
import type { KeptFit } from './kept-fit';

const FORECAST_DAYS = 14;

/** The kinds that take milk: on these alone the model is fitted. */
const FITTED = ['pump', 'nurse', 'hand'];

/**
 * The slow reader: a second engine in its own worker that fits the model of her and forecasts. While it reads, the
 * journal's engine stays free, so that logging never waits.
 */
export class Twin {
  reading = $state(false);
  report = $state.raw<FitReport | null>(null);
  today = $state.raw<Today | null>(null);
  forecast = $state.raw<Forecast | null>(null);
  /** Why there is no forecast, when there is none. */
  reason = $state('');
  /** Grows when entries were taken in: what was told of her before may have changed. */
  version = $state(0);

  /** The newest fit as bytes, for whoever takes it over. */
  fit: Uint8Array | null = null;

  #bridge: EngineBridge;
  #device: string;
  #kept: KeptFit;
  #unread: Bundle[] = [];
  #started = false;
  #busy = false;

  constructor(bridge: EngineBridge, device: string, kept: KeptFit) {
    this.#bridge = bridge;
    this.#kept = kept;
    this.#device = device;
  }

  feed(entries: readonly Bundle[]): void {
    if (entries.length === 0) return;
    this.#unread.push(...entries);
    if (!this.#busy) void this.#read();
  }

  /** The present moves on: the same model, asked again. */
  async refresh(): Promise<void> {
    if (this.#busy || !this.report) return;
    await this.#ask();
  }

  /** A question that is asked only where its answer is shown. It waits while the log is being read; logging does not. */
  tell<M extends 'lately' | 'coachKnows'>(method: M, args: Args[M], signal: AbortSignal): Promise<Result<Answer<M>>> {
    return this.#bridge.call(method, args, signal);
  }

  async #read(): Promise<void> {
    this.#busy = true;
    this.reading = this.#changesTheFit(this.#unread);
    if (!this.#started) {
      this.#started = true;
      await this.#bridge.call('start', [this.#device]);
    }
    // What arrives during a fit is read in the next round, all of it at once.
    while (0 < this.#unread.length) {
      const entries = this.#unread.splice(0);
      for (const { text } of entries) await this.#bridge.call('add', [text]);
      if (this.#changesTheFit(entries)) await this.#fit();
      this.version += 1;
    }
    this.reading = false;
    this.#busy = false;
  }

  /** An answer at once, which says that it is provisional; the fit follows, unless the last one is of this very log. */
  async #fit(): Promise<void> {
    this.reading = true;
    if (!this.report) await this.#remember();
    const first = await this.#bridge.call('takeIn', []);
    if (first.ok && first.value.state === 'ready') await this.#answer(first);
    if (first.ok && first.value.standing === 'fresh') return;
    const fitted = await this.#bridge.call('fit', []);
    await this.#answer(fitted);
    if (fitted.ok && fitted.value.state === 'ready') await this.#keep();
  }

  /** Begins with the fit of the last visit; one of another log is refused, and a first look stands in. */
  async #remember(): Promise<void> {
    const kept = await this.#kept.read();
    if (!kept) return;
    const remembered = await this.#bridge.call('rememberFit', [kept]);
    if (remembered.ok) this.fit = kept;
  }

  async #keep(): Promise<void> {
    const kept = await this.#bridge.call('keepFit', []);
    if (!kept.ok || !kept.value) return;
    this.fit = kept.value;
    await this.#kept.write(kept.value);
  }

  async #answer(fitted: Result<FitReport>): Promise<void> {
    this.report = fitted.ok ? fitted.value : null;
    this.reason = fitted.ok ? fitted.value.message : fitted.problem.text;
    await this.#ask();
  }

  #changesTheFit(entries: readonly Bundle[]): boolean {
    return !this.report || entries.some(({ heads }) => heads.some(({ kind }) => FITTED.includes(kind)));
  }

  async #ask(): Promise<void> {
    const today = await this.#bridge.call('today', []);
    this.today = today.ok ? today.value : null;
    if (this.report?.state !== 'ready') {
      this.forecast = null;
      return;
    }
    const forecast = await this.#bridge.call('forecast', [FORECAST_DAYS]);
    this.forecast = forecast.ok ? forecast.value : null;
    if (!forecast.ok) this.reason = forecast.problem.text;
  }
}
