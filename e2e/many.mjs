// Twenty thousand entries on a phone four times slower than this machine: how long until the log is there, until a search
// answers, and how it scrolls. The page is that of web/dist with its WASM; the server is from memory, or LETDOWN_URL with
// an empty journal.
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { openPhone } from './browser.mjs';
import { startFakeServer } from './fake-server.mjs';
import { seed } from './many-entries.mjs';
import { rows } from './page.mjs';
import { passed, step } from './steps.mjs';

const ENTRIES = 20_000;
const SLOW = 4;
const BARS_MS = { paint: 1_500, log: 3_000, search: 200, frame: 200 };

const own = process.env.LETDOWN_URL ? null : await startFakeServer(fileURLToPath(new URL('../web/dist', import.meta.url)));
const url = process.env.LETDOWN_URL ?? own.url;
const misses = [];

function measured(what, ms, bar_ms) {
  if (bar_ms < ms) misses.push(`${what}: ${Math.round(ms)} ms, the bar is ${bar_ms} ms`);
  return `${what}: ${Math.round(ms)} ms of ${bar_ms} ms`;
}

/** From a letter until the rows are those it asks for, and painted. Each word must find other rows than the one before. */
const typed = (page, words) =>
  page.evaluate(
    ([next]) => {
      const field = document.querySelector('input[type=search]');
      const changed = new Promise((resolve) => {
        new MutationObserver((_, observer) => {
          observer.disconnect();
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
        }).observe(document.querySelector('main'), { childList: true, subtree: true, characterData: true });
      });
      const since = performance.now();
      field.value = next;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      return changed.then((at) => at - since);
    },
    [words],
  );

/** The longest time between two frames while the page is scrolled to the end of `screens`, and how far it got. */
const scrolled = (page, screens) =>
  page.evaluate(
    ([count]) =>
      new Promise((resolve) => {
        let [longest_ms, last_ms] = [0, performance.now()];
        const frame = (now_ms) => {
          longest_ms = Math.max(longest_ms, now_ms - last_ms);
          last_ms = now_ms;
          scrollBy(0, innerHeight / 12);
          if (scrollY < count * innerHeight && performance.now() < 60_000 + since) requestAnimationFrame(frame);
          else resolve({ longest_ms, screens: scrollY / innerHeight, rows: document.querySelectorAll('main summary').length });
        };
        const since = performance.now();
        requestAnimationFrame(frame);
      }),
    [screens],
  );

/** Which part of a core this machine has to give. Where others take the rest, milliseconds say little. */
function freeShare() {
  const [since, before] = [performance.now(), process.cpuUsage()];
  while (performance.now() < since + 300);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / (performance.now() - since);
}

const shares = [freeShare()];
await seed(url, ENTRIES);
console.log(`${ENTRIES} entries, ${SLOW} times slower`);
const phone = await openPhone(`${url}/icon.svg`, { slow: SLOW });
const { page } = phone;
await page.addInitScript(() => {
  const look = () => (document.querySelector('main summary') ? (globalThis.logAt_ms = performance.now()) : requestAnimationFrame(look));
  requestAnimationFrame(look);
});
await page.goto(`${url}/#log`);

await step('the log is there', async () => {
  await rows(page).first().waitFor({ timeout: 120_000 });
  const log_ms = await page.evaluate(() => globalThis.logAt_ms);
  const paint_ms = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime);
  return [measured('first paint', paint_ms, BARS_MS.paint), measured('the log', log_ms, BARS_MS.log)].join('\n      ');
});
shares.push(freeShare());

await step('a search answers', async () => {
  await page.waitForTimeout(Number(process.env.LETDOWN_SETTLE_MS ?? 15_000));
  const took = [];
  for (const words of ['t', 'te', 'tea', 'team', 'w', 'wet', 'm', 'marigold', 'n', 'nurse']) took.push([words, await typed(page, words)]);
  const slowest = Math.max(...took.map(([, ms]) => ms));
  return `${measured('the slowest letter', slowest, BARS_MS.search)} (${took.map(([words, ms]) => `${words} ${Math.round(ms)}`).join(', ')})`;
});

await step('it scrolls', async () => {
  await page.getByRole('searchbox').fill('');
  await page.waitForTimeout(1_000);
  const { longest_ms, screens, rows: there } = await scrolled(page, 100);
  assert.ok(20 < screens, `it got ${screens} screens far`);
  assert.ok(there < 400, `${there} rows are in the page at once`);
  return `${measured('the longest frame', longest_ms, BARS_MS.frame)}, ${Math.round(screens)} screens, ${there} rows in the page`;
});

await phone.close();
own?.stop();
shares.push(freeShare());
const free = Math.min(...shares);
const isBusy = free < 0.8;
for (const miss of misses) console.log(`missed: ${miss}`);
console.log(`${passed()} passed, ${misses.length} bars missed; at worst ${Math.round(100 * free)} % of a core was free`);
if (isBusy) console.log('Others use this machine: the bars say nothing now. Measure again when it is idle.');
process.exit(0 < misses.length && !isBusy ? 1 : 0);
