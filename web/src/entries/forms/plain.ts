import type { Shape } from './entry-form.svelte';
import { openCommon, readCommon, type Common } from './fields';

/** A kind that is not written down here: its time and its note can be changed, the rest stays. */
export const plainShape: Shape<Common> = { open: openCommon, read: readCommon };
