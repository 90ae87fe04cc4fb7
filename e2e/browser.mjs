// A browser as a phone would be: its own empty profile, and everything it complains about is kept.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const ARGS = [
  '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];
const ORDINARY_TEXT_PX = 16;

/** `text`: the size of text she has set in her browser, as a factor. `slow`: so many times slower than this machine. */
export async function openPhone(url, { width = 390, height = 844, text = 1, slow = 1 } = {}) {
  const profile = mkdtempSync(join(tmpdir(), 'letdown-e2e-'));
  mkdirSync(join(profile, 'Default'));
  const size = { default_font_size: ORDINARY_TEXT_PX * text };
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify({ webkit: { webprefs: size } }));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.LETDOWN_BROWSER ?? process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: ARGS,
    viewport: { width, height },
    deviceScaleFactor: 2,
    colorScheme: 'light',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
  });
  const page = context.pages()[0] ?? (await context.newPage());
  const complaints = [];
  let tolerant = false;
  const complain = (what) => void (tolerant || complaints.push(what));
  page.on('console', (message) => message.type() === 'error' && complain(`console: ${message.text()}`));
  page.on('pageerror', (error) => complain(`uncaught: ${error.message}`));
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== new URL(url).origin) {
      complain(`loaded from elsewhere: ${request.url()}`);
    }
  });
  if (slow !== 1) await slowDown(context, page, slow);
  await page.goto(url);

  return {
    page,
    /** Without a network for a while: what the browser complains about then is no fault of the page. */
    async offline(work) {
      tolerant = true;
      await context.setOffline(true);
      await work();
      await context.setOffline(false);
      tolerant = false;
    },
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
      assert.deepEqual(complaints, [], 'the browser complained');
    },
  };
}

/** The browser itself slows the page's own thread only; a worker's answers are held back until they took as long. */
async function slowDown(context, page, factor) {
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: factor });
  await page.route(/\/assets\/worker-[^/]+\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${HOLD_BACK.replace('FACTOR', String(factor))}\n${await response.text()}` });
  });
}

// Loading the WASM is stretched by itself, since it goes on while nobody asks.
const HOLD_BACK = `{
  const wait = (took_ms) => new Promise((resolve) => setTimeout(resolve, took_ms * (FACTOR - 1)));
  let since = performance.now();
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const load = WebAssembly[name].bind(WebAssembly);
    WebAssembly[name] = async (...args) => {
      const loaded = await load(...args);
      await wait(performance.now() - since);
      since = performance.now();
      return loaded;
    };
  }
  const post = self.postMessage.bind(self);
  self.addEventListener('message', () => (since = performance.now()));
  self.postMessage = (reply) => void wait(performance.now() - since).then(() => post(reply));
}`;
