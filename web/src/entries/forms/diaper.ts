import type { Shape } from './entry-form.svelte';
import { just, openCommon, readCommon, together, type Common } from './fields';

export type Held = 'wet' | 'soiled';

export interface DiaperFields extends Common {
  held: Held[];
}

export const diaperShape: Shape<DiaperFields> = {
  open: (body, now) => ({
    ...openCommon(body, now),
    held: body ? (['wet', 'soiled'] as const).filter((what) => body[what] === true) : ['wet'],
  }),
  read: (fields, now) =>
    together(
      just({ wet: fields.held.includes('wet'), soiled: fields.held.includes('soiled') }),
      readCommon(fields, now),
    ),
};
