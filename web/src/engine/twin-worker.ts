/** The twin's worker: the one place where its WASM runs. It answers one call at a time. */

import init, { Twin } from 'letdown-wasm-twin';
import wasmUrl from 'letdown-wasm-twin/binary?url';
import { zonedText } from '../lib/time';
import { answer, twinHandlersOf, type Request } from './handlers';
import { random } from './random';

const loaded = init({ module_or_path: wasmUrl });

const handlers = twinHandlersOf({ engine: (device) => new Twin(device), now: () => zonedText(new Date()), random });

async function reply(request: Request): Promise<void> {
  try {
    await loaded;
    self.postMessage(answer(handlers, request));
  } catch {
    self.postMessage({ id: request.id, ok: false, value: 'The engine did not load. Reload the page to try again.' });
  }
}

self.addEventListener('message', ({ data }: MessageEvent<Request>) => void reply(data));
