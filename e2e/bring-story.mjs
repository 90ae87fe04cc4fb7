// She brings files of every sort, is asked what only she knows, takes an import back, and takes everything out again.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { audit } from './audit.mjs';
import { openPhone } from './browser.mjs';
import { addImport, button, chooseScheme, close, goTo, oneLine } from './page.mjs';
import { shot } from './shots.mjs';
import { step } from './steps.mjs';
import { zipOf } from './zip.mjs';

const fixture = (path) => readFileSync(fileURLToPath(new URL(`../fixtures/exports/${path}`, import.meta.url)));
const file = (name, content) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) });

// Every date could be either: 4 to 9 March, or 3 April to 3 September.
const EITHER = 'Time,Amount,Note\n"3/4/26, 5:05 AM",35 ml\n"3/6/26, 9:40 AM",42 ml\n"3/9/26, 8:00 AM",50 ml\n';
const TWINS = 'kind,start,name\nbaby,2026-01-05T00:00:00+01:00[Europe/Berlin],Ada\nbaby,2026-01-05T00:00:00+01:00[Europe/Berlin],Ben\n';

export async function bringStory(url) {
  console.log('files come in and go out');
  const phone = await openPhone(url);
  const { page } = phone;
  const dialog = page.getByRole('dialog');
  const asked = (question) => dialog.getByRole('heading', { name: question });
  const choose = async (...files) => {
    await button(page, 'Import a file').first().click();
    await dialog.locator('input[type=file]').setInputFiles(files);
  };
  const inBothSchemes = async (name) => {
    const said = [];
    for (const scheme of ['light', 'dark']) {
      await page.evaluate((to) => (document.documentElement.dataset.scheme = to), scheme);
      await shot(page, `${name}-${scheme}`);
      said.push(await audit(page, `${name}, ${scheme}`));
    }
    await page.evaluate(() => (document.documentElement.dataset.scheme = 'light'));
    return said.join('\n      ');
  };
  await chooseScheme(page, 'Light');
  await goTo(page, 'Log');
  let added = 0;

  await step('an empty log has nothing to take out', async () => {
    await button(page, 'Settings').click();
    await dialog.getByText(/^Here you can save your log as a file/).waitFor();
    await close(page);
  });

  await step('a ZIP of two tables is read as one import', async () => {
    const zip = zipOf([
      ['Mila_pump.csv', fixture('nighp/pump-2017.csv')],
      ['Mila_expressed.csv', fixture('nighp/Mila_expressed-2017.csv')],
    ]);
    await choose(file('export.zip', zip));
    await asked('Where was this log written?').waitFor();
    await dialog.getByRole('button', { name: 'Europe/Berlin' }).click();
    await dialog.getByRole('button', { name: /^Add / }).waitFor();
    const names = await dialog.getByRole('region').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
    assert.deepEqual(names, ['export.zip/Mila_pump.csv', 'export.zip/Mila_expressed.csv']);
    assert.ok(await dialog.getByText('2 files, 7 new entries, 14 Mar to 15 Mar 2018').isVisible());
    const said = await inBothSchemes('bring-preview');
    added = await addImport(page);
    assert.equal(added, 7);
    return said;
  });

  await step('it is listed, and taken back as a whole', async () => {
    await button(page, 'Settings').click();
    await dialog.getByRole('button', { name: 'Show past imports' }).click();
    await dialog.getByText(`Baby Tracker (Nighp): ${added} entries`).waitFor();
    await dialog.getByRole('button', { name: /^Take back/ }).click();
    await dialog.getByRole('button', { name: 'Yes, take back' }).scrollIntoViewIfNeeded();
    const said = await inBothSchemes('bring-take-back');
    await dialog.getByRole('button', { name: 'Yes, take back' }).click();
    await dialog.getByText(`Taken back: ${added} entries.`).waitFor();
    await dialog.getByText(/^No import stands in your log/).waitFor();
    await close(page);
    await page.getByRole('heading', { name: 'Your log is empty' }).waitFor();
    return said;
  });

  await step('a date that can be two days is shown as both, with what the file would reach over', async () => {
    await choose(file('either.csv', EITHER));
    await asked('How does this log write its dates?').waitFor();
    const reading = async (name, span) => {
      const option = dialog.getByRole('button', { name });
      await option.getByText(`The log reaches from ${span}`).waitFor();
      return oneLine(await option.innerText());
    };
    const both = [
      await reading(/Day first/, '3 Apr to 3 Sept 2026'),
      await reading(/Month first/, '4 Mar to 9 Mar 2026'),
    ];
    assert.match(both[0], /3\/4\/26, 5:05 AM is 3 April 2026/);
    assert.match(both[1], /3\/4\/26, 5:05 AM is 4 March 2026/);
    const said = await inBothSchemes('bring-dates');
    await dialog.getByRole('button', { name: /Month first/ }).click();
    await dialog.getByRole('button', { name: 'Europe/Berlin' }).click();
    assert.equal(await addImport(page), 3);
    return [...both, said].join('\n      ');
  });

  await step('the columns of an unknown table are said beside its rows, once', async () => {
    const kinds = file('kinds.csv', fixture('generic/kinds.csv'));
    await choose(kinds);
    await asked('What do the columns of this table mean?').waitFor();
    await dialog.getByLabel('Each row is').selectOption({ label: 'a column says it' });
    await dialog.getByLabel('The column that says it').first().selectOption({ label: 'Type' });
    await dialog.getByLabel('“Abgepumpt”').selectOption({ label: 'a pump session' });
    const said = await inBothSchemes('bring-columns');
    await dialog.getByRole('button', { name: 'Use these columns' }).scrollIntoViewIfNeeded();
    await inBothSchemes('bring-columns-below');
    await dialog.getByRole('button', { name: 'Use these columns' }).click();
    const words = oneLine(await dialog.getByRole('region').first().innerText());
    await dialog.getByRole('button', { name: /^Add / }).waitFor();
    await close(page);
    await choose(kinds);
    await dialog.getByText('Filled in as you said it last time.').waitFor();
    assert.equal(await dialog.getByLabel('“Abgepumpt”').inputValue(), 'pump');
    await dialog.getByRole('button', { name: 'Use these columns' }).click();
    await addImport(page);
    return `${words}\n      ${said}`;
  });

  await step('with two babies it is asked which one a file is about', async () => {
    await choose(file('babies.csv', TWINS));
    assert.equal(await addImport(page), 2);
    await choose(file('bottles.csv', fixture('glow/bottles.csv')));
    await asked('Which baby is this about?').waitFor();
    assert.ok(await dialog.getByRole('button', { name: 'Ben' }).isVisible());
    const said = await inBothSchemes('bring-baby');
    await dialog.getByRole('button', { name: 'Ada' }).click();
    await addImport(page);
    return said;
  });

  await step('a long file says how far it is, and nobody has to wait for it', async () => {
    const rows = Array.from({ length: 150_000 }, (_, i) => {
      const day = new Date(Date.UTC(2010, 0, 1) + Math.floor(i / 24) * 86_400_000);
      return `"${day.getUTCMonth() + 1}/${day.getUTCDate()}/${day.getUTCFullYear() % 100}, ${i % 24}:10",${60 + (i % 60)} ml`;
    });
    await choose(file('long.csv', `Time,Amount,Note\n${rows.join('\n')}\n`));
    const told = dialog.getByText(/^[\d,]+ of 150,000 rows$/);
    await told.waitFor();
    const words = oneLine(await told.innerText());
    await shot(page, 'bring-reading');
    await close(page);
    await button(page, 'Import a file').first().waitFor();
    return words;
  });

  await step('everything goes out as a table, which brings nothing new when it comes in again', async () => {
    await button(page, 'Settings').click();
    const saved = async (name) => {
      const [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name }).click()]);
      return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
    };
    const table = await saved(/^Everything as a table/);
    assert.match(table.name, /^letdown-\d{4}-\d\d-\d\d\.csv$/);
    assert.match(table.text, /^kind,start,/);
    assert.ok(table.text.includes('Europe/Berlin'));
    const lines = await saved(/^Everything, for good/);
    const entries = lines.text.trim().split('\n').map((line) => JSON.parse(line));
    const gone = entries.find(({ body }) => body.note === 'sleepy');
    assert.ok(entries.some(({ op, root }) => op === 'del' && root === gone.root), 'also what was taken back');
    assert.ok(!table.text.includes('sleepy'), 'the table holds what stands');
    await dialog.getByRole('button', { name: /^Everything as a table/ }).scrollIntoViewIfNeeded();
    const said = await inBothSchemes('bring-out');
    await close(page);
    await choose(file(table.name, table.text));
    await dialog.getByText('All of this is in your log already.').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    return `${entries.length} lines\n      ${said}`;
  });

  await phone.close();
  await step('a narrow phone with text at 200 % shows and reaches every question', () => narrow(url));
}

