/** The session's worker: its WASM runs here, and goes with it. */

import init, { inside, Session } from 'letdown-wasm-session';
import wasmUrl from 'letdown-wasm-session/binary?url';
import { serve } from './serving';
import { sessionHandlers } from './session';

serve({
  loaded: init({ module_or_path: wasmUrl }),
  handlers: sessionHandlers(Session, inside),
  missing: 'This part of the page did not load. Try again when you are online.',
});
