// The quiet mode: she logs as ever, and no amount is shown to her.
import assert from 'node:assert/strict';
import { audit } from './audit.mjs';
import { button, close, goTo, oneLine } from './page.mjs';
import { shot } from './shots.mjs';
import { step } from './steps.mjs';

const AMOUNT = /\d\s?(mL|oz)\b/;

async function volumes(page, how) {
  await button(page, 'Settings').click();
  await page.getByRole('radio', { name: how, exact: true }).check();
  await close(page);
}

const words = async (page) => oneLine(await page.locator('main').innerText());

/** The steps of a story in which the log holds volumes and has been read. */
export async function quietSteps(page) {
  await step('in the quiet mode no amount stands anywhere, and nobody is in its way', async () => {
    await goTo(page, 'Now');
    assert.match(await words(page), AMOUNT, 'there are amounts that could be hidden');
    await volumes(page, 'Hidden');
    for (const place of ['Now', 'Log', 'Supply', 'Plan']) {
      await goTo(page, place);
      await page.getByRole('heading', { name: place, exact: true }).waitFor();
      if (place !== 'Log') await page.getByRole('heading', { name: 'Volumes are hidden' }).waitFor();
      else await page.locator('main summary').first().waitFor();
      const said = await words(page);
      assert.doesNotMatch(said, AMOUNT, place);
      if (place === 'Now') await shot(page, 'quiet-now');
    }
    return audit(page, 'the quiet mode');
  });

  await step('they are shown for now when she asks, and stay shown when she turns it off', async () => {
    await goTo(page, 'Now');
    await button(page, 'Show them for now').click();
    assert.match(await words(page), AMOUNT);
    await page.reload();
    await page.getByRole('heading', { name: 'Volumes are hidden' }).waitFor();
    await volumes(page, 'Shown');
    await page.getByText(AMOUNT).first().waitFor();
  });
}
