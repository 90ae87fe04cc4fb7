import type { Fields } from '../../engine/calls';
import type { Line } from '../../engine/shapes';
import type { App } from '../../store/app.svelte';
import { asksWhose, calledNow, keepBaby, recallBaby } from '../../store/which-baby';
import { kindOf } from '../kinds';
import { inOneLine } from '../line-text';
import { backTo, changes, textOf, type Common, type Reading } from './fields';

/** How one kind is read and written. */
export interface Shape<F extends Common> {
  /** The form of an entry that stands, or of a new one. */
  readonly open: (body: Fields | null, now: Date) => F;
  readonly read: (fields: F, now: Date, body: Fields | null) => Reading;
}

/** What the page tells every sheet. */
export interface SheetProps {
  readonly kind: string;
  /** The entry to change; `null` for a new one. */
  readonly line: Line | null;
  readonly onclose: () => void;
}

export interface Keeping {
  /** Under which name it is kept when it could not be saved; else that of its kind or entry. */
  readonly keptAs?: string | undefined;
  readonly onsaved?: (() => void) | undefined;
}

/** What did not reach the server outlives the sheet, by kind or by entry. */
const unsaved = new Map<string, { fields: Common; baby: string; because: string; sent: Set<string> }>();

/** One form: what stands in it, and how it is saved. */
export class EntryForm<F extends Common> {
  fields: F;
  /** Whose it is, where there are several babies; empty where that is left open. */
  baby: string;
  saving = $state(false);
  unsaved = $state<string | null>(null);
  unreadable = $state.raw<{ readonly field: string; readonly text: string } | null>(null);
  readonly kind: string;
  readonly line: Line | null;
  readonly onclose: () => void;
  readonly openedAt: string;
  readonly hadNote: boolean;

  #app: App;
  #shape: Shape<F>;
  #keeping: Keeping;
  #before: Fields = {};
  /** Names that an earlier try may have brought to the server. */
  #sent = new Set<string>();

  constructor(app: App, shape: Shape<F>, given: () => SheetProps, keeping: Keeping = {}) {
    const { kind, line, onclose } = given();
    this.#app = app;
    this.#shape = shape;
    this.#keeping = keeping;
    this.kind = kind;
    this.line = line;
    this.onclose = onclose;
    const now = new Date();
    const first = shape.open(line?.body ?? null, now);
    this.openedAt = first.at;
    if (line) {
      const before = shape.read(first, now, line.body);
      const name = textOf(line.body, 'baby');
      this.#before = { ...(before.ok ? before.fields : {}), ...(name === '' ? {} : { baby: name }) };
    }
    const kept = unsaved.get(this.#key);
    this.fields = $state(kept ? (structuredClone(kept.fields) as F) : first);
    this.baby = $state(kept?.baby ?? this.#openBaby());
    this.hadNote = this.fields.note !== '';
    this.unsaved = kept?.because ?? null;
    this.#sent = new Set(kept?.sent);
  }

  get #key(): string {
    return this.#keeping.keptAs ?? this.line?.root ?? this.kind;
  }

  /** What is asked about a field. */
  about(field: string): string | undefined {
    return this.unreadable?.field === field ? this.unreadable.text : undefined;
  }

  /** Answers whether it is saved. */
  async save(): Promise<boolean> {
    if (this.saving) return false;
    const read = this.#shape.read(this.fields, new Date(), this.line?.body ?? null);
    this.unreadable = read.ok ? null : read;
    if (!read.ok) return false;
    this.saving = true;
    const fields = { ...read.fields, ...this.#saidBaby() };
    const problem = await (this.line ? this.#change(this.line, fields) : this.#log(fields));
    this.saving = false;
    this.unsaved = problem;
    if (problem === null) unsaved.delete(this.#key);
    else unsaved.set(this.#key, { fields: $state.snapshot(this.fields), baby: this.baby, because: problem, sent: this.#sent });
    if (problem !== null) return false;
    if (asksWhose(this.kind, this.#app.journal.babies)) keepBaby(this.kind, this.baby);
    this.#keeping.onsaved?.();
    this.onclose();
    return true;
  }

  async #log(fields: Fields): Promise<string | null> {
    const { journal, strip } = this.#app;
    const saved = await journal.log(this.kind, fields);
    if (!saved.ok) return saved.problem.text;
    const { root } = saved.value;
    strip.say(`Saved: ${this.#words(root)}.`, () => journal.remove(root));
    return null;
  }

  async #change({ root, body }: Line, after: Fields): Promise<string | null> {
    const { journal, strip } = this.#app;
    const changed = changes(this.#before, after, this.#sent);
    if (Object.keys(changed).length === 0) return null;
    for (const name of Object.keys(changed)) this.#sent.add(name);
    const saved = await journal.edit(root, changed);
    if (!saved.ok) return saved.problem.text;
    strip.say(`Changed: ${this.#words(root)}.`, () => journal.edit(root, backTo(body, changed)));
    return null;
  }

  /** "Nursing at 14:10, left 12 min"; of an entry so old that it is not among the newest, what it is. */
  #words(root: string): string {
    const { journal, prefs } = this.#app;
    const line = journal.sessions.find((other) => other.root === root);
    return line ? inOneLine(line, { unit: prefs.shown, babies: journal.babies }) : kindOf(this.kind).name;
  }

  #openBaby(): string {
    const { babies } = this.#app.journal;
    if (this.line) return calledNow(textOf(this.line.body, 'baby'), babies);
    return asksWhose(this.kind, babies) ? recallBaby(this.kind, babies) : '';
  }

  /** A name that was not touched stays as it was written, also where the baby is called otherwise by now. */
  #saidBaby(): Fields {
    const written = textOf(this.line?.body ?? null, 'baby');
    const name = this.baby === calledNow(written, this.#app.journal.babies) ? written : this.baby;
    return name === '' ? {} : { baby: name };
  }
}
