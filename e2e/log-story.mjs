// She nurses with the timer, mends the entry, deletes it and thinks again, and writes down what else there is.
import assert from 'node:assert/strict';
import { audit } from './audit.mjs';
import { openPhone } from './browser.mjs';
import { button, chooseScheme, close, goTo, logButton, oneLine, rows } from './page.mjs';
import { shot } from './shots.mjs';
import { step } from './steps.mjs';

const MINUTE_MS = 60_000;
const KINDS = ['Pump', 'Nursing', 'Bottle', 'Diaper', 'Weight', 'Drink', 'Feeling', 'Let-down', 'Note'];

const tile = (page, name) => page.getByRole('list', { name: 'What to log' }).getByRole('button', { name, exact: true });
const row = (page, words) => page.locator('main li').filter({ hasText: words });
const save = (page) => button(page, /^Save$/).click();

const DIALOGS = { Pump: 'Pump session' };

/** Opens the sheet of a kind: two taps. */
async function openKind(page, name) {
  await logButton(page).click();
  await tile(page, name).click();
  await page.getByRole('dialog', { name: DIALOGS[name] ?? name }).waitFor();
}

/** What was just said above the bar. */
async function said(page, words) {
  const line = page.getByRole('status').getByText(words);
  await line.waitFor();
  return oneLine(await line.innerText());
}

/** Moves the running timer into the past, as if she had nursed that long. */
const nursedFor = (page, minutes) =>
  page.evaluate(
    ([ms]) => {
      const { runs } = JSON.parse(localStorage.getItem('letdown.nursing'));
      const earlier = (at) => (at === null ? null : at - ms);
      const moved = runs.map((run) => ({ ...run, from_ms: earlier(run.from_ms), to_ms: earlier(run.to_ms) }));
      localStorage.setItem('letdown.nursing', JSON.stringify({ runs: moved }));
    },
    [minutes * MINUTE_MS],
  );

