/** The present to the second, while something on the screen needs it. Made in a component; it ends with it. */
export class Seconds {
  now_ms = $state(Date.now());

  constructor(needed: () => boolean) {
    $effect(() => {
      if (!needed()) return;
      const tick = () => (this.now_ms = Date.now());
      tick();
      const timer = setInterval(tick, 1_000);
      document.addEventListener('visibilitychange', tick);
      return () => {
        clearInterval(timer);
        document.removeEventListener('visibilitychange', tick);
      };
    });
  }
}
