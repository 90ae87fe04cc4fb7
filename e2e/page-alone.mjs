// Plays the stories against the page alone: a stand-in for the engine, the HTTP contract from memory, no Rust.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startFakeServer } from './fake-server.mjs';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const dist = at('artefacts/fake-dist');
const fixture = at('artefacts/pump.csv');

mkdirSync(at('artefacts'), { recursive: true });
execFileSync('node', ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn', '--outDir', dist, '--emptyOutDir'], {
  cwd: at('../web'),
  env: { ...process.env, LETDOWN_FAKE_ENGINE: '1' },
  stdio: 'inherit',
});

// The stand-in moves this log so that it ends today.
const lines = ['Time,Amount,Note'];
for (let day = 1; day <= 31; day += 1) {
  for (const hour of [1, 4, 7, 10]) lines.push(`"5/${day}/17, ${hour}:10 AM",${90 + ((day * 7 + hour * 5) % 60)} ml`);
}
for (let day = 1; day <= 11; day += 1) {
  for (const hour of [1, 4, 7, 10]) lines.push(`"6/${day}/17, ${hour}:10 PM",${95 + ((day * 7 + hour * 5) % 60)} ml`);
}
writeFileSync(fixture, `${lines.join('\n')}\n`);

const servers = [await startFakeServer(dist), await startFakeServer(dist)];
const [first, second] = servers.map(({ url }) => url);
const stories = spawn('node', [at('run.mjs')], {
  env: { ...process.env, LETDOWN_URL: first, LETDOWN_URL_2: second, LETDOWN_FIXTURE: fixture, LETDOWN_FAKE_ENGINE: '1' },
  stdio: 'inherit',
});
stories.on('exit', (code) => {
  for (const server of servers) server.stop();
  process.exit(code ?? 1);
});
