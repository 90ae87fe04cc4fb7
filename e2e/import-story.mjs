// She brings her log, reads the forecast, logs a session half asleep, loses the network, and looks at every place.
import assert from 'node:assert/strict';
import { audit } from './audit.mjs';
import { openPhone } from './browser.mjs';
import { addImport, button, chooseScheme, close, goTo, logButton, oneLine, previewImport, quiet, readForecast, rows } from './page.mjs';
import { shot } from './shots.mjs';
import { step } from './steps.mjs';

const PLACES = ['Now', 'Log', 'Supply'];
const SCHEMES = ['Light', 'Dark'];

export async function importStory(url, fixture) {
  console.log('a log is imported');
  const phone = await openPhone(url);
  const { page } = phone;

  await step('an empty journal says what will be here', async () => {
    for (const place of PLACES) {
      await goTo(page, place);
      await page.getByRole('heading', { name: 'Your log is empty' }).waitFor();
    }
    await goTo(page, 'Now');
    await shot(page, 'empty');
    return audit(page, 'the empty journal');
  });

  await step('a file is chosen, its questions answered, its preview shown', async () => {
    const preview = await previewImport(page, fixture);
    await shot(page, 'import-preview');
    console.log(`\n      ${await audit(page, 'the preview of an import')}`);
    return preview;
  });

  await step('it is added', async () => `${await addImport(page)} entries`);

  await step('the forecast stands in a table', async () => {
    const [head, ...days] = await readForecast(page);
    assert.equal(days.length, 14);
    for (const cells of days) assert.ok(cells.every((cell) => cell.trim() !== ''), cells.join());
    return [head, ...days].map((cells) => cells.map((cell) => cell.replace(/\s+/g, ' ').padEnd(13)).join('')).join('\n      ');
  });

  await step('the chart says in a sentence what it shows', async () => {
    const spoken = oneLine((await page.getByRole('img').first().getAttribute('aria-label')) ?? '');
    const written = oneLine(await page.locator('main').innerText());
    assert.ok(20 < spoken.length, spoken);
    assert.ok(spoken.split(/(?<=\.) /).every((sentence) => written.includes(sentence)), 'it is written as well');
    return spoken;
  });

  await step('a session is logged in two taps, listed, and undone', async () => {
    await goTo(page, 'Log');
    const newest = async () => oneLine(await rows(page).first().innerText());
    const before = await newest();
    await logButton(page).click();
    await button(page, 'Save').click();
    const said = page.getByText(/^Saved: /);
    await said.waitFor();
    const words = oneLine(await said.innerText());
    const [, amount] = /^Saved: (.*?),? (?:at |\d)/.exec(words) ?? [];
    assert.ok((await newest()).includes(amount ?? words), words);
    await page.getByRole('heading', { name: 'Today' }).waitFor();
    await button(page, 'Undo').click();
    await page.getByText('Taken back.').waitFor();
    assert.equal(await newest(), before);
    return words;
  });

  await step('a save that reaches nobody is not shown as saved, and nothing is lost', async () => {
    await logButton(page).click();
    await page.getByRole('textbox', { name: /^Amount/ }).fill('77');
    await phone.offline(async () => {
      await button(page, 'Save').click();
      await page.getByText(/^Not saved yet/).waitFor();
      await close(page);
    });
    await logButton(page).click();
    assert.equal(await page.getByRole('textbox', { name: /^Amount/ }).inputValue(), '77');
    await button(page, 'Save').click();
    await page.getByText(/^Saved: 77/).waitFor();
    await button(page, 'Undo').click();
    await page.getByText('Taken back.').waitFor();
  });

  await step('the sheets keep the focus and give it back', async () => {
    const opener = logButton(page);
    await opener.press('Enter');
    for (let i = 0; i < 20; i += 1) {
      await page.keyboard.press('Tab');
      assert.ok(await page.evaluate(() => document.activeElement === document.body || document.activeElement.closest('dialog')));
    }
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.equal(oneLine(await page.evaluate(() => document.activeElement.innerText)), 'Log');
  });

  await quiet(page);
  for (const scheme of SCHEMES) {
    await step(`every place and sheet, ${scheme.toLowerCase()}`, async () => {
      await chooseScheme(page, scheme);
      const said = [];
      for (const place of PLACES) {
        await goTo(page, place);
        await page.getByRole('heading', { name: place, level: 1 }).waitFor();
        await shot(page, `${place}-${scheme}`.toLowerCase());
        said.push(await audit(page, `${place}, ${scheme.toLowerCase()}`));
      }
      await goTo(page, 'Log');
      for (const opener of ['Log', 'Import a file', 'Settings']) {
        await page.getByRole('button', { name: opener, exact: true }).click();
        await shot(page, `sheet-${opener}-${scheme}`.toLowerCase().replaceAll(' ', '-'));
        said.push(await audit(page, `"${opener}", ${scheme.toLowerCase()}`));
        await close(page);
      }
      return said.join('\n      ');
    });
  }
  await phone.close();

  await step('a narrow phone with text at 200 % shows and reaches everything', () => narrow(url));
}

async function narrow(url) {
  const phone = await openPhone(url, { width: 320, height: 640, text: 2 });
  const { page } = phone;
  await chooseScheme(page, 'Light');
  await readForecast(page);
  const said = [];
  for (const place of PLACES) {
    await goTo(page, place);
    await page.getByRole('heading', { name: place, level: 1 }).waitFor();
    await shot(page, `${place}-320-large`.toLowerCase());
    const [content, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(content <= screen, `${place} is ${content} px wide on a screen of ${screen}`);
    for (const link of await page.getByRole('navigation').getByRole('link').all()) assert.ok(await link.isVisible());
    said.push(await audit(page, `${place}, 320 px at 200 %`));
  }
  await goTo(page, 'Now');
  await logButton(page).click();
  await shot(page, 'sheet-log-320-large');
  const save = button(page, 'Save');
  await save.scrollIntoViewIfNeeded();
  const box = await save.boundingBox();
  assert.ok(box && 0 <= box.x && box.x + box.width <= 320 && box.y + box.height <= 640, 'Save is in reach');
  await close(page);
  await phone.close();
  return said.join('\n      ');
}
