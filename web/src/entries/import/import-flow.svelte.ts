import type { Answers } from '../../engine/calls';
import type { ImportFile } from '../../engine/contract';
import type { ImportPreview, ImportQuestion } from '../../engine/shapes';
import type { Problem } from '../../lib/result';
import type { Journal } from '../../store/journal.svelte';
import type { Strip } from '../../store/strip.svelte';
import { plural } from '../../lib/format';

type Step =
  | { readonly at: 'choose' }
  | { readonly at: 'reading' | 'adding' }
  | { readonly at: 'question'; readonly question: ImportQuestion }
  | { readonly at: 'preview'; readonly preview: ImportPreview };

/** One import: files are read, what they leave open is asked, what would come in is shown, then it is added. */
export class ImportFlow {
  step = $state.raw<Step>({ at: 'choose' });
  problem = $state.raw<Problem | null>(null);
  files: readonly ImportFile[] = [];

  #answers: Answers = {};
  #journal: Journal;
  #strip: Strip;
  #stop = new AbortController();

  constructor(journal: Journal, strip: Strip) {
    this.#journal = journal;
    this.#strip = strip;
  }

  async choose(chosen: FileList | null): Promise<void> {
    if (!chosen || chosen.length === 0) return;
    try {
      this.files = await Promise.all(
        Array.from(chosen, async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
      );
    } catch {
      this.problem = { kind: 'unreadable', text: 'The browser could not open that file.' };
      return;
    }
    this.#answers = {};
    await this.#read();
  }

  async answer(answers: Answers): Promise<void> {
    this.#answers = { ...this.#answers, ...answers };
    await this.#read();
  }

  /** Adds what the preview shows; `true` when it is in the journal. */
  async add(): Promise<boolean> {
    const before = this.step;
    this.step = { at: 'adding' };
    const taken = await this.#journal.takeImport([...this.files], this.#answers);
    this.problem = taken.ok ? null : taken.problem;
    this.step = before;
    if (!taken.ok) return false;
    const n = taken.value.length;
    const batch = taken.value[0]?.batch;
    const said = n === 0 ? 'These entries are already in your log.' : `Added ${plural(n, 'entry', 'entries')}.`;
    this.#strip.say(said, batch ? () => this.#journal.undoImport(batch, n) : undefined);
    return true;
  }

  stop(): void {
    this.#stop.abort();
  }

  async #read(): Promise<void> {
    const before = this.step;
    this.step = { at: 'reading' };
    const reading = await this.#journal.readImport([...this.files], this.#answers, this.#stop.signal);
    this.problem = reading.ok ? null : reading.problem;
    if (!reading.ok) this.step = before.at === 'question' ? before : { at: 'choose' };
    else if (reading.value.needs === null) this.step = { at: 'preview', preview: reading.value };
    else this.step = { at: 'question', question: reading.value };
  }
}
