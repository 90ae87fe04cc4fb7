import { spawnAdvice } from '../engine/advice/bridge';
import { Advice } from './advice';
import type { Server } from './server';

/** Whoever advises, in a worker of its own. */
export const openAdvice = (server: Server, device: string, fit: () => Uint8Array | null) =>
  new Advice(spawnAdvice(), server, device, fit);
