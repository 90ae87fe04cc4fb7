// There are two: she writes both down, says whose each entry is, and weighs one before and after a feed.
import assert from 'node:assert/strict';
import { audit } from './audit.mjs';
import { openPhone } from './browser.mjs';
import { button, chooseScheme, close, goTo, logButton, oneLine } from './page.mjs';
import { shot } from './shots.mjs';
import { step } from './steps.mjs';

const tile = (page, name) => page.getByRole('list', { name: 'What to log' }).getByRole('button', { name, exact: true });
const row = (page, words) => page.locator('main li').filter({ hasText: words });
const save = (page) => button(page, /^Save$/).click();
const whose = (page, name) => page.getByRole('group', { name: 'Which baby' }).getByRole('radio', { name, exact: true });

async function openKind(page, name) {
  await logButton(page).click();
  await tile(page, name).click();
  await page.getByRole('dialog', { name }).waitFor();
}

async function said(page, words) {
  const line = page.getByRole('status').getByText(words);
  await line.waitFor();
  return oneLine(await line.innerText());
}

async function writeDown(page, name, born) {
  await button(page, 'Add a baby').click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByLabel('Day of birth, if you like').fill(born);
}

export async function twinsStory(url) {
  console.log('there are two babies');
  const phone = await openPhone(url);
  const { page } = phone;
  await goTo(page, 'Log');

  await step('with one baby nothing is asked', async () => {
    await button(page, 'Settings').click();
    await writeDown(page, 'Baby A', '2026-10-03');
    await page.getByRole('textbox', { name: 'Weeks of pregnancy' }).fill('50');
    await save(page);
    await page.getByText(/^Write the weeks like 39/).waitFor();
    await page.getByRole('textbox', { name: 'Weeks of pregnancy' }).fill('36+2');
    await shot(page, 'baby-form');
    const audited = await audit(page, 'the form of a baby');
    await save(page);
    await button(page, 'Edit Baby A').waitFor();
    await close(page);
    await openKind(page, 'Diaper');
    assert.equal(await page.getByRole('group', { name: 'Which baby' }).count(), 0);
    await close(page);
    return audited;
  });

  await step('a second one is written down, and the first gets a name', async () => {
    await button(page, 'Settings').click();
    await writeDown(page, 'Baby A', '2026-10-03');
    await save(page);
    await page.getByText(/^There is a baby called Baby A already/).waitFor();
    await page.getByRole('textbox', { name: 'Name' }).fill('Ida');
    await save(page);
    await button(page, 'Edit Ida').waitFor();
    await shot(page, 'babies');
    await close(page);
    await openKind(page, 'Bottle');
    await whose(page, 'Baby A').check();
    await page.getByRole('textbox', { name: /drank/ }).fill('55');
    await save(page);
    await said(page, /^Saved: Bottle.*Baby A\.$/);
    await button(page, 'Settings').click();
    await button(page, 'Edit Baby A').click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Mila');
    await save(page);
    await button(page, 'Edit Mila').waitFor();
    await close(page);
    await row(page, /drank 55\smL.*Mila/).waitFor();
    assert.equal(await row(page, /drank 55\smL.*Baby A/).count(), 0, 'what named Baby A is about Mila');
  });

  await step('the choice is one tap, and remembered for each kind', async () => {
    await openKind(page, 'Bottle');
    assert.ok(await whose(page, 'Mila').isChecked());
    await close(page);
    await openKind(page, 'Diaper');
    assert.ok(await whose(page, 'Not said').isChecked());
    await whose(page, 'Ida').check();
    await shot(page, 'twins-diaper');
    const audited = await audit(page, 'which baby');
    await save(page);
    await said(page, /^Saved: Diaper.*wet, Ida\.$/);
    await openKind(page, 'Diaper');
    assert.ok(await whose(page, 'Ida').isChecked());
    await close(page);
    await openKind(page, 'Weight');
    await whose(page, 'Mila').check();
    await page.getByRole('textbox', { name: /weighs/ }).fill('3,9');
    await save(page);
    return `${audited}\n      ${await said(page, /^Saved: Weight.*3\.9 kg.*Mila\.$/)}`;
  });

  await step('the timer asks as well, and its entry knows', async () => {
    await openKind(page, 'Nursing');
    await whose(page, 'Ida').check();
    await button(page, /^Left/).click();
    await page.reload();
    await page.getByRole('button', { name: /^Nursing, left/ }).click();
    assert.ok(await whose(page, 'Ida').isChecked());
    await shot(page, 'twins-timer');
    await button(page, 'Done').click();
    assert.ok(await whose(page, 'Ida').isChecked());
    await page.getByRole('textbox', { name: 'How long on the left' }).fill('11');
  });

  await step('the scale says what she drank, as intake and with a range', async () => {
    await page.getByText('Add what your baby drank').click();
    await page.getByRole('textbox', { name: 'Weight before' }).fill('4120');
    await save(page);
    await page.getByText(/^Write both weights in grams/).waitFor();
    await page.getByRole('textbox', { name: 'Weight after' }).fill('4100');
    await page.getByText(/^Lighter after than before/).waitFor();
    await page.getByRole('textbox', { name: 'Weight after' }).fill('4195');
    const words = oneLine(await page.getByRole('dialog').getByText(/^Your baby drank 73/).innerText());
    assert.match(words, /drank 73 mL, 71–75 mL on a scale with steps of 2 g/);
    await page.getByText(/^Your baby drank 73/).scrollIntoViewIfNeeded();
    await shot(page, 'weighed');
    const audited = await audit(page, 'a feed on the scale');
    await save(page);
    await said(page, /^Saved: Nursing.*drank 73\smL \(71–75 by the scale\), Ida\.$/);
    const line = row(page, /drank 73\smL/);
    assert.equal(await line.locator('.milk').filter({ visible: true }).count() - (await line.locator('.mark.milk').count()), 0, 'no bar of output');
    return `${words}\n      ${audited}`;
  });

  await step('whose it is can be changed, and the change undone', async () => {
    const line = row(page, /drank 73\smL.*Ida/);
    await line.locator('summary').click();
    await line.getByRole('button', { name: 'Edit' }).click();
    await whose(page, 'Mila').check();
    await save(page);
    await row(page, /drank 73\smL.*Mila/).waitFor();
    await button(page, 'Undo').click();
    await line.waitFor();
  });

  await step('ounces stand in every line, and go again', async () => {
    await button(page, 'Settings').click();
    await page.getByRole('radio', { name: 'oz' }).check();
    await close(page);
    await row(page, /drank 2\.5\soz \(2\.4–2\.5 by the scale\)/).waitFor();
    assert.equal(await page.locator('main summary').filter({ hasText: /\d\smL/ }).count(), 0);
    await shot(page, 'log-ounces');
    await button(page, 'Settings').click();
    await page.getByRole('radio', { name: 'mL' }).check();
    await close(page);
  });

  await step('dark', async () => {
    await chooseScheme(page, 'Dark');
    await shot(page, 'twins-log-dark');
    const told = [await audit(page, 'the log of two, dark')];
    for (const [kind, name] of [['Nursing', 'twins-timer-dark'], ['Bottle', 'twins-bottle-dark']]) {
      await openKind(page, kind);
      await shot(page, name);
      told.push(await audit(page, `"${kind}" of two, dark`));
      await close(page);
    }
    await chooseScheme(page, 'Light');
    return told.join('\n      ');
  });
  await phone.close();

  await step('a narrow phone with text at 200 % asks and reaches it all', () => narrow(url));
}

async function narrow(url) {
  const phone = await openPhone(url, { width: 320, height: 640, text: 2 });
  const { page } = phone;
  await chooseScheme(page, 'Light');
  await goTo(page, 'Log');
  await openKind(page, 'Nursing');
  await whose(page, 'Mila').scrollIntoViewIfNeeded();
  await button(page, 'Write it down afterwards').click();
  await page.getByText('Add what your baby drank').click();
  const dialog = page.getByRole('dialog');
  const [content, screen] = await dialog.evaluate((sheet) => [sheet.firstElementChild.scrollWidth, innerWidth]);
  assert.ok(content <= screen, `the form is ${content} px wide on a screen of ${screen}`);
  await page.getByRole('textbox', { name: 'Weight after' }).scrollIntoViewIfNeeded();
  await shot(page, 'weighed-320-large');
  await close(page);
  await button(page, 'Settings').click();
  await button(page, 'Edit Mila').click();
  await page.getByRole('textbox', { name: 'Weeks of pregnancy' }).scrollIntoViewIfNeeded();
  await shot(page, 'baby-form-320-large');
  await close(page);
  await phone.close();
}
