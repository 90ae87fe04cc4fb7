/** Light or dark: what she chose, else dark at night and wherever her device is set to dark. */

export const CHOICES = ['auto', 'light', 'dark'] as const;
export type SchemeChoice = (typeof CHOICES)[number];
export type Scheme = 'light' | 'dark';

/** The page's ground, for the browser's own frame; the same colours stand in `index.html` and `app/tokens.css`. */
const GROUND: Record<Scheme, string> = { light: '#faf5ec', dark: '#15110e' };

export const SCHEME_KEY = 'letdown.scheme';

const NIGHT_FROM = 20;
const NIGHT_TO = 7;

export function schemeFor(choice: SchemeChoice, hour: number, deviceIsDark: boolean): Scheme {
  if (choice !== 'auto') return choice;
  return deviceIsDark || hour < NIGHT_TO || NIGHT_FROM <= hour ? 'dark' : 'light';
}

export function applyScheme(choice: SchemeChoice, at: Date): void {
  const deviceIsDark = matchMedia('(prefers-color-scheme: dark)').matches;
  const scheme = schemeFor(choice, at.getHours(), deviceIsDark);
  document.documentElement.dataset['scheme'] = scheme;
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', GROUND[scheme]);
}
