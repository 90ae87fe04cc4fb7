import { createContext } from 'svelte';
import { spawnImporter, spawnJournal, spawnTwin } from '../engine/spawn';
import type { Advice } from './advice';
import { Clock } from './clock.svelte';
import { deviceName } from './device';
import { ImportReader } from './import-reader';
import { Journal } from './journal.svelte';
import { Nursing } from './nursing.svelte';
import { Prefs } from './prefs.svelte';
import { Pumping } from './pumping.svelte';
import { httpServer } from './server';
import { Strip } from './strip.svelte';
import { Twin } from './twin.svelte';

const LOOK_AGAIN_MS = 60_000;

export interface App {
  readonly journal: Journal;
  readonly twin: Twin;
  readonly prefs: Prefs;
  readonly clock: Clock;
  readonly strip: Strip;
  readonly nursing: Nursing;
  readonly pumping: Pumping;
  /** Answers what is asked beyond the forecast; loaded by the first question. */
  readonly advice: () => Promise<Advice>;
  /** Reads and writes files; whoever opens it ends it. */
  readonly openImporter: () => ImportReader;
}

export const [useApp, provideApp] = createContext<App>();

export function createApp(): App {
  const device = deviceName();
  const twin = new Twin(spawnTwin(), device, {
    read: () => import('./kept-fit').then(({ keptFit }) => keptFit.read(), () => null),
    write: (fit) => import('./kept-fit').then(({ keptFit }) => keptFit.write(fit), () => undefined),
  });
  const quick = spawnJournal();
  const server = httpServer();
  const journal = new Journal(quick, server, twin, device);
  let opened: Promise<Advice> | null = null;
  const openAdvice = async (): Promise<Advice> => {
    const { openAdvice } = await import('./open-advice');
    return openAdvice(server, device, () => twin.fit);
  };
  const advice = (): Promise<Advice> => {
    opened ??= openAdvice();
    // What did not load may load the next time.
    opened.catch(() => (opened = null));
    return opened;
  };
  const openImporter = () => new ImportReader(spawnImporter(), server, device);
  return {
    journal,
    twin,
    prefs: new Prefs(),
    clock: new Clock(),
    strip: new Strip(),
    nursing: new Nursing(),
    pumping: new Pumping(),
    advice,
    openImporter,
  };
}

/** Keeps the page in step with the server while somebody looks at it. */
export function keepInStep({ journal, twin }: App): void {
  const look = () => {
    if (document.visibilityState !== 'visible') return;
    void journal.sync().then(() => twin.refresh());
  };
  // The engine loads in its own worker while the shell paints; what is read here comes after.
  void journal.wake();
  requestAnimationFrame(() => setTimeout(look));
  setInterval(look, LOOK_AGAIN_MS);
  document.addEventListener('visibilitychange', look);
  window.addEventListener('online', look);
}
