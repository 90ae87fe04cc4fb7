const TICK_MS = 20_000;

/** The present, as the page shows it. It ticks while somebody looks. */
export class Clock {
  now = $state(new Date());

  constructor() {
    const tick = () => (this.now = new Date());
    setInterval(tick, TICK_MS);
    document.addEventListener('visibilitychange', tick);
  }
}
