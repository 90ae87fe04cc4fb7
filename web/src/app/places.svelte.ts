import type { IconName } from '../lib/ui/icons';

export const PLACES = [
  { id: 'now', name: 'Now', icon: 'clock', logs: true },
  { id: 'log', name: 'Log', icon: 'list', logs: true },
  { id: 'supply', name: 'Supply', icon: 'chart', logs: false },
  { id: 'plan', name: 'Plan', icon: 'calendar', logs: false },
  { id: 'inside', name: 'Inside', icon: 'waves', logs: false },
] as const satisfies readonly Place[];

export interface Place {
  readonly id: 'now' | 'log' | 'supply' | 'plan' | 'inside';
  readonly name: string;
  readonly icon: IconName;
  /** Whether logging is the one thing to do there. */
  readonly logs: boolean;
}

/** Where she is, kept in the address so that "back" and a reload lead there. */
export class Places {
  current = $state.raw<Place>(placeInAddress());

  constructor() {
    window.addEventListener('hashchange', () => {
      this.current = placeInAddress();
      window.scrollTo(0, 0);
    });
  }
}

function placeInAddress(): Place {
  return PLACES.find(({ id }) => location.hash === `#${id}`) ?? PLACES[0];
}
