/** A stand-in for the importer's WASM: it knows one format, and writes the journal as it got it. */

import type { Importer as Contract, ImportFile } from '../src/engine/importer/contract';
import { Engine } from './fake-engine';

interface Known {
  id: string;
  op: 'put' | 'del';
  root: string;
  hlc: string;
  body: { start: string; total_ml?: number; source?: { batch: string } };
}

export default function init(options: { module_or_path: unknown }): Promise<unknown> {
  return Promise.resolve(options);
}

export class Importer implements Contract {
  #engine: Engine;
  #entries = new Map<string, Known>();

  constructor(device: string) {
    this.#engine = new Engine(device);
  }

  add(entries: string): void {
    this.#engine.add(entries);
    for (const entry of JSON.parse(entries) as Known[]) this.#entries.set(entry.id, entry);
  }

  read(files: ImportFile[], answers: string, now: string, watch: (done: number, all: number) => void): string {
    const texts = files.map(({ bytes }) => new TextDecoder().decode(bytes));
    const { map } = JSON.parse(answers) as { map?: string };
    if (map === undefined && texts.some((text) => !text.startsWith('Time,'))) {
      return JSON.stringify({ needs: 'columns', message: 'mine.csv is not an export I know. Say what its columns mean, for example --map' });
    }
    const rows = texts.reduce((sum, text) => sum + text.trim().split('\n').length - 1, 0);
    watch(rows, rows);
    return this.#engine.read_import(files, answers, now);
  }

  take = (now: string, random: Uint8Array) => this.#engine.take_import(now, random);

  sample(files: ImportFile[], rows: number): string {
    const samples = files.map(({ name, bytes }) => {
      const [head = '', ...lines] = new TextDecoder().decode(bytes).trim().split('\n');
      const columns = head.split(',');
      return { file: name, columns, rows: lines.slice(0, rows).map((line) => line.split(',')), guess: `time=${columns[0] ?? ''},kind=pump` };
    });
    return JSON.stringify(samples);
  }

  past(): string {
    const batches = new Map<string, number>();
    for (const { body } of this.#standing()) {
      if (body.source) batches.set(body.source.batch, (batches.get(body.source.batch) ?? 0) + 1);
    }
    return JSON.stringify([...batches].map(([batch, entries]) => ({ batch, app: 'nighp', entries, at: new Date().toISOString() })));
  }

  export_csv(): string {
    const rows = this.#standing().map(({ body }) => `pump,${body.start},${String(body.total_ml ?? '')}\r\n`);
    return `kind,start,total_ml\r\n${rows.join('')}`;
  }

  export_lines = () => [...this.#entries.values()].map((entry) => `${JSON.stringify(entry)}\n`).join('');

  #standing(): Known[] {
    const newest = new Map<string, Known>();
    for (const entry of this.#entries.values()) {
      const known = newest.get(entry.root);
      if (!known || known.hlc < entry.hlc) newest.set(entry.root, entry);
    }
    return [...newest.values()].filter(({ op }) => op === 'put');
  }
}
