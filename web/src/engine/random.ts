/** The browser gives at most this many random bytes at once. */
const RANDOM_AT_ONCE = 65_536;

export function random(bytes: number): Uint8Array {
  const all = new Uint8Array(bytes);
  for (let from = 0; from < bytes; from += RANDOM_AT_ONCE) {
    crypto.getRandomValues(all.subarray(from, from + RANDOM_AT_ONCE));
  }
  return all;
}
