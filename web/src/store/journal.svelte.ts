import type { EngineBridge } from '../engine/bridge';
import type { Answer, Fields, Method, PumpDraft, Query } from '../engine/calls';
import { bundleOf, type Bundle, type Envelope } from '../engine/envelopes';
import type { Baby, History, Line, Today } from '../engine/shapes';
import { ok, type Problem, type Result } from '../lib/result';
import type { Server } from './server';
import type { Twin } from './twin.svelte';
import { keepUsual, recallUsual, usualPump, type Usual } from './usual';

/** What the usual entry is made of. */
const SESSIONS = 60;
const HISTORY_DAYS = 14;

/** Makes the entries that are to be stored; anew when another tab wrote meanwhile. */
export type Make = () => Promise<Result<Envelope[]>>;

/**
 * The journal as this page sees it. An entry counts as saved when the server said so, and not before: the engine makes
 * it, the server stores it, then the engine takes it in.
 */
export class Journal {
  phase = $state<'loading' | 'ready' | 'unreachable'>('loading');
  /** The last thing that went wrong while talking to the server, until it goes well again. */
  trouble = $state.raw<Problem | null>(null);
  entries = $state(0);
  hasExample = $state(false);
  /** The newest entries of all kinds. */
  sessions = $state.raw<Line[]>([]);
  /** Grows whenever what is shown may have changed. */
  version = $state(0);
  usual = $state.raw<Usual>(recallUsual());
  today = $state.raw<Today | null>(null);
  history = $state.raw<History | null>(null);
  /** The babies that were written down, and those that the log names. */
  babies = $state.raw<Baby[]>([]);

  #engine: EngineBridge;
  #server: Server;
  #twin: Twin;
  #device: string;
  #cursor = 0;
  #known = new Set<string>();
  /** What the twin has not been told yet: it reads once all is there, so that the log is shown first. */
  #untold: Bundle[] = [];
  #starting: Promise<Result<null>> | null = null;
  /** Writes and pulls happen one after another: the engine counts this device's entries. */
  #turn: Promise<unknown> = Promise.resolve();
  /** An entry whose reply was lost: it may be stored or not. */
  #unsure: { readonly draft: string; readonly entry: Envelope; readonly isNew: boolean } | null = null;

  constructor(engine: EngineBridge, server: Server, twin: Twin, device: string) {
    this.#engine = engine;
    this.#server = server;
    this.#twin = twin;
    this.#device = device;
  }

  /** Lets the engine load, ahead of what it will be asked. */
  wake(): Promise<Result<null>> {
    return this.#start();
  }

