// How long the coach takes to speak, as she waits for it: from a tap to its words, and from second to second.
import { button, close, goTo, logButton } from './page.mjs';

const TIMES = 12;
/** A simulated session is ten times as fast. */
const WHOLE_SESSION_MS = 125_000;

const quantile = (values, share) => [...values].sort((a, b) => a - b)[Math.round((values.length - 1) * share)];

export function spread(values) {
  const [half, most, longest] = [0.5, 0.95, 1].map((share) => quantile(values, share).toFixed(1));
  return `half ${half} ms, 19 of 20 ${most} ms, longest ${longest} ms (${values.length})`;
}

/** Notes how long each call to the session's worker takes. Before the page is opened. */
export const listen = (page) =>
  page.addInitScript(() => {
    window.tookMs = [];
    const begun = new Map();
    const Plain = window.Worker;
    window.Worker = class extends Plain {
      constructor(url, options) {
        super(url, options);
        if (options?.name !== 'session') return;
        this.addEventListener('message', ({ data }) => {
          const was = begun.get(data.id);
          if (was) window.tookMs.push({ method: was.method, ms: performance.now() - was.at });
        });
        this.isHeard = true;
      }
      postMessage(message) {
        if (this.isHeard) begun.set(message.id, { method: message.method, at: performance.now() });
        super.postMessage(message);
      }
    };
  });

/** Each second of a whole session in front of a simulated scale: both calls to the worker (ms). */
export async function secondBySecond(page) {
  await goTo(page, 'Log');
  await logButton(page).click();
  await button(page, 'Follow a session as it runs').click();
  await button(page, 'Look at a simulated one').click();
  await page.waitForTimeout(WHOLE_SESSION_MS);
  const took = await page.evaluate(() => window.tookMs);
  await button(page, 'Enough').click();
  const of = (method) => took.filter((call) => call.method === method).map(({ ms }) => ms);
  // The first one waits until the WASM has loaded.
  return { look: of('look').slice(1), coach: of('coach').slice(1) };
}

/** A session that began so long ago, in which nothing was said for a while: opened anew, as after a reload. */
async function standsAt(page, began_s, taps) {
  // The coach rests for half a minute after what it said.
  const said = ['cue', 'wait'].map((id, i) => ({ at_s: began_s - 60 + i, what: 'shown', id }));
  await page.evaluate(([s, tapped, told]) => {
    const session = { source: 'taps', began_ms: Date.now() - 1_000 * s, ended_ms: null, seed: 0, taps: tapped, knows: '{}', said: told };
    localStorage.setItem('letdown.pumping', JSON.stringify(session));
  }, [began_s, taps, said]);
  await page.reload();
  await page.getByRole('button', { name: /^Pumping/ }).click();
  await button(page, 'Milk came').waitFor();
  await page.getByRole('dialog').getByRole('status').first().waitFor();
  await page.waitForTimeout(300);
}

/** From the click until the words stand there (ms). */
const fromClick = (page, name, words) =>
  page.evaluate(([label, said]) => {
    const pressed = [...document.querySelectorAll('dialog button')].find((one) => one.textContent.trim() === label);
    const isThere = () => document.querySelector('section[aria-label="Coach"]')?.textContent.includes(said);
    return new Promise((resolve) => {
      const since = performance.now();
      const seen = new MutationObserver(() => {
        if (!isThere()) return;
        seen.disconnect();
        resolve(performance.now() - since);
      });
      seen.observe(document.body, { subtree: true, childList: true, characterData: true });
      pressed.click();
    });
  }, [name, words]);

const came = (t_s) => ({ t_s, tap: 'milk_came', ml: null });

/** From a tap to the words of the coach, and from "It hurts" (ms). */
export async function fromTapToWords(page) {
  const all = { 'Milk came': [], Slowed: [], 'It hurts': [] };
  for (let time = 0; time < TIMES; time += 1) {
    await standsAt(page, 100 + time, []);
    all['Milk came'].push(await fromClick(page, 'Milk came', 'Milk came after'));
    await standsAt(page, 420 + time, [came(70), came(190), came(300)]);
    all['Slowed'].push(await fromClick(page, 'Slowed', 'Flow has slowed'));
    all['It hurts'].push(await fromClick(page, 'It hurts', 'Pain is a sign to stop'));
  }
  await page.evaluate(() => localStorage.removeItem('letdown.pumping'));
  await page.reload();
  return all;
}
