import { applyScheme, CHOICES, SCHEME_KEY, type SchemeChoice } from '../lib/scheme';
import type { Shown, Unit } from '../lib/format';
import * as memory from './memory';

const UNIT_KEY = 'letdown.unit';
const QUIET_KEY = 'letdown.quiet';

/** What she chose about how things are shown, remembered on this device. */
export class Prefs {
  #unit = $state<Unit>(memory.recall(UNIT_KEY) === 'oz' ? 'oz' : 'ml');
  #quiet = $state(memory.recall(QUIET_KEY) === 'yes');
  /** Volumes are shown for now, until the page is closed, though the quiet mode is on. */
  peeks = $state(false);
  #scheme = $state<SchemeChoice>(CHOICES.find((choice) => choice === memory.recall(SCHEME_KEY)) ?? 'auto');

  get unit(): Unit {
    return this.#unit;
  }

  set unit(unit: Unit) {
    this.#unit = unit;
    memory.keep(UNIT_KEY, unit);
  }

  /** The quiet mode: no volume is shown. */
  get quiet(): boolean {
    return this.#quiet;
  }

  set quiet(quiet: boolean) {
    this.#quiet = quiet;
    this.peeks = false;
    memory.keep(QUIET_KEY, quiet ? 'yes' : 'no');
  }

  /** How volumes are shown where nothing is typed. */
  get shown(): Shown {
    return this.#quiet && !this.peeks ? 'none' : this.#unit;
  }

  get scheme(): SchemeChoice {
    return this.#scheme;
  }

  set scheme(choice: SchemeChoice) {
    this.#scheme = choice;
    memory.keep(SCHEME_KEY, choice);
    applyScheme(choice, new Date());
  }
}
