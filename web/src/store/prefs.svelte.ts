import { applyScheme, CHOICES, SCHEME_KEY, type SchemeChoice } from '../lib/scheme';
import type { Unit } from '../lib/format';
import * as memory from './memory';

const UNIT_KEY = 'letdown.unit';

/** What she chose about how things are shown, remembered on this device. */
export class Prefs {
  #unit = $state<Unit>(memory.recall(UNIT_KEY) === 'oz' ? 'oz' : 'ml');
  #scheme = $state<SchemeChoice>(CHOICES.find((choice) => choice === memory.recall(SCHEME_KEY)) ?? 'auto');

  get unit(): Unit {
    return this.#unit;
  }

  set unit(unit: Unit) {
    this.#unit = unit;
    memory.keep(UNIT_KEY, unit);
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
