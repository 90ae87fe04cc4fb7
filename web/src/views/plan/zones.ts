/** The places whose clocks a browser knows, by part of the world: `Asia/Tokyo` is Tokyo in Asia. */

export interface Region {
  readonly name: string;
  readonly zones: readonly { readonly zone: string; readonly place: string }[];
}

export function regions(names: readonly string[] = Intl.supportedValuesOf('timeZone')): readonly Region[] {
  const by = new Map<string, { zone: string; place: string }[]>();
  for (const zone of names) {
    const [region = '', ...rest] = zone.split('/');
    if (rest.length === 0 || region === 'Etc') continue;
    const place = [...rest].reverse().join(', ').replaceAll('_', ' ');
    by.set(region, [...(by.get(region) ?? []), { zone, place }]);
  }
  return [...by].map(([name, zones]) => ({ name, zones: [...zones].sort((a, b) => a.place.localeCompare(b.place)) }));
}
