import * as memory from './memory';
import { readSession, type PumpSession } from './pump-session';

const KEY = 'letdown.pumping';

/** The pump session that goes on, on this device: it outlives the sheet, a reload, and the phone's sleep. */
export class Pumping {
  session = $state.raw<PumpSession | null>(readSession(memory.recall(KEY)));

  constructor() {
    // Another tab of this browser may follow the same session.
    window.addEventListener('storage', ({ key, newValue }) => {
      if (key === KEY) this.session = readSession(newValue);
    });
  }

  set(session: PumpSession | null): void {
    this.session = session;
    memory.keep(KEY, session ? JSON.stringify(session) : '');
  }
}
