// Retraining: where she stands, her tries as she logs them, and what she asks; read on a small screen and in the dark.
import assert from 'node:assert/strict';
import { audit, settled } from './audit.mjs';
import { button, chooseScheme, goTo, logButton, oneLine } from './page.mjs';
import { shot } from './shots.mjs';
import { step } from './steps.mjs';

const ANSWER_MS = 300_000;

const cardOf = (page) => page.getByRole('region', { name: 'Retrain your let-down' });

/** A nursing written down afterwards, with what is known of its let-down. */
async function logNursing(page, came, after) {
  await goTo(page, 'Now');
  await logButton(page).click();
  await page.getByRole('list', { name: 'What to log' }).getByRole('button', { name: 'Nursing', exact: true }).click();
  await button(page, 'Write it down afterwards').click();
  const dialog = page.getByRole('dialog', { name: 'Nursing' });
  await dialog.getByRole('radio', { name: came, exact: true }).check();
  if (after !== undefined) await dialog.getByRole('textbox', { name: /^After about/ }).fill(after);
  await dialog.getByRole('radio', { name: came, exact: true }).scrollIntoViewIfNeeded();
  await shot(page, `nursing-let-down-${came.toLowerCase()}`);
  await audit(page, `a nursing, ${came.toLowerCase()}`);
  await button(page, /^Save$/).click();
  await dialog.waitFor({ state: 'detached' });
  await goTo(page, 'Plan');
}

/** The steps of a story in which the log has been read and holds no nursing of hers. */
export async function retrainSteps(page) {
  const card = cardOf(page);
  const tries = card.getByRole('region', { name: 'Your last tries' });

  await step('retraining says in one line where she stands, and opens', async () => {
    await goTo(page, 'Plan');
    const standing = card.getByTestId('retrain-standing');
    await standing.waitFor({ timeout: ANSWER_MS });
    const said = oneLine(await standing.innerText());
    await card.getByRole('button', { name: 'Look at the steps' }).click();
    await card.getByTestId('retrain-says').waitFor();
    await tries.getByText('None yet.', { exact: false }).waitFor();
    await card.getByRole('img', { name: /^The chance of a let-down in time/ }).waitFor();
    await card.getByText('has never been measured').waitFor();
    return said;
  });

  await step('a nursing without a let-down is a try, and undone it is none', async () => {
    await logNursing(page, 'No');
    await tries.getByText('0 of the last 1 came in time').waitFor({ timeout: ANSWER_MS });
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
    await tries.getByText('None yet.', { exact: false }).waitFor({ timeout: ANSWER_MS });
  });

  await step('one with a let-down after a minute and a half is in time', async () => {
    await logNursing(page, 'Yes', '1:30');
    await tries.getByText('1 of the last 1 came in time').waitFor({ timeout: ANSWER_MS });
    return oneLine(await tries.locator('li').first().innerText());
  });

  await step('what is in time she says herself', async () => {
    await card.getByRole('button', { name: '1 minute more' }).click();
    await card.getByText(/within 6 minutes/).first().waitFor({ timeout: ANSWER_MS });
    await card.getByRole('button', { name: '1 minute less' }).click();
    await card.getByText(/within 5 minutes/).first().waitFor({ timeout: ANSWER_MS });
  });

  for (const scheme of ['Light', 'Dark']) {
    await step(`the programme is in nobody's way, ${scheme.toLowerCase()}`, async () => {
      await chooseScheme(page, scheme);
      await card.getByText('What can come between').click();
      await card.scrollIntoViewIfNeeded();
      await shot(page, `retrain-${scheme.toLowerCase()}`);
      return audit(page, `retraining, ${scheme.toLowerCase()}`);
    });
  }

  await step('it fits a small screen with text twice as large', async () => {
    const before = page.viewportSize();
    await page.setViewportSize({ width: 320, height: 640 });
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
    await settled(page);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
    const said = await audit(page, 'retraining, small');
    await page.evaluate(() => (document.documentElement.style.fontSize = ''));
    await page.setViewportSize(before);
    return said;
  });

  await step('the nursing is taken out of the log again', async () => {
    await goTo(page, 'Log');
    const row = page.locator('main li').filter({ hasText: 'Nursing' }).first();
    await row.locator('summary').click();
    await row.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('status').getByText(/^Deleted: Nursing/).waitFor();
  });
}
