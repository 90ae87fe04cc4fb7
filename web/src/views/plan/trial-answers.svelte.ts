import type { TrialAsked } from '../../engine/advice/calls';
import { drawn, listed, page, planned, type Drawn, type Listed, type Planned, type TrialPage } from '../../engine/advice/trials';
import { readEnvelopes, type Envelope } from '../../engine/envelopes';
import { err, ok, type Result } from '../../lib/result';
import { readJson } from '../../lib/validate';
import type { App } from '../../store/app.svelte';
import { advised, Answer } from '../answer.svelte';

type Known = Pick<App, 'journal' | 'twin' | 'advice'>;

/** What was drawn, and the entry that came of it; `null` where it had been drawn before. */
export interface Draws {
  readonly next: Drawn['next'];
  readonly root: string | null;
}

/** What is asked and written about trials. */
export class Trials {
  readonly listed = new Answer<Listed[]>(listed, 'your trials');
  readonly planned = new Answer<Planned>(planned, 'what a trial would take');
  readonly page = new Answer<TrialPage>(page, 'the page of the trial');

  #app: Known;

  constructor(app: Known) {
    this.#app = app;
  }

  /** Asks anew what the log has outdated. */
  keepUp(): void {
    const { journal } = this.#app;
    void this.listed.ask(`${journal.version}`, (signal) => journal.trials(signal));
  }

  /** What a trial would take; without one, nothing. */
  plan(asked: TrialAsked | null): void {
    const { twin, advice } = this.#app;
    if (asked === null) this.planned.clear();
    else {
      const question = `${twin.version} ${JSON.stringify(asked)}`;
      void this.planned.ask(question, (signal) => advised(advice, (a) => a.ask('planTrial', [asked], signal)));
    }
  }

  /** The page of a trial. */
  open(id: string): void {
    const { twin, advice } = this.#app;
    if (this.page.value?.id !== id) this.page.clear();
    void this.page.ask(`${twin.version} ${id}`, (signal) => advised(advice, (a) => a.ask('pageOfTrial', [id], signal)));
  }

  begin(asked: TrialAsked): Promise<Result<Envelope[]>> {
    const { journal, advice } = this.#app;
    return journal.addImport(() => advised(advice, (a) => a.make('startTrial', [asked])));
  }

  /** Ends the trial that runs, or lets the newest go on. */
  turn(goOn: boolean): Promise<Result<Envelope[]>> {
    return this.#app.journal.turnTrial(goOn);
  }

  /** What a session that begins now is drawn to be. It is stored before it is shown, so that nobody draws twice. */
  async draw(): Promise<Result<Draws>> {
    const came: { next: Drawn['next'] | null } = { next: null };
    const stored = await this.#app.journal.addImport(async () => {
      const read = await this.#next();
      if (!read.ok) return read;
      came.next = read.value.next;
      return read.value.entry === null ? ok([]) : readEnvelopes(`[${read.value.entry}]`);
    });
    if (!stored.ok) return stored;
    const root = stored.value[0]?.root ?? null;
    return came.next ? ok({ next: came.next, root }) : err('unreadable', 'The draw could not be read.');
  }

  async #next(): Promise<Result<Drawn>> {
    const text = await this.#app.journal.nextOfTrial();
    return text.ok ? readJson(drawn, text.value, 'the draw') : text;
  }
}

// The place may be left and come back to.
const kept = new WeakMap<App['journal'], Trials>();

export function trialsOf(app: Known): Trials {
  const known = kept.get(app.journal) ?? new Trials(app);
  kept.set(app.journal, known);
  return known;
}
