// How long answers take in the browser, on a log that is there already: `npm run seconds`, with
//   LETDOWN_URL      a server with a log that can be fitted
//   LETDOWN_BROWSER  the browser (or CHROMIUM), /usr/bin/chromium when left out
// Nothing else may run beside it. It asserts nothing.
import { openPhone } from './browser.mjs';
import { button, goTo, oneLine } from './page.mjs';

const LONGEST_MS = 600_000;
const { LETDOWN_URL } = process.env;
if (!LETDOWN_URL) {
  console.error('LETDOWN_URL must be set; the head of e2e/seconds.mjs says to what');
  process.exit(2);
}

const phone = await openPhone(LETDOWN_URL);
const { page } = phone;

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
await phone.close();
