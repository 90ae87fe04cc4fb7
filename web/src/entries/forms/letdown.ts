import type { Shape } from './entry-form.svelte';
import { just, openCommon, readCommon, textOf, together, type Common } from './fields';

export interface LetdownFields extends Common {
  trigger: string;
  leaked: boolean;
}

export const TRIGGERS = [
  { value: 'none', text: 'By itself' },
  { value: 'cry', text: 'A cry' },
  { value: 'thought', text: 'A thought' },
  { value: 'picture', text: 'A picture' },
  { value: 'sound', text: 'A sound' },
  { value: 'smell', text: 'A smell' },
  { value: 'warmth', text: 'Warmth' },
  { value: 'touch', text: 'Touch' },
] as const;

export const letdownShape: Shape<LetdownFields> = {
  open: (body, now) => ({
    ...openCommon(body, now),
    trigger: body ? textOf(body, 'trigger') : 'none',
    leaked: body?.['leaked'] === true,
  }),
  read: (fields, now, body) => {
    // That nothing leaked is said only where it was said before.
    const leaked = fields.leaked || body?.['leaked'] !== undefined ? { leaked: fields.leaked } : {};
    const trigger = fields.trigger === '' ? {} : { trigger: fields.trigger };
    return together(just({ ...trigger, ...leaked }), readCommon(fields, now));
  },
};
