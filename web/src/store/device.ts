import * as memory from './memory';

const KEY = 'letdown.device';

/** The name under which this browser writes entries: made once, then kept. */
export function deviceName(): string {
  const known = memory.recall(KEY);
  if (known !== null && /^web-[0-9a-f]{16}$/.test(known)) return known;
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  const name = `web-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  memory.keep(KEY, name);
  return name;
}
