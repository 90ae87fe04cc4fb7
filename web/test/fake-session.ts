/** A stand-in for the engine's `Session`: its shapes and manners, not its mathematics. */

import type { InsideSettings } from '../src/engine/inside';
import type { Look, Said, SessionEngine, Tap } from '../src/engine/session';

/** As the coach words them with usual numbers. */
const SAYS = {
  cue: {
    text: 'Start with a picture of your baby, or hold a cloth that smells of your baby.',
    why: 'The brain learns what comes before milk. Then a look or a thought can start it.',
    source: 'Trials.',
    limits: 'Some trials found more milk, some did not, and none has tested smell. It may do nothing for you.',
  },
  massage_then_five: {
    text: 'Flow has slowed. Stop the pump, massage for 2 minutes, then pump 5 more: about 60 in 100 that it comes again, likely 8 to 16 mL.',
    why: 'A new let-down can come when flow has slowed. Massage moves milk along the ducts. If you leave the pump on for 5 minutes: about 55 in 100.',
    source: 'Your own log: 8 sessions.',
    limits: 'A let-down counts here from 3 mL on. Trials found more milk with massage. Whether a pause for it beats leaving the pump on is not known.',
  },
};

const LATE_S = 4;
const LASTS_S = 120;

export default function init(options: { module_or_path: unknown }): Promise<unknown> {
  return Promise.resolve(options);
}

export class Session implements SessionEngine {
  freed = false;
  #look: (now_s: number) => Look;
  #kept: string;

  private constructor(look: (now_s: number) => Look, kept: string) {
    this.#look = look;
    this.#kept = kept;
  }

  static taps(json: string): Session {
    const { taps } = JSON.parse(json) as { taps: Partial<Tap>[] };
    return new Session((now_s) => ofTaps(taps, now_s), json);
  }

  /** A let-down each three minutes from the first minute on. */
  static simulated(seed: number): Session {
    const first_s = 60 + (seed % 20);
    return new Session((now_s) => ofScale(first_s, Math.min(1_200, now_s), 1_200 < now_s), 'AQ');
  }