  /** Fetches what the server has and this page does not, and shows it. */
  sync(): Promise<Result<null>> {
    return this.#inTurn(async () => {
      const pulled = await this.#pull();
      this.trouble = pulled.ok ? null : pulled.problem;
      if (!pulled.ok && this.phase === 'loading') this.phase = 'unreachable';
      if (!pulled.ok) return pulled;
      await this.#show();
      return ok(null);
    });
  }

  savePump(draft: PumpDraft): Promise<Result<Envelope>> {
    return this.#save(['logPump', draft], true, () => this.#engine.call('logPump', [draft]));
  }

  /** A new entry of a kind. */
  log(kind: string, fields: Fields): Promise<Result<Envelope>> {
    return this.#save(['log', kind, fields], true, () => this.#engine.call('log', [kind, fields]));
  }

  /** Fields of an entry said anew; `null` takes one away. */
  edit(root: string, fields: Fields): Promise<Result<Envelope>> {
    return this.#save(['edit', root, fields], false, () => this.#engine.call('edit', [root, fields]));
  }

  /**
   * A baby that is new, or said anew. One that only the log names is written down under that name first, so that what
   * names it stays about it when it is called otherwise.
   */
  async saveBaby(baby: Baby | null, fields: Fields): Promise<Result<Envelope>> {
    if (baby?.root) return this.edit(baby.root, fields);
    const saved = await this.log('baby', { ...fields, name: baby?.name ?? fields['name'] });
    if (!saved.ok || !baby || fields['name'] === baby.name) return saved;
    return this.edit(saved.value.root, { name: fields['name'] });
  }

  find(query: Query, signal?: AbortSignal): Promise<Result<Line[]>> {
    return this.#engine.call('find', [query], signal);
  }

  /** What the coach knows before a session that begins now, as JSON text. */
  coachKnows(): Promise<Result<string>> {
    return this.#engine.call('coachKnows', []);
  }

  /** Her trials, as JSON text. */
  trials(signal?: AbortSignal): Promise<Result<string>> {
    return this.#engine.call('trials', [], signal);
  }

  /** What a session that begins now is drawn to be, and the entry of it, as JSON text. */
  nextOfTrial(): Promise<Result<string>> {
    return this.#engine.call('nextOfTrial', []);
  }

  /** Ends the trial that runs, or lets the newest go on. */
  turnTrial(goOn: boolean): Promise<Result<Envelope[]>> {
    return this.#inTurn(() => this.#write(() => this.#engine.call('turnTrial', [goOn])));
  }

  /** Reads what a search looks at, of the next entries that none has looked at; answers how many are left. */
  readAhead(most: number): Promise<Result<number>> {
    return this.#engine.call('readAhead', [most]);
  }

  remove(root: string): Promise<Result<Envelope[]>> {
    return this.#inTurn(() => this.#write(() => this.#engine.call('remove', [root])));
  }

  restore(root: string): Promise<Result<Envelope[]>> {
    return this.#inTurn(() => this.#write(() => this.#engine.call('restore', [root])));
  }

  /** Adds what files bring; made again on a conflict, it leaves out what is stored by now. */
  addImport(make: Make): Promise<Result<Envelope[]>> {
    return this.#inTurn(() => this.#write(make));
  }

  undoImport(batch: string, entries: number): Promise<Result<Envelope[]>> {
    return this.#inTurn(() => this.#write(() => this.#engine.call('undoImport', [batch, entries])));
  }

  addExample(): Promise<Result<Envelope[]>> {
    return this.#inTurn(() => this.#write(() => this.#engine.call('example', [])));
  }

  clearExample(): Promise<Result<Envelope[]>> {
    return this.#inTurn(() => this.#write(() => this.#engine.call('clearExample', [])));
  }

  #save(draft: unknown, isNew: boolean, make: Make): Promise<Result<Envelope>> {
    return this.#inTurn(async () => {
      const text = JSON.stringify(draft);
      const cleared = await this.#clearUnsure(text);
      if (!cleared.ok) return cleared;
      const makeOnce: Make = async () => (this.#unsure ? ok([this.#unsure.entry]) : make());
      const written = await this.#write(makeOnce, (entry) => (this.#unsure = { draft: text, entry, isNew }));
      if (!written.ok) return written;
      this.#unsure = null;
      const [entry] = written.value;
      return entry ? ok(entry) : { ok: false, problem: { kind: 'unreadable', text: 'The engine made no entry.' } };
    });
  }

  async #write(make: Make, tried?: (entry: Envelope) => void): Promise<Result<Envelope[]>> {
    const started = await this.#start();
    if (!started.ok) return started;
    for (let again = true; ; again = false) {
      const made = await make();
      if (!made.ok) return made;
      const [first] = made.value;
      if (first) tried?.(first);
      const pushed = await this.#server.push(made.value);
      if (pushed.ok) {
        await this.#take(bundleOf(made.value));
        await this.#show();
        this.trouble = null;
        return made;
      }
      // The server said no: nothing of this is stored.
      if (pushed.problem.kind !== 'unreachable') this.#unsure = null;
      if (pushed.problem.kind !== 'conflict' || !again) return pushed;
      // Another tab of this browser wrote under the same number. Take in what it wrote and make the entry anew.
      const pulled = await this.#pull();
      if (!pulled.ok) return pulled;
    }
  }

  /**
   * After a lost reply the same draft is sent again as the same entry, which the server knows by its id. A changed draft
   * is another entry: the earlier one is looked for first and taken back if it did arrive. A change of an entry that did
   * arrive stays in the journal, below the one that follows.
   */
  async #clearUnsure(draft: string): Promise<Result<null>> {
    const unsure = this.#unsure;
    if (!unsure || unsure.draft === draft) return ok(null);
    const pulled = await this.#pull();
    if (!pulled.ok) return pulled;
    this.#unsure = null;
    if (!unsure.isNew || !pulled.value.has(unsure.entry.id)) return ok(null);
    const { root } = unsure.entry;
    const removed = await this.#write(() => this.#engine.call('remove', [root]));
    return removed.ok ? ok(null) : removed;
  }

  /** Takes in everything new on the server; answers with the ids. While the engine reads a page, the next is fetched. */
  async #pull(): Promise<Result<Set<string>>> {
    const ids = new Set<string>();
    const steps: Promise<Result<null>>[] = [this.#start()];
    let cursor = this.#cursor;
    for (let more = true; more; ) {
      const page = await this.#server.pull(cursor);
      if (!page.ok) return page;
      const { entries, next } = page.value;
      more = page.value.more && cursor < next;
      cursor = next;
      steps.push(this.#take(entries));
      for (const { id } of entries.heads) ids.add(id);
    }
    for (const step of steps) {
      const done = await step;
      if (!done.ok) return done;
    }
    this.#cursor = cursor;
    return ok(ids);
  }

  #start(): Promise<Result<null>> {
    this.#starting ??= this.#engine.call('start', [this.#device]).then((started) => {
      if (!started.ok) this.#starting = null;
      return started;
    });
    return this.#starting;
  }

  async #take(entries: Bundle): Promise<Result<null>> {
    // What this page wrote itself comes back with the next pull; it is no news. Beside news the engine knows it again.
    const heads = entries.heads.filter(({ id }) => !this.#known.has(id));
    if (heads.length === 0) return ok(null);
    const added = await this.#engine.call('add', [entries.text]);
    if (!added.ok) return added;
    for (const { id } of heads) this.#known.add(id);
    this.#untold.push({ heads, text: entries.text });
    return ok(null);
  }

  /** The log first: it is there before the days are summed and the twin reads. */
  async #show(): Promise<void> {
    const ask = async <M extends Method>(answer: Promise<Result<Answer<M>>>, show: (value: Answer<M>) => void) => {
      const result = await answer;
      if (result.ok) show(result.value);
      else this.trouble = result.problem;
    };
    await Promise.all([
      ask<'entryCount'>(this.#engine.call('entryCount', []), (n) => (this.entries = n)),
      ask<'hasExample'>(this.#engine.call('hasExample', []), (has) => (this.hasExample = has)),
      ask<'sessions'>(this.#engine.call('sessions', [SESSIONS]), (sessions) => {
        this.sessions = sessions;
        this.usual = usualPump(sessions);
        keepUsual(this.usual);
        this.phase = 'ready';
        this.version += 1;
      }),
      ask<'babies'>(this.#engine.call('babies', []), (babies) => (this.babies = babies)),
      ask<'today'>(this.#engine.call('today', []), (today) => (this.today = today)),
      ask<'history'>(this.#engine.call('history', [HISTORY_DAYS]), (history) => (this.history = history)),
    ]);
    this.phase = 'ready';
    this.#twin.feed(this.#untold.splice(0));
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}
