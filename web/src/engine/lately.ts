/** How right the forecasts of the last days were, as the engine answers it. Loaded with the place that shows it. */

import { boolean, count, list, nullable, number, object, string, type Infer } from '../lib/validate';
import { likely, moment } from './shapes';

export const lately = object({
  days: count,
  sessions: list(object({ at: moment, likely_ml: likely, came_ml: number, within: boolean })),
  within: count,
  mae_ml: nullable(number),
  says: string,
});

export type Lately = Infer<typeof lately>;
