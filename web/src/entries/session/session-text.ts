/** A session that goes on, in words: warm, short, and "likely" where it is a guess. */

import type { LetDown, Look, Phase } from '../../engine/session';
import { within, type Unit } from '../../lib/format';
import { clockText } from '../../store/nurse-timer';
import type { PumpSession } from '../../store/pump-session';

type Source = PumpSession['source'];

const PHASES: Record<Phase, string> = {
  before_first: 'Waiting for milk',
  let_down: 'Milk is coming',
  between: 'A lull',
  slowed: 'Flow has slowed',
  past_flow: 'A drop now and then',
  massage: 'Massage',
  pause: 'A pause',
  ended: 'Done',
};

/** What goes on. From taps, whether milk still comes is a guess. */
export function phaseText(phase: Phase, source: Source): string {
  const guessed = source === 'taps' && (phase === 'let_down' || phase === 'between');
  return guessed ? `${PHASES[phase]}, likely` : PHASES[phase];
}

/** One line under it: what may come next, without a promise. */
export function hintText({ phase, let_downs }: Look, source: Source): string {
  if (phase === 'before_first') return source === 'taps' ? 'Tap when you see milk come.' : 'The first often takes a minute or two.';
  if (phase === 'let_down') return '';
  if (phase === 'between' || phase === 'slowed') {
    return let_downs.length === 0 ? '' : 'It may come again. You can stop whenever you like.';
  }
  return phase === 'past_flow' ? 'You can stop whenever you like.' : '';
}

/** "after 1:10". */
export const afterText = ({ onset_s }: LetDown): string => `after ${clockText(1_000 * onset_s)}`;

/** "20 ± 3 mL", "20 ± 3 mL so far"; empty where nothing tells it. */
export function broughtText({ volume_ml, volume_off_ml, goes_on }: LetDown, unit: Unit): string {
  if (volume_ml === null) return goes_on ? 'going on' : '';
  const amount = within(volume_ml, volume_off_ml, unit);
  return goes_on ? `${amount} so far` : amount;
}

/** Under this a let-down is one likely, not surely. */
const SURE = 0.9;
export const isLikely = ({ confidence }: LetDown): boolean => confidence < SURE;

/** What the drawing shows, for who does not see it. */
export function drawingText({ elapsed_s, let_downs, milk_ml, milk_off_ml }: Look, unit: Unit): string {
  const milk = milk_ml === null ? '' : `, ${within(milk_ml, milk_off_ml, unit)} so far`;
  const count = let_downs.length === 1 ? '1 let-down' : `${let_downs.length} let-downs`;
  const when = let_downs.length === 0 ? '' : `: ${let_downs.map(afterText).join(', ')}`;
  return `${clockText(1_000 * elapsed_s)} of the session${milk}, ${count}${when}`;
}