async function narrow(url) {
  const phone = await openPhone(url, { width: 320, height: 640, text: 2 });
  const { page } = phone;
  const dialog = page.getByRole('dialog');
  const said = [];
  await goTo(page, 'Log');
  for (const [name, given, question] of [
    ['dates', file('either.csv', EITHER), 'How does this log write its dates?'],
    ['columns', file('kinds.csv', fixture('generic/kinds.csv')), 'What do the columns of this table mean?'],
    ['baby', file('growth.csv', fixture('glow/growth.csv')), 'Which baby is this about?'],
  ]) {
    await button(page, 'Import a file').first().click();
    await dialog.locator('input[type=file]').setInputFiles(given);
    await dialog.getByRole('heading', { name: question }).waitFor();
    await shot(page, `bring-${name}-320-large`);
    const wide = await dialog.evaluate((one) => [...one.querySelectorAll('.content, .content *')].filter((e) => 320 < e.getBoundingClientRect().right && !e.closest('[role=region]')).map((e) => e.outerHTML.slice(0, 60)));
    assert.deepEqual(wide, [], `${name} is wider than the screen`);
    said.push(await audit(page, `${name}, 320 px at 200 %`));
    await close(page);
  }
  await button(page, 'Settings').click();
  await dialog.getByRole('button', { name: 'Show past imports' }).click();
  await dialog.getByRole('button', { name: /^Take back/ }).first().scrollIntoViewIfNeeded();
  await shot(page, 'bring-settings-320-large');
  said.push(await audit(page, 'past imports, 320 px at 200 %'));
  await phone.close();
  return said.join('\n      ');
}
