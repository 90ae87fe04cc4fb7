/** The journal's worker: the one place where its WASM runs. It answers one call at a time. */

import init, { Engine } from 'letdown-wasm';
import wasmUrl from 'letdown-wasm/binary?url';
import { zonedText } from '../lib/time';
import { handlersOf } from './handlers';
import { random } from './random';
import { serve } from './serving';

serve({
  loaded: init({ module_or_path: wasmUrl }),
  handlers: handlersOf({ engine: (device) => new Engine(device), now: () => zonedText(new Date()), random }),
  missing: 'The engine did not load. Reload the page to try again.',
});
