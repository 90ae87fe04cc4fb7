/** How a worker answers its page: one call after the other, once its WASM has loaded. */

import type { Message } from './bridge';
import { answer } from './handlers';

export interface Service {
  readonly loaded: Promise<unknown>;
  readonly handlers: Readonly<Record<string, unknown>>;
  /** What a call is told when the WASM did not load. */
  readonly missing: string;
  /** Hears of each call before it is answered. */
  readonly begins?: (id: number) => void;
}

export function serve({ loaded, handlers, missing, begins }: Service): void {
  async function reply(message: Message): Promise<void> {
    try {
      await loaded;
      begins?.(message.id);
      self.postMessage(answer(handlers, message));
    } catch {
      self.postMessage({ id: message.id, ok: false, value: missing });
    }
  }
  self.addEventListener('message', ({ data }: MessageEvent<Message>) => void reply(data));
}
