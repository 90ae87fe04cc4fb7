/** The session's worker: its WASM runs here, and goes with it. */

import init, { inside, Session } from 'letdown-wasm-session';
import wasmUrl from 'letdown-wasm-session/binary?url';
import type { Message } from './bridge';
import { answer } from './handlers';
import { sessionHandlers } from './session';

const loaded = init({ module_or_path: wasmUrl });
const handlers = sessionHandlers(Session, inside);

async function reply(message: Message): Promise<void> {
  try {
    await loaded;
    self.postMessage(answer(handlers, message));
  } catch {
    const value = 'This part of the page did not load. Try again when you are online.';
    self.postMessage({ id: message.id, ok: false, value });
  }
}

self.addEventListener('message', ({ data }: MessageEvent<Message>) => void reply(data));
