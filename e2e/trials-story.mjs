// A trial on herself: what it would take, its beginning, a draw, its page, its end; each can be taken back.
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { audit } from './audit.mjs';
import { openPhone } from './browser.mjs';
import { startFakeServer } from './fake-server.mjs';
import { addImport, button, chooseScheme, close, goTo, logButton, oneLine, previewImport, rows } from './page.mjs';
import { shot } from './shots.mjs';
import { step } from './steps.mjs';

/** Whoever advises reads the whole log first. */
const ANSWER_MS = 300_000;

/** In a log of its own, which ends yesterday: what other stories log would pass for the session that was drawn. */
export async function trialsStory(fixture) {
  console.log('a trial is made');
  const server = await startFakeServer(fileURLToPath(new URL('../web/dist', import.meta.url)));
  const phone = await openPhone(server.url);
  await goTo(phone.page, 'Log');
  await previewImport(phone.page, fixture);
  await addImport(phone.page);
  await trialSteps(phone.page);
  await phone.close();
  server.stop();
}

export async function trialSteps(page) {
  const card = page.getByRole('region', { name: 'A trial on yourself' });
  const drawn = page.getByTestId('drawn');
  const press = (name) => card.getByRole('button', { name }).click();
  const choose = (name) => card.getByRole('radio', { name, exact: true }).check();
  const said = (words) => page.getByRole('status').getByText(words).waitFor({ timeout: ANSWER_MS });

  await step('what a trial would take is said before it begins', async () => {
    await goTo(page, 'Plan');
    await card.getByText('No trial yet').waitFor({ timeout: ANSWER_MS });
    await choose('A picture');
    await choose('30\u00a0%');
    const takes = page.getByTestId('trial-takes');
    await takes.waitFor({ timeout: ANSWER_MS });
    assert.match(await takes.innerText(), /^About \d+ sessions, \d+ days at your pace$/);
    await card.getByText('What it cannot tell').click();
    await card.getByText(/what one hopes for/).waitFor();
    await takes.scrollIntoViewIfNeeded();
    await shot(page, 'trial-plan');
    return takes.innerText();
  });

  await step('what would take too long is said with what would not', async () => {
    await choose('5\u00a0%');
    const said = card.getByText(/^It would take too long/).or(page.getByTestId('trial-takes'));
    await said.waitFor({ timeout: ANSWER_MS });
    const words = oneLine(await said.innerText());
    assert.ok(!words.includes('--'), words);
    await choose('30\u00a0%');
    await page.getByTestId('trial-takes').waitFor({ timeout: ANSWER_MS });
    return words;
  });

  await step('it begins, and the beginning can be taken back', async () => {
    await press('Begin');
    await said('Begun.');
    await card.getByRole('heading', { name: 'Do sessions with a picture of your baby bring more milk?' }).waitFor();
    await button(page, 'Undo').click();
    await card.getByText('No trial yet').or(card.getByText('Does it help')).first().waitFor();
    await choose('A picture');
    await choose('30\u00a0%');
    await page.getByTestId('trial-takes').waitFor({ timeout: ANSWER_MS });
    await press('Begin');
    await card.getByRole('button', { name: 'Draw for this session' }).waitFor({ timeout: ANSWER_MS });
  });

  const first = {};
  await step('a session is drawn, once', async () => {
    await press('Draw for this session');
    await drawn.waitFor({ timeout: ANSWER_MS });
    first.words = oneLine(await drawn.innerText());
    assert.match(first.words, /^This one: with(out)? a picture/);
    await press('Ask again');
    await drawn.getByText('asking again changes nothing').waitFor({ timeout: ANSWER_MS });
    const [again, was] = [oneLine(await drawn.innerText()), first.words].map((words) => words.split('.')[0]);
    assert.equal(again, was);
    return first.words;
  });

  await step('who follows a session reads there what was drawn', async () => {
    await goTo(page, 'Now');
    await logButton(page).click();
    await button(page, 'Follow a session as it runs').click();
    const dialog = page.getByRole('dialog', { name: 'Follow a session' });
    const line = dialog.getByText(/^Your trial\. This one: with/);
    await line.waitFor();
    const words = await line.innerText();
    await close(page);
    return words;
  });

  await step('the log names both in plain words', async () => {
    await goTo(page, 'Log');
    const line = async (words) => oneLine(await rows(page).filter({ hasText: words }).first().innerText());
    const [draw, trial] = [await line(/Trial draw/), await line(/Trial(?! draw)/)];
    assert.match(draw, /drawn: with(out)? it/);
    assert.match(trial, /with a picture of your baby, goes on, planned for \d+ sessions/);
    return `${draw} | ${trial}`;
  });

  await step('its page says how far it is, and no more', async () => {
    await goTo(page, 'Plan');
    await press('What came so far');
    const claim = page.getByTestId('trial-claim');
    await claim.waitFor({ timeout: ANSWER_MS });
    const words = await claim.innerText();
    assert.match(words, /^Not known yet: 0 of \d+ sessions are there; the next look is after \d+ more sessions\.$/);
    await page.getByRole('table', { name: 'What came of each' }).waitFor();
    await audit(page, 'the page of a trial');
    await shot(page, 'trial-page');
    await close(page);
    return words;
  });

  for (const scheme of ['Light', 'Dark']) {
    await step(`a trial that runs is in nobody's way, ${scheme.toLowerCase()}`, async () => {
      await chooseScheme(page, scheme);
      await card.scrollIntoViewIfNeeded();
      await shot(page, `trial-running-${scheme.toLowerCase()}`);
      return audit(page, `Plan with a trial, ${scheme.toLowerCase()}`);
    });
  }

  await step('Plan with a trial fits a small screen with text twice as large', async () => {
    const before = page.viewportSize();
    await page.setViewportSize({ width: 320, height: 640 });
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
    await card.scrollIntoViewIfNeeded();
    await shot(page, 'trial-small');
    const words = await audit(page, 'Plan with a trial, small');
    await page.evaluate(() => (document.documentElement.style.fontSize = ''));
    await page.setViewportSize(before);
    await chooseScheme(page, 'Light');
    return words;
  });

  await step('it ends, goes on, and ends', async () => {
    await press('End it');
    await card.getByText(/ended early, 1 of \d+ sessions drawn/).waitFor({ timeout: ANSWER_MS });
    await press('Go on');
    await card.getByRole('button', { name: 'What came so far' }).waitFor({ timeout: ANSWER_MS });
    await press('End it');
    await card.getByRole('heading', { name: 'Before' }).waitFor({ timeout: ANSWER_MS });
    await shot(page, 'trial-ended');
  });
}
