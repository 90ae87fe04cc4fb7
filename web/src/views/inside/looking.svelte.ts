import type { At, Inside, InsideSettings } from '../../engine/inside';
import type { Result } from '../../lib/result';
import { endOf, tellingMoment } from './moment';

export const SETUPS = {
  pump: ['pump', 'pump'],
  baby: ['baby', 'none'],
  both: ['baby', 'pump'],
} as const satisfies Record<string, readonly [At, At]>;
export type Setup = keyof typeof SETUPS;

const USUAL: InsideSettings = {
  left: 'pump',
  right: 'pump',
  minutes: 15,
  fullness: 0.7,
  vacuum: 1,
  suck: 1,
  massage: 0,
  cues: 0.1,
  stress: 0,
  pain: 0,
  seed: 1,
};

/** A simulated session as it was asked for, and what came of it. A newer wish overtakes those that wait. */
export class Looking {
  settings = $state.raw<InsideSettings>(USUAL);
  inside = $state.raw<Inside | null>(null);
  problem = $state('');
  t_s = $state(0);

  #look: (settings: InsideSettings) => Promise<Result<Inside>>;
  #busy = false;
  #again = false;

  constructor(look: (settings: InsideSettings) => Promise<Result<Inside>>) {
    this.#look = look;
  }

  get setup(): Setup {
    const { left, right } = this.settings;
    return left === 'pump' ? 'pump' : right === 'pump' ? 'both' : 'baby';
  }

  set setup(setup: Setup) {
    const [left, right] = SETUPS[setup];
    void this.change({ left, right });
  }

  async change(some: Partial<InsideSettings>): Promise<void> {
    this.settings = { ...this.settings, ...some };
    await this.run();
  }

  async run(): Promise<void> {
    this.#again = true;
    if (this.#busy) return;
    this.#busy = true;
    while (this.#again) {
      this.#again = false;
      const came = await this.#look(this.settings);
      if (came.ok) this.#show(came.value);
      this.problem = came.ok ? '' : came.problem.text;
    }
    this.#busy = false;
  }

  #show(inside: Inside): void {
    const isFirst = this.inside === null;
    this.inside = inside;
    this.t_s = isFirst ? tellingMoment(inside) : Math.min(this.t_s, endOf(inside));
  }
}
