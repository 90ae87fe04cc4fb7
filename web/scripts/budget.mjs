// Holds the build to its budget: what a phone loads before it shows something, and the engine that comes after.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const FIRST_LOAD_KB = 60;
const ENGINE_KB = 500;

const dist = new URL('../dist/', import.meta.url).pathname;
const gzKb = (path) => gzipSync(readFileSync(path), { level: 9 }).length / 1024;

const html = readFileSync(join(dist, 'index.html'), 'utf8');
const eager = new Set(['index.html']);
for (const [, path] of html.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)) eager.add(path);
// A chunk that an eager one imports statically is loaded before the first paint too, named in the page or not.
for (const path of eager) {
  const text = readFileSync(join(dist, path), 'utf8');
  for (const [, name] of text.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)) eager.add(`assets/${name}`);
}

const engine = readdirSync(join(dist, 'assets')).filter((name) => name.endsWith('.wasm'));
const firstLoad = [...eager].reduce((sum, path) => sum + gzKb(join(dist, path)), 0);
const wasm = engine.reduce((sum, name) => sum + gzKb(join(dist, 'assets', name)), 0);

for (const path of eager) console.log(`  ${gzKb(join(dist, path)).toFixed(1).padStart(6)} KB gz  ${path}`);
console.log(`first load ${firstLoad.toFixed(1)} KB gz of ${FIRST_LOAD_KB}`);
console.log(`engine     ${wasm.toFixed(1)} KB gz of ${ENGINE_KB}${engine.length === 0 ? ' (no WASM in this build)' : ''}`);
if (FIRST_LOAD_KB < firstLoad || ENGINE_KB < wasm) {
  console.error('over the budget');
  process.exit(1);
}
