import type { FitReport } from '../../engine/shapes';
import { plural } from '../../lib/format';

/** The state of the fit as one plain line. */
export function howSure({ state, message, standing, fitted_sessions, draws, r_hat, divergences }: FitReport): string {
  if (state !== 'ready') return message;
  if (standing === 'provisional') return `${message} The full answer follows.`;
  const checks = [
    r_hat === null ? '' : `R-hat ${r_hat.toFixed(3)}`,
    divergences === null ? '' : plural(divergences, 'divergence'),
  ].filter((check) => check !== '');
  const agreement = checks.length === 0 ? '' : ` (${checks.join(', ')})`;
  return `Learned from ${plural(fitted_sessions, 'session')}; ${plural(draws, 'draw')} from runs that agree${agreement}.`;
}
