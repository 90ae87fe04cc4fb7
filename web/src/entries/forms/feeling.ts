import type { Fields } from '../../engine/calls';
import type { Shape } from './entry-form.svelte';
import { just, numberOf, openCommon, readCommon, together, unreadable, type Common } from './fields';

/** Each from 0 to 10; `null` where she says nothing. */
export interface FeelingFields extends Common {
  stress: number | null;
  pain: number | null;
  mood: number | null;
}

export const feelingShape: Shape<FeelingFields> = {
  open: (body, now) => ({
    ...openCommon(body, now),
    stress: numberOf(body, 'stress'),
    pain: numberOf(body, 'pain'),
    mood: numberOf(body, 'mood'),
  }),
  read: (fields, now) => {
    const { stress, pain, mood } = fields;
    const said: Fields = Object.fromEntries(Object.entries({ stress, pain, mood }).filter(([, value]) => value !== null));
    if (Object.keys(said).length === 0) return unreadable('stress', 'Move one of the lines to say how it is. 0 is none, 10 the most.');
    return together(just(said), readCommon(fields, now));
  },
};

/** As it stands beside the name. */
export const saidOf = (value: number | null) => (value === null ? 'not said' : `${value} of 10`);
