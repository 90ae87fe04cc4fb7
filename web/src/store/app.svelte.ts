import { createContext } from 'svelte';
import type { Fields, InsideSettings } from '../engine/calls';
import type { Look, Watched } from '../engine/session';
import type { Inside } from '../engine/shapes';
import { spawnEngine, spawnImporter } from '../engine/spawn';
import type { Result } from '../lib/result';
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
  /** Reads and writes files; whoever opens it ends it. */
  readonly openImporter: () => ImportReader;
  /** A session of a simulated woman, second by second. */
  readonly lookInside: (settings: InsideSettings) => Promise<Result<Inside>>;
  /** A pump session as it stands so many seconds after it began. */
  readonly lookAtSession: (watched: Watched, now_s: number) => Promise<Result<Look>>;
  /** The fields of its entry, when it ends then. */
  readonly endSession: (watched: Watched, now_s: number) => Promise<Result<Fields>>;
}

export const [useApp, provideApp] = createContext<App>();

export function createApp(): App {
  const device = deviceName();
  const twin = new Twin(spawnEngine('twin'), device);
  const quick = spawnEngine('journal');
  const server = httpServer();
  const journal = new Journal(quick, server, twin, device);
  const openImporter = () => new ImportReader(spawnImporter(), server, device);
  const lookInside = (settings: InsideSettings) => quick.call('inside', [settings]);
  const lookAtSession = (watched: Watched, now_s: number) => quick.call('lookAtSession', [watched, now_s]);
  const endSession = (watched: Watched, now_s: number) => quick.call('endSession', [watched, now_s]);
  return {
    journal,
    twin,
    prefs: new Prefs(),
    clock: new Clock(),
    strip: new Strip(),
    nursing: new Nursing(),
    pumping: new Pumping(),
    openImporter,
    lookInside,
    lookAtSession,
    endSession,
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
