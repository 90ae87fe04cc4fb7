import type { Progress } from '../../engine/bridge';
import type { Answers } from '../../engine/importer/calls';
import type { ImportFile } from '../../engine/importer/contract';
import type { ImportPreview, ImportQuestion, Sample } from '../../engine/importer/shapes';
import { plural } from '../../lib/format';
import { ownZone } from '../../lib/time';
import type { Problem, Result } from '../../lib/result';
import type { ImportReader } from '../../store/import-reader';
import type { Journal } from '../../store/journal.svelte';
import type { Strip } from '../../store/strip.svelte';
import { keepMap } from './known-maps';
import { weightQuestion } from './question-text';

type Step =
  | { readonly at: 'choose' }
  | { readonly at: 'reading' | 'adding' }
  | { readonly at: 'question'; readonly question: ImportQuestion; readonly samples: readonly Sample[] }
  | { readonly at: 'preview'; readonly preview: ImportPreview };

/** The days that a reading reaches over. */
export type Span = Pick<ImportPreview, 'from' | 'to'>;

/** One import: files are read, what they leave open is asked, what would come in is shown, then it is added. */
export class ImportFlow {
  step = $state.raw<Step>({ at: 'choose' });
  problem = $state.raw<Problem | null>(null);
  /** Rows read so far, once there is something to tell. */
  progress = $state.raw<Progress | null>(null);
  files: readonly ImportFile[] = [];

  #answers: Answers = {};
  /** The tables that were asked about, to remember what was said of them. */
  #samples: readonly Sample[] = [];
  #journal: Journal;
  #strip: Strip;
  #open: () => ImportReader;
  #reader: ImportReader | null = null;
  #stop = new AbortController();
  #closed = false;

  constructor(journal: Journal, strip: Strip, open: () => ImportReader) {
    this.#journal = journal;
    this.#strip = strip;
    this.#open = open;
  }

  async choose(chosen: ArrayLike<File> | null): Promise<void> {
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
    this.#samples = [];
    await this.#read();
  }

  async answer(answers: Answers): Promise<void> {
    // Whoever still reads for the question is not waited for.
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#answers = { ...this.#answers, ...answers };
    await this.#read();
  }

  /**
   * What the files would reach over if their dates were written in that order. What else is open is taken as it most
   * likely is: it moves no day by more than one.
   */
  async spanWith(date_order: 'mdy' | 'dmy'): Promise<Span | null> {
    const likely: Answers = { tz: ownZone() || 'UTC', unit: 'ml', weight_unit: 'kg' };
    const answers = { ...likely, ...this.#answers, date_order };
    const reading = await this.#reading.read(this.files, answers, this.#stop.signal);
    return reading.ok && reading.value.needs === null ? reading.value : null;
  }

  /** Adds what the preview shows; `true` when it is in the journal. */
  async add(): Promise<boolean> {
    const before = this.step;
    if (before.at !== 'preview') return false;
    this.step = { at: 'adding' };
    const { entries, as_they_are } = before.preview;
    const taken = await this.#journal.addImport(() => this.#reading.take(this.files, this.#answers, entries));
    this.problem = taken.ok ? null : taken.problem;
    this.step = before;
    if (this.#closed) this.#reader?.end();
    if (!taken.ok) return false;
    const n = taken.value.length;
    // What comes in as it is stands at the end, and keeps the imports it was once made by.
    const batch = (as_they_are ?? 0) < entries ? taken.value[0]?.batch : null;
    const said = n === 0 ? 'These entries are already in your log.' : `Added ${plural(n, 'entry', 'entries')}.`;
    this.#strip.say(said, batch ? () => this.#journal.undoImport(batch, n) : undefined);
    return true;
  }

  /** The reader goes with the sheet. */
  stop(): void {
    this.#stop.abort();
    this.#closed = true;
    // What is being added is made by the reader: it stays until that is stored.
    if (this.step.at !== 'adding') this.#reader?.end();
  }

  get #reading(): ImportReader {
    this.#reader ??= this.#open();
    return this.#reader;
  }

  async #read(): Promise<void> {
    const before = this.step;
    this.step = { at: 'reading' };
    this.progress = null;
    const watch = (progress: Progress) => (this.progress = progress);
    const reading = await this.#reading.read(this.files, this.#answers, this.#stop.signal, watch);
    this.problem = reading.ok ? null : reading.problem;
    if (!reading.ok) this.step = before.at === 'question' ? before : { at: 'choose' };
    else if (reading.value.needs !== null) await this.#asked(reading.value);
    else {
      const weights = this.#answers.weight_unit === undefined ? weightQuestion(reading.value) : null;
      if (weights) {
        await this.#asked(weights);
        return;
      }
      if (this.#answers.map !== undefined) keepMap(this.#samples, this.#answers.map);
      this.step = { at: 'preview', preview: reading.value };
    }
  }

  async #asked(question: ImportQuestion): Promise<void> {
    const samples: Result<Sample[]> =
      question.needs === 'columns' ? await this.#reading.sample(this.files) : { ok: true, value: [] };
    this.problem = samples.ok ? null : samples.problem;
    if (samples.ok && 0 < samples.value.length) this.#samples = samples.value;
    this.step = { at: 'question', question, samples: samples.ok ? samples.value : [] };
  }
}
