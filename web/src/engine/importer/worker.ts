/** The importer's worker: its WASM runs here, away from the engines, and goes with it. */

import init, { Importer } from 'letdown-wasm-import';
import wasmUrl from 'letdown-wasm-import/binary?url';
import { zonedText } from '../../lib/time';
import { random } from '../random';
import { serve } from '../serving';
import { handlersOf } from './handlers';

let running = 0;

serve({
  loaded: init({ module_or_path: wasmUrl }),
  handlers: handlersOf({
    importer: (device) => new Importer(device),
    now: () => zonedText(new Date()),
    random,
    tell: (done, all) => self.postMessage({ id: running, progress: { done, all } }),
  }),
  begins: (id) => (running = id),
  missing: 'The part that reads files did not load. Your log is safe; try again when you are online.',
});
