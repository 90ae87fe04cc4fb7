// What a person does on the page, by the words that stand on it.
import assert from 'node:assert/strict';

/** The model is fitted in the browser; on a slow machine that takes its time. */
const FORECAST_MS = 600_000;

export const button = (page, name) => page.getByRole('button', { name });
export const logButton = (page) => page.getByRole('button', { name: 'Log', exact: true });
export const goTo = (page, place) => page.getByRole('navigation').getByRole('link', { name: place }).click();
export const close = (page) => page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
export const rows = (page) => page.locator('main summary');
export const oneLine = (text) => text.replace(/\s+/g, ' ').trim();

export async function chooseScheme(page, scheme) {
  await button(page, 'Settings').click();
  await page.getByRole('radio', { name: scheme }).check();
  await close(page);
  assert.equal(await page.locator('html').getAttribute('data-scheme'), scheme.toLowerCase());
}

/** Closes what was just said and waits until nothing is being worked out. */
export async function quiet(page) {
  const said = page.getByRole('status').getByRole('button', { name: 'Close' });
  if (await said.isVisible()) await said.click();
  await goTo(page, 'Now');
  await page.getByText('Reading your log').waitFor({ state: 'detached', timeout: FORECAST_MS });
}

const ANSWERS = [
  { question: 'Where was this log written?', answer: 'Europe/Berlin' },
  { question: 'How does this log write its dates?', answer: /Month first/ },
  { question: 'In which unit are the amounts?', answer: 'mL' },
  { question: 'In which unit are the weights?', answer: 'kg' },
];

/** Chooses a file and answers what is asked; gives the words of the preview. */
export async function previewImport(page, file) {
  await button(page, 'Import a file').click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('input[type=file]').setInputFiles(file);
  const add = dialog.getByRole('button', { name: /^Add / });
  for (const { question, answer } of ANSWERS) {
    const asked = dialog.getByRole('heading', { name: question });
    await asked.or(add).waitFor();
    if (await asked.isVisible()) await dialog.getByRole('button', { name: answer }).click();
  }
  await add.waitFor();
  return oneLine(await dialog.getByRole('region').first().innerText());
}

/** Adds what the preview shows; gives how many entries that were. */
export async function addImport(page) {
  await page.getByRole('dialog').getByRole('button', { name: /^Add / }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const said = page.getByText(/^Added [\d,]+ entr/);
  await said.waitFor();
  return Number((await said.innerText()).replace(/\D/g, ''));
}

/** The forecast as the page's table has it: day, median, 50 % and 80 % range. */
export async function readForecast(page) {
  await goTo(page, 'Supply');
  const table = page.getByRole('table', { name: /^Likely output/ });
  await page.getByRole('region', { name: 'Each day, and what is likely' }).getByRole('button', { name: 'Show the numbers' }).click();
  await table.waitFor({ timeout: FORECAST_MS });
  return table.locator('tr').evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.innerText)));
}
