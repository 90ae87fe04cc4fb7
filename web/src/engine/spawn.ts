import { EngineBridge, ImporterBridge } from './bridge';

/** Keeps the journal and answers at once. */
export const spawnJournal = () =>
  new EngineBridge(() => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'journal' }));

/** Reads the journal slowly and forecasts. */
export const spawnTwin = () =>
  new EngineBridge(() => new Worker(new URL('./twin-worker.ts', import.meta.url), { type: 'module', name: 'twin' }));

/** Runs only while files are brought in or taken out. */
export const spawnImporter = () =>
  new ImporterBridge(() => new Worker(new URL('./importer/worker.ts', import.meta.url), { type: 'module', name: 'importer' }));
