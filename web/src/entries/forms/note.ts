import type { Shape } from './entry-form.svelte';
import { just, openCommon, readCommon, textOf, together, unreadable, type Common } from './fields';

export interface NoteFields extends Common {
  text: string;
}

export const noteShape: Shape<NoteFields> = {
  open: (body, now) => ({ ...openCommon(body, now), text: textOf(body, 'text') }),
  read: (fields, now) =>
    fields.text.trim() === ''
      ? unreadable('text', 'Write some words first.')
      : together(just({ text: fields.text.trim() }), readCommon(fields, now)),
};
