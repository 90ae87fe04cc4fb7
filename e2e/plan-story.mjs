// A plan: chosen with what is usual, made, kept, taken back, handed to a calendar; where a log says stop, whom to call.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { audit } from './audit.mjs';
import { button, chooseScheme, goTo, oneLine } from './page.mjs';
import { shot } from './shots.mjs';
import { step } from './steps.mjs';

/** On a slow machine that is busy beside. */
const ANSWER_MS = 120_000;
const NUMBER = String.raw`[\d.,]+`;

const card = (page) => page.getByRole('region', { name: 'A plan', exact: true });
const choose = (page, name) => card(page).getByRole('radio', { name, exact: true }).check();
const headline = (page) => page.getByTestId('plan');

/** Presses the button and waits; gives what was said and how long it took. */
async function make(page) {
  const since = performance.now();
  await button(page, 'Make a plan').click();
  await headline(page).waitFor({ timeout: ANSWER_MS });
  return `${oneLine(await headline(page).innerText())} (${((performance.now() - since) / 1000).toFixed(1)} s)`;
}

const anew = (page) => button(page, 'Change what you asked').click();

/** The steps of a story in which the log has been read. */
export async function planSteps(page) {
  await step('a plan asks what for first, and then only what that needs', async () => {
    await goTo(page, 'Plan');
    const work = card(page).getByRole('group', { name: 'Away from your baby' });
    await card(page).getByRole('radio', { name: 'More milk', exact: true }).waitFor();
    assert.equal(await button(page, 'Make a plan').count(), 0);
    await choose(page, 'Back to work');
    await work.waitFor();
    await shot(page, 'plan-asked');
    await choose(page, 'Retrain let-down');
    assert.equal(await work.count(), 0);
    assert.equal(await button(page, 'Make a plan').count(), 0, 'no hours are asked for retraining');
    await button(page, 'To your let-down').click();
    assert.match(await page.evaluate(() => document.activeElement?.textContent ?? ''), /let-down/i);
  });

  await step('a plan for more milk is made with what is usual and her sleep left whole', async () => {
    await choose(page, 'More milk');
    // What she says beside the goal is kept with the plan.
    await page.getByLabel('Leave my sleep whole').check();
    const said = await make(page);
    assert.match(said, new RegExp(`^About ${NUMBER} mL a day by \\d+ \\w+`));
    const numbers = oneLine(await card(page).locator('dl').innerText());
    assert.match(numbers, /^The difference likely .* mL a day At the pump about \d+ min a day/);
    const bars = oneLine(await card(page).getByRole('list').first().innerText());
    assert.match(bars, /^With the plan .* mL a day, likely .* As you do it .* mL a day, likely .* mL$/);
    const sessions = await card(page).getByRole('list', { name: /^Sessions/ }).getByRole('listitem').allInnerTexts();
    assert.ok(3 <= sessions.length && sessions.length <= 12, `${sessions.length} sessions`);
    for (const text of sessions) assert.match(oneLine(text), /^\d\d:\d\d \d+ min/);
    await card(page).getByText(/from logs up to/).waitFor();
    return said;
  });

  await step('it says why, and from where', async () => {
    await button(page, /^Why/).click();
    assert.notEqual(await card(page).getByRole('list', { name: 'Why this plan' }).getByRole('listitem').count(), 0);
  });

  for (const scheme of ['Light', 'Dark']) {
    await step(`a plan is in nobody's way, ${scheme.toLowerCase()}`, async () => {
      await chooseScheme(page, scheme);
      await shot(page, `plan-${scheme.toLowerCase()}`);
      return audit(page, `Plan, ${scheme.toLowerCase()}`);
    });
  }
  await chooseScheme(page, 'Light');

  await step('it goes to her calendar, with a reminder for each session', async () => {
    const [file] = await Promise.all([page.waitForEvent('download'), button(page, 'To my calendar').click()]);
    const text = readFileSync(await file.path(), 'utf8');
    const [events, alarms] = [/BEGIN:VEVENT/g, /BEGIN:VALARM/g].map((what) => text.match(what)?.length ?? 0);
    assert.ok(30 < events && events === alarms, `${events} sessions, ${alarms} reminders`);
    assert.match(text, /TRIGGER:-PT10M/);
    return `${file.suggestedFilename()}, ${events} sessions`;
  });

  await step('it is kept, and taken back right there', async () => {
    const said = await headline(page).innerText();
    await button(page, 'Keep this plan').click();
    await button(page, 'Take it back').waitFor();
    assert.equal(await headline(page).innerText(), said, 'what is kept stays as it was');
    await shot(page, 'plan-kept');
    await button(page, 'Take it back').click();
    await button(page, 'Keep this plan').waitFor();
    await button(page, 'Keep this plan').click();
    await button(page, 'Take it back').waitFor();
  });

  await step('what came of it is told where the next one is chosen, until it is taken back', async () => {
    await anew(page);
    await page.getByTestId('followed').waitFor({ timeout: ANSWER_MS });
    assert.match(oneLine(await page.getByTestId('followed').innerText()), /^Your plan for more milk is of \d+ \w+\. Once a whole day has passed/);
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
    await page.getByTestId('followed').waitFor({ state: 'detached', timeout: ANSWER_MS });
  });

  await step('weaning gives up one session after the other', async () => {
    await choose(page, 'Wean');
    const said = await make(page);
    const days = await card(page).getByRole('list', { name: 'The days after' }).getByRole('listitem').allInnerTexts();
    assert.match(days.at(-1) ?? '', /no pump session/);
    await shot(page, 'plan-wean');
    await anew(page);
    return `${said}, ${days.length} kinds of days after the first`;
  });

  await step('days at work differ from the others', async () => {
    await page.getByLabel('Leave my sleep whole').uncheck();
    await choose(page, 'Back to work');
    await button(page, 'Add a break').click();
    const said = await make(page);
    const kinds = await card(page).locator('.day h3').allInnerTexts();
    assert.deepEqual(kinds.map((text) => text.replace(/, each .*/, '')), ['Mon to Fri', 'Other days']);
    await shot(page, 'plan-work');
    await anew(page);
    return said;
  });

  await step('babies who come home drink so much, and that is kept apart from what she pumps', async () => {
    await choose(page, 'Home from hospital');
    await page.getByLabel('Who comes home').selectOption('2');
    await shot(page, 'plan-home-asked');
    const said = await make(page);
    const drink = oneLine(await page.getByTestId('needs').innerText());
    assert.match(drink, new RegExp(`^Your two babies together may drink about ${NUMBER} mL a day by .*milk to have ready.*one after the other`, 'i'));
    await card(page).getByText(/output, not what your baby drinks/).waitFor();
    await shot(page, 'plan-home');
    await audit(page, 'Plan, home');
    await anew(page);
    return said;
  });

  await step('on a journey sessions move to the clock there, and the hour at home stands beside', async () => {
    await choose(page, 'As much as now');
    await page.getByLabel('I travel to another time zone').check();
    await card(page).getByText('Say when you leave and where to.').waitFor();
    assert.ok(await button(page, 'Make a plan').isDisabled());
    const leaves = new Date(Date.now() + 4 * 86_400_000).toISOString().slice(0, 10);
    await page.getByLabel('You leave, on the clock at home').fill(`${leaves}T14:00`);
    await page.getByLabel('You are on the way').selectOption('11');
    await page.getByLabel('Where to').selectOption('Asia/Tokyo');
    await shot(page, 'plan-travel-asked');
    const said = await make(page);
    assert.match(oneLine(await page.getByTestId('travel').innerText()), /^In Tokyo it is \d h later than at home.* at most 2 h a day/);
    const headings = await card(page).locator('.day h3').allInnerTexts();
    assert.match(headings[0] ?? '', /^Until \d+ \w+/);
    assert.match(headings.at(-1) ?? '', /^From \d+ \w+/);
    const last = await card(page).getByRole('list', { name: /^Sessions, from/ }).getByRole('listitem').allInnerTexts();
    for (const text of last) assert.match(oneLine(text), /\d\d:\d\d at home$/);
    await shot(page, 'plan-travel');
    await audit(page, 'Plan, journey');
    await chooseScheme(page, 'Dark');
    await shot(page, 'plan-travel-dark');
    await chooseScheme(page, 'Light');
    await anew(page);
    await page.getByLabel('I travel to another time zone').uncheck();
    return `${said}, ${headings.length} kinds of days`;
  });

  await step('a stash says how much in all', async () => {
    await choose(page, 'A stash');
    const said = await make(page);
    assert.match(said, new RegExp(`^About ${NUMBER} mL more in all by \\d+ \\w+`));
    return said;
  });

  await step('a plan fits a small screen with text twice as large', async () => {
    const before = page.viewportSize();
    await page.setViewportSize({ width: 320, height: 640 });
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
    for (const part of ['answer', 'choice']) {
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320, part);
      await shot(page, `plan-small-${part}`);
      await audit(page, `Plan, small, ${part}`);
      if (part === 'answer') await anew(page);
    }
    await choose(page, 'Back to work');
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320, 'work');
    await shot(page, 'plan-small-work');
    await choose(page, 'As much as now');
    await page.getByLabel('I travel to another time zone').check();
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320, 'journey');
    await shot(page, 'plan-small-travel');
    await page.getByLabel('I travel to another time zone').uncheck();
    await page.evaluate(() => (document.documentElement.style.fontSize = ''));
    await page.setViewportSize(before);
  });
}
