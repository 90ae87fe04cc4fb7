// How long answers take in the browser, on a log that is there already: `npm run seconds`, with
//   LETDOWN_URL      a server with a log that can be fitted; a trial is begun in it
//   LETDOWN_ONLY     "trial" or "coach": only that
//   LETDOWN_BROWSER  the browser (or CHROMIUM), /usr/bin/chromium when left out
// Nothing else may run beside it. It asserts nothing.
import { openPhone } from './browser.mjs';
import { fromTapToWords, listen, secondBySecond, spread } from './coach-seconds.mjs';
import { button, close, goTo, oneLine } from './page.mjs';

const LONGEST_MS = 600_000;
const { LETDOWN_URL, LETDOWN_ONLY } = process.env;
if (!LETDOWN_URL) {
  console.error('LETDOWN_URL must be set; the head of e2e/seconds.mjs says to what');
  process.exit(2);
}

const phone = await openPhone(LETDOWN_URL);
const { page } = phone;
await listen(page);
await page.reload();

async function timed(what, work) {
  const began = performance.now();
  const said = await work();
  console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(7)} s  ${what}${said ? `: ${said}` : ''}`);
}

const supply = () => page.getByRole('heading', { name: 'You make about' }).waitFor({ timeout: LONGEST_MS });
const read = () => page.getByText(/Reading your log/).waitFor({ state: 'detached', timeout: LONGEST_MS });
const big = async () => oneLine(await page.locator('#supply-now + p').innerText());

async function visit(name) {
  await timed(`${name}, her supply at once`, async () => {
    await page.reload();
    await goTo(page, 'Now');
    await supply();
    return big();
  });
  await timed(`${name}, the fit behind it`, async () => {
    await read();
    return big();
  });
}

async function coach() {
  for (const [words, took] of Object.entries(await fromTapToWords(page))) console.log(`           from "${words}" to what the coach says: ${spread(took)}`);
  for (const [call, took] of Object.entries(await secondBySecond(page))) console.log(`           ${call}, each second of a session: ${spread(took)}`);
}

/** A draw while the place opens, and one behind the page of the trial, which takes seconds. */
async function trial() {
  const card = page.getByRole('region', { name: 'A trial on yourself' });
  const drawn = page.getByTestId('drawn');
  await goTo(page, 'Now');
  await supply();
  await read();
  await goTo(page, 'Plan');
  const draw = card.getByRole('button', { name: /^Draw for / });
  await draw.or(card.getByRole('radio', { name: 'A picture', exact: true })).first().waitFor({ timeout: LONGEST_MS });
  if ((await draw.count()) === 0) {
    await card.getByRole('radio', { name: 'A picture', exact: true }).check();
    await card.getByRole('radio', { name: '30\u00a0%', exact: true }).check();
    await page.getByTestId('trial-takes').waitFor({ timeout: LONGEST_MS });
    await card.getByRole('button', { name: 'Begin' }).click();
    await draw.waitFor({ timeout: LONGEST_MS });
  }
  for (const isBehindItsPage of [false, true]) {
    await page.reload();
    await timed('the place opens, until a draw may be asked for', async () => {
      await goTo(page, 'Plan');
      await draw.waitFor({ timeout: LONGEST_MS });
    });
    if (isBehindItsPage) {
      await card.getByRole('button', { name: 'What came so far' }).click();
      await page.waitForTimeout(500);
      await close(page);
    }
    await timed(`a draw${isBehindItsPage ? ', while the page of the trial is made' : ''}`, async () => {
      await draw.click();
      await drawn.waitFor({ timeout: LONGEST_MS });
    });
    await button(page, 'Undo').click();
    await draw.waitFor({ timeout: LONGEST_MS });
  }
}

async function answers() {
  await visit('first visit');
  await visit('second visit');

  await goTo(page, 'Supply');
  await timed('one more session at 03:00', async () => {
    await page.getByRole('radio', { name: 'One more', exact: true }).check();
    const said = page.getByTestId('what-if');
    await said.waitFor({ timeout: LONGEST_MS });
    return oneLine(await said.innerText());
  });

  await goTo(page, 'Plan');
  await page.getByRole('radio', { name: 'More milk', exact: true }).waitFor();
  for (const goal of ['More milk', 'As much as now', 'Wean', 'Back to work', 'A stash']) {
    const choice = page.getByRole('radio', { name: goal, exact: true });
    if ((await choice.count()) === 0) continue;
    await choice.check();
    await timed(`a plan, ${goal.toLowerCase()}`, async () => {
      await button(page, 'Make a plan').click();
      const said = page.getByTestId('plan');
      await said.waitFor({ timeout: LONGEST_MS });
      return oneLine(await said.innerText());
    });
    await button(page, 'Change what you asked').click();
  }
}

const all = { answers, coach, trial };
for (const part of LETDOWN_ONLY ? [LETDOWN_ONLY] : Object.keys(all)) await all[part]();
await phone.close();
