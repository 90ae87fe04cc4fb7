// Holds the build to its budget: what a phone loads before it shows something, the journal's and the twin's engine that come after, and the
// importer that comes when a file does, the session that comes when one is followed or looked inside, and what advises.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const FIRST_LOAD_KB = 60;
const ENGINE_KB = 500;
const TWIN_KB = 500;
// These are a tenth above what they measure.
const IMPORTER_KB = 800;
const SESSION_KB = 160;
const ADVICE_KB = 800;

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

const wasm = readdirSync(join(dist, 'assets')).filter((name) => name.endsWith('.wasm'));
const isImporter = (name) => name.startsWith('letdown_import');
const isSession = (name) => name.startsWith('letdown_session');
const isAdvice = (name) => name.startsWith('letdown_advice');
const isTwin = (name) => name.startsWith('letdown_twin');
const gzOf = (names) => names.reduce((sum, name) => sum + gzKb(join(dist, 'assets', name)), 0);
const firstLoad = [...eager].reduce((sum, path) => sum + gzKb(join(dist, path)), 0);
const engine = gzOf(wasm.filter((name) => !isImporter(name) && !isSession(name) && !isTwin(name) && !isAdvice(name)));
const importer = gzOf(wasm.filter(isImporter));
const session = gzOf(wasm.filter(isSession));
const twin = gzOf(wasm.filter(isTwin));
const advice = gzOf(wasm.filter(isAdvice));
const lines = [
  ['first load', firstLoad, FIRST_LOAD_KB],
  ['journal', engine, ENGINE_KB],
  ['twin', twin, TWIN_KB],
  ['importer', importer, IMPORTER_KB],
  ['session', session, SESSION_KB],
  ['advice', advice, ADVICE_KB],
];

for (const path of eager) console.log(`  ${gzKb(join(dist, path)).toFixed(1).padStart(6)} KB gz  ${path}`);
if (wasm.length === 0) console.log('no WASM in this build');
for (const [what, kb, most] of lines) console.log(`${what.padEnd(10)} ${kb.toFixed(1)} KB gz of ${most}`);
if (lines.some(([, kb, most]) => most < kb)) {
  console.error('over the budget');
  process.exit(1);
}