export async function logStory(url) {
  console.log('a day is written down');
  const phone = await openPhone(url);
  const { page } = phone;
  await goTo(page, 'Log');
  const nursing = row(page, /left 7(\.\d)? min, right 5(\.\d)? min/);
  const edited = row(page, /left 7(\.\d)? min, right 9 min/);

  await step('the timer of a nursing survives a reload', async () => {
    await openKind(page, 'Nursing');
    await button(page, /^Left/).click();
    await button(page, 'Pause').waitFor();
    await nursedFor(page, 7);
    await page.reload();
    await shot(page, 'nursing-strip');
    await page.getByRole('button', { name: /^Nursing, left/ }).click();
    assert.match(await page.getByRole('dialog').getByRole('timer').innerText(), /^7:\d\d$/);
    await button(page, 'Switch side').click();
    await page.getByText(/^On the right, began/).waitFor();
    await nursedFor(page, 5);
    await page.reload();
    await page.getByRole('button', { name: /^Nursing, right/ }).click();
    await shot(page, 'nursing-timer');
    await button(page, 'Pause').click();
    await page.getByText(/^Paused, began/).waitFor();
    return audit(page, 'the timer');
  });

  await step('and becomes an entry', async () => {
    await button(page, 'Done').click();
    assert.match(await page.getByRole('textbox', { name: 'How long on the left' }).inputValue(), /^7(\.\d)?$/);
    await shot(page, 'nursing-done');
    await save(page);
    const words = await said(page, /^Saved: Nursing/);
    await nursing.waitFor();
    assert.equal(await page.getByRole('button', { name: /^Nursing, / }).count(), 0, 'the timer is gone');
    return words;
  });

  await step('it is edited', async () => {
    await nursing.locator('summary').click();
    await nursing.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('dialog', { name: 'Edit: Nursing' }).waitFor();
    await page.getByRole('textbox', { name: 'How long on the right' }).fill('9');
    await page.getByText('Add a note').click();
    await page.getByRole('textbox', { name: 'Note' }).fill('Fell asleep.');
    await shot(page, 'nursing-edit');
    await save(page);
    const words = await said(page, /^Changed: Nursing/);
    await edited.waitFor();
    assert.ok(await edited.getByText('edited').isVisible());
    return words;
  });

  await step('it is deleted, and stands again', async () => {
    const remove = edited.getByRole('button', { name: 'Delete' });
    if (!(await remove.isVisible())) await edited.locator('summary').click();
    await remove.click();
    await said(page, /^Deleted: Nursing/);
    await edited.waitFor({ state: 'detached' });
    await button(page, 'Undo').click();
    await said(page, 'Taken back.');
    await edited.waitFor();
  });

  await step('it is found by its note, its kind, and not by other words', async () => {
    const all = await rows(page).count();
    const search = page.getByRole('searchbox', { name: 'Search the log' });
    await search.fill('FELL asleep');
    await page.waitForFunction(() => document.querySelectorAll('main summary').length === 1);
    await shot(page, 'log-found');
    await search.fill('zebra');
    await page.getByRole('heading', { name: 'Nothing found' }).waitFor();
    await shot(page, 'log-nothing');
    const audited = await audit(page, 'nothing found');
    await button(page, 'Show everything').click();
    await page.waitForFunction(([n]) => document.querySelectorAll('main summary').length === n, [all]);
    await page.getByRole('combobox', { name: 'Kind of entry' }).selectOption('Nursing');
    await page.waitForFunction(() => document.querySelectorAll('main summary').length === 1);
    await page.getByRole('combobox', { name: 'Kind of entry' }).selectOption('All kinds');
    await page.waitForFunction(([n]) => document.querySelectorAll('main summary').length === n, [all]);
    return audited;
  });

  await step('a pump session takes two taps, is changed, and the change undone', async () => {
    await logButton(page).click();
    await page.getByRole('textbox', { name: /^Amount/ }).fill('41');
    await save(page);
    await said(page, /^Saved: 41/);
    const pumped = row(page, /\b41\smL/);
    await pumped.locator('summary').click();
    await pumped.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('textbox', { name: 'Amount' }).fill('43');
    await shot(page, 'pump-edit');
    await save(page);
    await row(page, /\b43\smL/).first().waitFor();
    const words = await said(page, /^Changed: Pump/);
    await button(page, 'Undo').click();
    await said(page, 'Taken back.');
    await pumped.first().waitFor();
    return words;
  });

  await step('whatever else there is takes a few taps', async () => {
    const words = [];
    await openKind(page, 'Bottle');
    await page.getByRole('textbox', { name: /drank/ }).fill('60');
    await save(page);
    words.push(await said(page, /^Saved: Bottle.*60\smL/));
    await openKind(page, 'Diaper');
    await page.getByRole('checkbox', { name: 'Soiled' }).check();
    await save(page);
    words.push(await said(page, /^Saved: Diaper.*wet, soiled/));
    await openKind(page, 'Weight');
    await page.getByRole('textbox', { name: /weighs/ }).fill('4,12');
    await save(page);
    words.push(await said(page, /^Saved: Weight.*4\.12 kg/));
    await openKind(page, 'Drink');
    await page.getByRole('dialog').getByRole('button', { name: /^250/ }).click();
    words.push(await said(page, /^Saved: Drink.*250 mL/));
    await openKind(page, 'Feeling');
    await page.getByRole('slider', { name: 'Stress' }).focus();
    for (let i = 0; i < 5; i += 1) await page.keyboard.press('ArrowRight');
    await save(page);
    words.push(await said(page, /^Saved: Feeling.*stress 4 of 10$|^Saved: Feeling.*stress 4 of 10\./));
    await openKind(page, 'Let-down');
    await page.getByRole('radio', { name: 'A cry' }).check();
    await save(page);
    words.push(await said(page, /^Saved: Let-down.*cry/));
    await openKind(page, 'Note');
    await page.getByRole('textbox', { name: 'Your words' }).fill('Slept five hours.');
    await save(page);
    words.push(await said(page, /^Saved: Note/));
    await row(page, 'Slept five hours.').waitFor();
    await shot(page, 'log-day');
    return words.join('\n      ');
  });

  await step('the next bottle is filled with the usual', async () => {
    await openKind(page, 'Bottle');
    assert.equal(await page.getByRole('textbox', { name: /filled with the usual/ }).inputValue(), '60');
    await close(page);
  });

  await step('a save that reaches nobody keeps what she typed', async () => {
    const before = await row(page, 'drank 75').count();
    await openKind(page, 'Bottle');
    await page.getByRole('textbox', { name: /drank/ }).fill('75');
    await phone.offline(async () => {
      await save(page);
      await page.getByText(/^Not saved yet/).waitFor();
      await close(page);
    });
    assert.equal(await row(page, 'drank 75').count(), before);
    await openKind(page, 'Bottle');
    assert.equal(await page.getByRole('textbox', { name: /drank/ }).inputValue(), '75');
    await save(page);
    await said(page, /^Saved: Bottle.*75\smL/);
    assert.equal(await row(page, 'drank 75').count(), before + 1);
    await button(page, 'Undo').click();
    await said(page, 'Taken back.');
    assert.equal(await row(page, 'drank 75').count(), before);
  });

  for (const scheme of ['Light', 'Dark']) {
    await step(`every sheet, ${scheme.toLowerCase()}`, async () => {
      await chooseScheme(page, scheme);
      await shot(page, `log-day-${scheme.toLowerCase()}`);
      const told = [await audit(page, `the log, ${scheme.toLowerCase()}`)];
      for (const kind of KINDS) {
        await openKind(page, kind);
        await shot(page, `new-${kind}-${scheme}`.toLowerCase());
        told.push(await audit(page, `"${kind}", ${scheme.toLowerCase()}`));
        await close(page);
      }
      return told.join('\n      ');
    });
  }
  await phone.close();

  await step('a narrow phone with text at 200 % shows and reaches every sheet', () => narrow(url));
}

async function narrow(url) {
  const phone = await openPhone(url, { width: 320, height: 640, text: 2 });
  const { page } = phone;
  await chooseScheme(page, 'Light');
  await goTo(page, 'Log');
  await rows(page).first().waitFor();
  await shot(page, 'log-day-320-large');
  for (const kind of KINDS.slice(1)) {
    await openKind(page, kind);
    const dialog = page.getByRole('dialog');
    const [content, screen] = await dialog.evaluate((sheet) => [sheet.firstElementChild.scrollWidth, innerWidth]);
    assert.ok(content <= screen, `${kind} is ${content} px wide on a screen of ${screen}`);
    const last = kind === 'Nursing' ? button(page, 'Write it down afterwards') : button(page, /^Save$/);
    await last.scrollIntoViewIfNeeded();
    await shot(page, `new-${kind}-320-large`.toLowerCase());
    const box = await last.boundingBox();
    assert.ok(box && 0 <= box.x && box.x + box.width <= 320 && box.y + box.height <= 640, `${kind}: the button is in reach`);
    await close(page);
  }
  await phone.close();
}
