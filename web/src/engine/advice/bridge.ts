import { Bridge } from '../bridge';
import { readReply, type Args, type Replies } from './calls';

export type AdviceBridge = Bridge<Args, Replies>;

/** Runs from the first question on. */
export const spawnAdvice = (): AdviceBridge =>
  new Bridge(() => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'advice' }), readReply);
