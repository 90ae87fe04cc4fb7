/** The twin's worker: the one place where its WASM runs. It answers one call at a time. */

import init, { Twin } from 'letdown-wasm-twin';
import wasmUrl from 'letdown-wasm-twin/binary?url';
import { zonedText } from '../lib/time';
import { twinHandlersOf } from './handlers';
import { random } from './random';
import { serve } from './serving';

serve({
  loaded: init({ module_or_path: wasmUrl }),
  handlers: twinHandlersOf({ engine: (device) => new Twin(device), now: () => zonedText(new Date()), random }),
  missing: 'The engine did not load. Reload the page to try again.',
});
