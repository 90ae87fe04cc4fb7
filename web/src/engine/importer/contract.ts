/**
 * What the importer (`crates/letdown-wasm-import`) offers, as this page relies on it: other apps' files in, the journal as
 * files out. A WASM of its own, which is loaded only when somebody asks for it. All values are JSON text unless said.
 */
export interface Importer {
  add(entries: string): void;

  /** Reads files and says what they would bring, or what it needs to know. `watch(done, all)` counts rows. */
  read(files: ImportFile[], answers: string, now: string, watch: (done: number, all: number) => void): string;
  /** The entries of the last reading, once. */
  take(now: string, random: Uint8Array): string;
  /** The tables whose columns nobody has explained, with their first rows. */
  sample(files: ImportFile[], rows: number): string;
  /** The imports of which something stands. */
  past(): string;

  /** CSV text. */
  export_csv(): string;
  /** Lines of JSON. */
  export_lines(): string;
}

export interface ImportFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}
