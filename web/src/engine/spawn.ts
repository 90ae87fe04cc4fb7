import { EngineBridge, ImporterBridge } from './bridge';

/** Two of these run: one keeps the journal and answers at once, one reads it slowly and forecasts. */
export const spawnEngine = (name: string) =>
  new EngineBridge(() => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name }));

/** Runs only while files are brought in or taken out. */
export const spawnImporter = () =>
  new ImporterBridge(() => new Worker(new URL('./importer/worker.ts', import.meta.url), { type: 'module', name: 'importer' }));
