// What Supply tells beyond the forecast: a change and what it would bring, what the log says, how right forecasts were.
import assert from 'node:assert/strict';
import { audit } from './audit.mjs';
import { button, chooseScheme, goTo, oneLine, quiet } from './page.mjs';
import { shot } from './shots.mjs';
import { step } from './steps.mjs';

/** The slow reader answers one thing after the other. */
const ANSWER_MS = 300_000;
const HEADLINE = /^About (the same output|[\d.,]+\s(mL|oz) a day (more|less)), likely /;

/** The steps of a story in which the log has been read. */
export async function supplySteps(page) {
  const headline = page.getByTestId('what-if');
  const choose = (name) => page.getByRole('radio', { name, exact: true }).check();

  await step('one more session is asked about, at a time she chooses; the difference is said first', async () => {
    await goTo(page, 'Supply');
    await choose('One more');
    await headline.waitFor({ timeout: ANSWER_MS });
    await page.getByLabel('At', { exact: true }).fill('05:00');
    // The answer of another time goes when this one is asked for.
    await headline.waitFor({ timeout: ANSWER_MS });
    assert.match(oneLine(await headline.innerText()), HEADLINE);
    await page.getByRole('img', { name: /instead of/ }).waitFor();
    return headline.innerText();
  });

  await step('what no measurement bears out is said beside it', async () => {
    await choose('5 min longer');
    await page.getByText(/past the end of flow/).waitFor({ timeout: ANSWER_MS });
    assert.match(oneLine(await headline.innerText()), HEADLINE);
  });

  await step('the log says what it knows, and what it does not know yet', async () => {
    await page.getByRole('heading', { name: 'What your log says' }).waitFor({ timeout: ANSWER_MS });
    const titles = await page.locator('main article h3').allInnerTexts();
    for (const title of ['Made and released', 'Your week', 'What helps you', 'Drinks', 'Energy']) assert.ok(titles.includes(title), title);
    await button(page, 'Show the numbers of Your week').click();
    assert.equal(await page.getByRole('table', { name: /^An average day/ }).locator('tbody tr').count(), 7);
    return titles.join(', ');
  });

  await step('the last forecasts are held against what came', async () => {
    await page.getByRole('heading', { name: 'How right were we' }).waitFor({ timeout: ANSWER_MS });
    const said = await page.getByText(/^Of \d+ sessions in the last 14 days, \d+ lay in their likely range/).innerText();
    const [, all, within] = /^Of (\d+) sessions in the last 14 days, (\d+)/.exec(said).map(Number);
    assert.ok(within <= all && 0.4 * all < within, said);
    return said;
  });

  for (const scheme of ['Light', 'Dark']) {
    await step(`Supply is in nobody's way, ${scheme.toLowerCase()}`, async () => {
      await chooseScheme(page, scheme);
      await shot(page, `supply-more-${scheme.toLowerCase()}`);
      return audit(page, `Supply, ${scheme.toLowerCase()}`);
    });
  }

  await step('Supply fits a small screen with text twice as large', async () => {
    const before = page.viewportSize();
    await page.setViewportSize({ width: 320, height: 640 });
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
    const said = await audit(page, 'Supply, small');
    await page.evaluate(() => (document.documentElement.style.fontSize = ''));
    await page.setViewportSize(before);
    return said;
  });

  await step('the next visit begins with the fit of this one, and nothing is fitted anew', async () => {
    // Its fit is kept when it is done.
    await quiet(page);
    const began = Date.now();
    await page.reload();
    await goTo(page, 'Now');
    await page.getByRole('heading', { name: 'You make about' }).waitFor({ timeout: 60_000 });
    const said = Date.now() - began;
    await page.getByText('Reading your log').waitFor({ state: 'detached', timeout: 10_000 });
    return `her supply after ${said} ms, all of it after ${Date.now() - began} ms`;
  });
}
