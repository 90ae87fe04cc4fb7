/** The importer's worker: its WASM runs here, away from the engines, and goes with it. */

import init, { Importer } from 'letdown-wasm-import';
import wasmUrl from 'letdown-wasm-import/binary?url';
import { zonedText } from '../../lib/time';
import type { Message } from '../bridge';
import { answer } from '../handlers';
import { random } from '../random';
import { handlersOf } from './handlers';

const loaded = init({ module_or_path: wasmUrl });
let running = 0;

const handlers = handlersOf({
  importer: (device) => new Importer(device),
  now: () => zonedText(new Date()),
  random,
  tell: (done, all) => self.postMessage({ id: running, progress: { done, all } }),
});

async function reply(message: Message): Promise<void> {
  try {
    await loaded;
    running = message.id;
    self.postMessage(answer(handlers, message));
  } catch {
    const value = 'The part that reads files did not load. Your log is safe; try again when you are online.';
    self.postMessage({ id: message.id, ok: false, value });
  }
}

self.addEventListener('message', ({ data }: MessageEvent<Message>) => void reply(data));
