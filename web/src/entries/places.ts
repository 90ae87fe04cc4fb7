/** Where she was: the usual places, and her own words. */

const PLACES = [
  { value: 'home', text: 'Home' },
  { value: 'work', text: 'Work' },
  { value: 'elsewhere', text: 'Elsewhere' },
] as const;

/** The places to choose from; one in her own words stands beside the usual ones. */
export function placesWith(place: string): readonly { readonly value: string; readonly text: string }[] {
  return place === '' || PLACES.some(({ value }) => value === place) ? PLACES : [...PLACES, { value: place, text: place }];
}
