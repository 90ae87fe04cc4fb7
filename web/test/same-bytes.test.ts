/** The engine in the browser gives the bytes that the program gives: `fixtures/golden/inside.json` holds both to it. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { initSync, inside } from '../src/wasm/letdown_session.js';

interface Look {
  settings: object;
  bytes: number;
  fnv1a64: string;
}

const file = (path: string) => readFileSync(fileURLToPath(new URL(path, import.meta.url)));
const { looks } = JSON.parse(file('../../fixtures/golden/inside.json').toString()) as { looks: Look[] };

/** FNV-1a, 64 bits (Fowler, Noll, Vo). */
function fnv1a64(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}

describe('a look inside', () => {
  initSync({ module: file('../src/wasm/letdown_session_bg.wasm') });

  test.each(looks)('has the same bytes as in the program: $settings', ({ settings, bytes, fnv1a64: known }) => {
    const text = inside(JSON.stringify(settings));
    expect([text.length, fnv1a64(text)]).toEqual([bytes, known]);
  });
});