  look = (now_s: number) => JSON.stringify(this.#look(now_s));

  /** A cue at once; massage when flow has slowed. Each is shown until she answers it. */
  coach(knows: string, said: string, now_s: number): string {
    if (typeof JSON.parse(knows) !== 'object') throw new Error('knows is no object');
    const all = JSON.parse(said) as Said[];
    const { phase } = this.#look(now_s);
    const id = phase === 'before_first' ? 'cue' : phase === 'slowed' ? 'massage_then_five' : null;
    const shown = all.find((one) => one.what === 'shown' && one.id === id);
    const answered = all.some((one) => one.what !== 'shown' && (one.id === id || one.what === 'pain'));
    if (!id || answered) return JSON.stringify({ prompt: null, said: all });
    const since_s = shown?.at_s ?? now_s;
    const does = id === 'cue' ? 'I have it' : 'Massage now';
    const offers = [{ answer: 'do', text: does }, { answer: 'not_now', text: 'Not now' }, { answer: 'stop', text: 'Stop' }];
    const prompt = { ...SAYS[id], id, since_s, offers };
    return JSON.stringify({ prompt, said: shown ? all : [...all, { at_s: now_s, what: 'shown', id }] });
  }

  end(now_s: number): string {
    const { let_downs, milk_ml, slowed_s } = this.#look(now_s);
    const seen = let_downs.map(({ onset_s, end_s, volume_ml }) => ({ onset_s, end_s, ...(volume_ml === null ? {} : { volume_ml }) }));
    return JSON.stringify({
      minutes: Math.round(now_s / 6) / 10,
      ...(milk_ml === null ? {} : { total_ml: milk_ml }),
      ...(seen.length === 0 ? {} : { let_downs: seen }),
      ...(slowed_s === null ? {} : { slowed_s }),
      trace: this.#kept,
      detector: 'fake',
    });
  }

  free(): void {
    this.freed = true;
  }
}

/** Let-downs every two minutes, each of which brings a third of what is there. */
export function inside(settings: string): string {
  const { left, right, minutes, fullness, stress } = JSON.parse(settings) as InsideSettings;
  if (minutes < 1 || 40 < minutes) throw new Error(`minutes: ${minutes} must lie between 1 and 40.`);
  const seconds = 60 * minutes;
  const t_s = Array.from({ length: seconds + 1 }, (_, t) => t);
  const first_s = Math.round(60 * (1 + stress));
  const at = Array.from({ length: 40 }, (_, k) => first_s + 120 * k).filter((s) => s < seconds - 10);
  const since = (t: number) => t - (at.filter((s) => s <= t).at(-1) ?? Infinity);
  const pulse = (t: number, fades_s: number) => (0 <= since(t) ? Math.exp(-since(t) / fades_s) : 0);
  const held = fullness * 185;
  const side = (taken: boolean) => {
    const kept = (t: number) => at.reduce((ml, s) => ml * (1 - 0.3 * Math.min(1, Math.max(0, (t - s) / 50))), held);
    const ducts = t_s.map((t) => 8 * fullness * pulse(t, 30));
    return {
      alveoli_ml: t_s.map((t, i) => (taken ? kept(t) : held) - (ducts[i] ?? 0)),
      ducts_ml: ducts,
      taken_ml: t_s.map((t) => (taken ? held - kept(t) : 0)),
    };
  };
  const [l, r] = [side(left !== 'none'), side(right !== 'none')];
  const sum = (a: readonly number[], b: readonly number[]) => a.map((x, i) => x + (b[i] ?? 0));
  const both = {
    alveoli_ml: sum(l.alveoli_ml, r.alveoli_ml),
    ducts_ml: sum(l.ducts_ml, r.ducts_ml),
    taken_ml: sum(l.taken_ml, r.taken_ml),
  };
  const taken_ml = both.taken_ml.at(-1) ?? 0;
  const frames = {
    t_s, both, left: l, right: r,
    oxytocin: t_s.map((t) => pulse(t, 40)),
    contraction: t_s.map((t) => 0.9 * pulse(t, 50)),
    drive: t_s.map(() => 0.8 * Math.exp(-stress)),
    charge: t_s.map((t) => (t < first_s ? t / first_s : since(t) / 120)),
  };
  return JSON.stringify({
    frames,
    let_downs: at.map((at_s, k) => ({
      at_s,
      volume_ml: (both.taken_ml[Math.min(seconds, at_s + 120)] ?? taken_ml) - (both.taken_ml[at_s] ?? 0),
      felt: k === 0,
      visible: true,
    })),
    first_s: at[0] ?? null,
    slowed_s: null,
    totals: {
      available_ml: 2 * held, taken_ml, left_ml: l.taken_ml.at(-1) ?? 0, right_ml: r.taken_ml.at(-1) ?? 0,
      left_in_ml: 2 * held - taken_ml, made_ml: 0, holds_ml: 370, seconds,
    },
  });
}

function ofTaps(taps: readonly Partial<Tap>[], now_s: number): Look {
  const of = (word: string) => taps.filter(({ tap }) => tap === word).map(({ t_s }) => t_s ?? 0);
  const onsets = of('milk_came').map((t_s) => Math.max(0, t_s - LATE_S));
  const slowed_s = of('slowed')[0] ?? null;
  const milk_ml = taps.filter(({ tap }) => tap === 'mark').at(-1)?.ml ?? null;
  const let_downs = onsets.map((onset_s, i) => {
    const end_s = Math.min(onsets[i + 1] ?? Infinity, of('slowed').find((t_s) => onset_s < t_s) ?? Infinity, onset_s + LASTS_S);
    const volume_ml = milk_ml === null ? null : milk_ml / onsets.length;
    return { onset_s, end_s: Math.min(end_s, now_s), volume_ml, volume_off_ml: volume_ml === null ? null : 5.5, confidence: 0.9, goes_on: now_s < end_s };
  });
  const runs = let_downs.at(-1)?.goes_on === true;
  const flows = runs ? 'let_down' : slowed_s === null ? (onsets.length === 0 ? 'before_first' : 'between') : 'slowed';
  const isOn = (what: string) => of(`${what}_ends`).length < of(`${what}_begins`).length;
  const phase = isOn('pause') ? 'pause' : isOn('massage') ? 'massage' : flows;
  const milk_off_ml = milk_ml === null ? null : 3.9;
  return { elapsed_s: now_s, milk_ml, milk_off_ml, phase, let_downs, first_s: onsets[0] ?? null, slowed_s, flow: [], is_over: false };
}

function ofScale(first_s: number, now_s: number, is_over: boolean): Look {
  const onsets = [0, 1, 2, 3, 4].map((k) => first_s + 180 * k).filter((s) => s < now_s);
  const flowAt = (t: number) => 30 * onsets.reduce((sum, s) => (s <= t ? sum + Math.exp((s - t) / 25) : sum), 0);
  const flow = Array.from({ length: Math.floor(now_s) }, (_, t) => flowAt(t));
  const let_downs = onsets.map((onset_s) => {
    const end_s = Math.min(now_s, onset_s + 60);
    return { onset_s, end_s, volume_ml: 12.5, volume_off_ml: 2, confidence: 0.99, goes_on: now_s < onset_s + 60 };
  });
  const milk_ml = flow.reduce((sum, ml) => sum + ml / 60, 0);
  const runs = let_downs.at(-1)?.goes_on === true;
  const phase = runs ? 'let_down' : onsets.length === 0 ? 'before_first' : 'between';
  return { elapsed_s: now_s, milk_ml, milk_off_ml: 2.1, phase, let_downs, first_s: onsets[0] ?? null, slowed_s: null, flow, is_over };
}
