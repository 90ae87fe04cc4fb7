// She looks at the example first, removes it, imports her own file, and takes that back.
import assert from 'node:assert/strict';
import { audit } from './audit.mjs';
import { openPhone } from './browser.mjs';
import { pageSteps } from './page-story.mjs';
import { addImport, button, goTo, previewImport, readForecast } from './page.mjs';
import { quietSteps } from './quiet-story.mjs';
import { planSteps } from './plan-story.mjs';
import { shot } from './shots.mjs';
import { step } from './steps.mjs';
import { retrainSteps } from './retrain-story.mjs';
import { supplySteps } from './supply-story.mjs';

export async function exampleStory(url, fixture) {
  console.log('the example is tried');
  const phone = await openPhone(url);
  const { page } = phone;
  const banner = page.getByText('Simulated example, not your data');
  const empty = page.getByRole('heading', { name: 'Your log is empty' });

  await step('it is marked as simulated, everywhere', async () => {
    await button(page, 'Try the example').click();
    await banner.waitFor();
    for (const place of ['Log', 'Supply', 'Now']) {
      await goTo(page, place);
      assert.ok(await banner.isVisible(), place);
    }
    return audit(page, 'the example while it is read');
  });

  await step('it has a forecast', async () => {
    const days = await readForecast(page);
    await goTo(page, 'Now');
    await shot(page, 'example');
    return `tomorrow: ${days[1]?.join(', ')}`;
  });

  await supplySteps(page);
  // The stand-in makes no plans and sums up no log.
  if (process.env.LETDOWN_FAKE_ENGINE !== '1') {
    await planSteps(page);
    await pageSteps(page);
  }
  await retrainSteps(page);
  await quietSteps(page);

  await step('it is removed and leaves nothing', async () => {
    await button(page, 'Remove the example').click();
    await empty.waitFor();
    assert.ok(!(await banner.isVisible()));
  });

  await step('an import is undone as a whole', async () => {
    await goTo(page, 'Log');
    await previewImport(page, fixture);
    await addImport(page);
    await button(page, 'Undo').click();
    await empty.waitFor();
  });

  await phone.close();
}
