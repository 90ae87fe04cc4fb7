// One page for a consultant: it opens over everything, is black on white in the dark too, and prints as one sheet.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { audit } from './audit.mjs';
import { button, chooseScheme, goTo } from './page.mjs';
import { shot } from './shots.mjs';
import { step } from './steps.mjs';

const FOLDER = fileURLToPath(new URL('artefacts/', import.meta.url));
const ANSWER_MS = 300_000;
/** In the order of the PDF that the command makes; what comes last stands below the shorter column. */
const LEFT_AND_RIGHT = [/^(Output|Nursings) by day$/, /^Growth$/, /^Milk taken$/, /^Milk made$/, /^Let-downs$/, /^What babies drank$/];

/** The steps of a story in which there is a log. */
export async function pageSteps(page) {
  const dialog = page.getByRole('dialog', { name: 'One page for a consultant' });
  const open = async () => {
    await goTo(page, 'Plan');
    await button(page, 'Open the page').click();
    await dialog.waitFor({ timeout: ANSWER_MS });
  };
  const close = () => dialog.getByRole('button', { name: 'Close' }).click();

  await step('what will be on the page is said before it opens, and that it stays here', async () => {
    await goTo(page, 'Plan');
    const card = page.getByRole('region', { name: 'One page for a consultant' });
    await card.getByText('stays here until you share it').waitFor();
  });

  await step('it has the sections of the PDF, in their order', async () => {
    await open();
    const headings = await dialog.locator('h3').allInnerTexts();
    const places = LEFT_AND_RIGHT.map((name) => headings.findIndex((heading) => name.test(heading)));
    assert.ok(places.every((place, i) => 0 <= place && (i === 0 || places[i - 1] < place)), headings.join(', '));
    for (const name of ['What is known', 'Plan', 'What these numbers are, and what they are not']) assert.ok(headings.includes(name), name);
    const said = await audit(page, 'the page');
    await shot(page, 'page-light');
    await close();
    return `${headings.join(', ')}\n      ${said}`;
  });

  await step('it is black on white while the app is dark', async () => {
    await chooseScheme(page, 'Dark');
    await open();
    const ground = await dialog.locator('article').evaluate((sheet) => getComputedStyle(sheet).backgroundColor);
    assert.equal(ground, 'rgb(255, 255, 255)');
    await shot(page, 'page-dark');
  });

  for (const format of ['A4', 'Letter']) {
    await step(`it prints as one sheet of ${format}, without the app around it`, async () => {
      const pdf = await page.pdf({ format });
      mkdirSync(FOLDER, { recursive: true });
      writeFileSync(`${FOLDER}page-${format.toLowerCase()}.pdf`, pdf);
      assert.equal(pdf.toString('latin1').match(/\/Type\s*\/Page(?!s)/g)?.length, 1);
    });
  }

  await step('it fits a small screen with text twice as large', async () => {
    const before = page.viewportSize();
    await page.setViewportSize({ width: 320, height: 640 });
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
    const beyond = await dialog.evaluate((all) =>
      [...all.querySelectorAll('*')].filter((one) => 320.5 < one.getBoundingClientRect().right).map((one) => one.outerHTML.slice(0, 120)),
    );
    assert.deepEqual(beyond, []);
    await shot(page, 'page-small');
    const said = await audit(page, 'the page, small');
    await page.evaluate(() => (document.documentElement.style.fontSize = ''));
    await page.setViewportSize(before);
    await close();
    await chooseScheme(page, 'Light');
    return said;
  });
}
