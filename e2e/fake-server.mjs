// The server's HTTP contract from memory, for playing the stories without Rust: entries in the order they came, the
// built page, the same headers. It checks what the real one checks about entries, since the page relies on the answers.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};
const CSP =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
  "connect-src 'self'; worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
const PAGE = 5_000;

/** Starts a server for the page in `dist` with an empty journal; answers with its address and a way to end it. */
export async function startFakeServer(dist) {
  const entries = [];
  const ids = new Set();
  const numbers = new Set();
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://localhost');
    response.setHeader('content-security-policy', CSP);
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('referrer-policy', 'no-referrer');
    if (url.pathname === '/v1/entries' && request.method === 'GET') return list(url, response);
    if (url.pathname === '/v1/entries' && request.method === 'POST') return store(request, response);
    return file(url.pathname, response);
  });

  function list(url, response) {
    const after = Number(url.searchParams.get('after'));
    const next = Math.min(entries.length, after + PAGE);
    json(response, 200, { entries: entries.slice(after, next), next, more: next < entries.length });
  }

  async function store(request, response) {
    let body = '';
    for await (const part of request) body += part;
    const given = JSON.parse(body).entries;
    if (PAGE < given.length) return json(response, 413, { error: `At most ${PAGE} entries at once.` });
    const fresh = given.filter(({ id }) => !ids.has(id));
    const taken = fresh.find(({ device, seq }) => numbers.has(`${device} ${seq}`));
    if (taken) return json(response, 409, { error: `Device ${taken.device} already wrote its entry ${taken.seq}.` });
    for (const { id, device, seq } of fresh) {
      ids.add(id);
      numbers.add(`${device} ${seq}`);
    }
    entries.push(...fresh);
    return json(response, 200, { stored: fresh.length, known: given.length - fresh.length });
  }

  function file(path, response) {
    const name = path === '/' ? 'index.html' : normalize(path).replace(/^[/.]+/, '');
    const full = join(dist, name);
    if (!existsSync(full) || !statSync(full).isFile()) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[extname(full)] ?? 'application/octet-stream' });
    return createReadStream(full).pipe(response);
  }

  function json(response, status, value) {
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify(value));
  }

  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}
