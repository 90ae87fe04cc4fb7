import * as memory from './memory';
import { letDown, paused, readTimer, started, type Side, type Timer } from './nurse-timer';

const KEY = 'letdown.nursing';

/** The nursing that goes on, on this device: it outlives the sheet, a reload, and the phone's sleep. */
export class Nursing {
  timer = $state.raw<Timer | null>(readTimer(memory.recall(KEY)));

  constructor() {
    // Another tab of this browser may hold the same timer.
    window.addEventListener('storage', ({ key, newValue }) => {
      if (key === KEY) this.timer = readTimer(newValue);
    });
  }

  start(side: Side): void {
    this.set(started(this.timer, side, Date.now()));
  }

  pause(): void {
    if (this.timer) this.set(paused(this.timer, Date.now()));
  }

  /** Milk lets down now, or it was said by mistake. */
  letDown(isSo: boolean): void {
    if (this.timer) this.set(letDown(this.timer, isSo ? Date.now() : null));
  }

  set(timer: Timer | null): void {
    this.timer = timer;
    memory.keep(KEY, timer ? JSON.stringify(timer) : '');
  }
}
