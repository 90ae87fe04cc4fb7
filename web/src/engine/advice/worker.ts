/** The adviser's worker: its WASM runs here, so that a question waits for no fit and no entry waits for a question. */

import init, { Advice } from 'letdown-wasm-advice';
import wasmUrl from 'letdown-wasm-advice/binary?url';
import { zonedText } from '../../lib/time';
import { random } from '../random';
import { serve } from '../serving';
import { handlersOf } from './handlers';

serve({
  loaded: init({ module_or_path: wasmUrl }),
  handlers: handlersOf({ engine: (device) => new Advice(device), now: () => zonedText(new Date()), random }),
  missing: 'The part that advises did not load. Your log is safe; try again when you are online.',
});
