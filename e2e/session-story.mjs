// She follows a pump session: with taps, which become an entry, and with a simulated scale, which does not.
import assert from 'node:assert/strict';
import { audit } from './audit.mjs';
import { openPhone } from './browser.mjs';
import { button, chooseScheme, close, goTo, logButton, oneLine } from './page.mjs';
import { shot } from './shots.mjs';
import { step } from './steps.mjs';

const dialog = (page) => page.getByRole('dialog');
const letDowns = (page) => page.getByRole('list', { name: 'Let-downs' }).getByRole('listitem');
const row = (page, words) => page.locator('main li').filter({ hasText: words });
const phase = (page, words) => dialog(page).getByRole('status').filter({ hasText: words }).waitFor();

const coach = (page) => dialog(page).getByRole('region', { name: 'Coach' });

/** Opens the session: two taps. */
async function follow(page) {
  await logButton(page).click();
  await button(page, 'Follow a session as it runs').click();
  await page.getByRole('dialog', { name: 'Follow a session' }).waitFor();
}

/** Moves the kept session into the past, as if so much time had gone by, and opens the page anew. */
async function later(page, seconds, strip) {
  await page.evaluate(([ms]) => {
    const session = JSON.parse(localStorage.getItem('letdown.pumping'));
    localStorage.setItem('letdown.pumping', JSON.stringify({ ...session, began_ms: session.began_ms - ms }));
  }, [1_000 * seconds]);
  await page.reload();
  await page.getByRole('button', { name: strip }).click();
}

/** Seconds of a clock that reads `3:21`. */
function seconds(clock) {
  const [minutes, rest] = clock.split(':').map(Number);
  return 60 * minutes + rest;
}

/** Nothing is wider than the phone. */
async function fits(page) {
  const over = await page.evaluate(() => {
    const sheet = document.querySelector('dialog[open]');
    return [document.documentElement, sheet, sheet.querySelector('.content')].map((one) => one.scrollWidth - one.clientWidth);
  });
  assert.deepEqual(over.map((px) => Math.max(0, px)), [0, 0, 0], 'nothing is cut off at the side');
}

export async function sessionStory(url) {
  console.log('a pump session is followed');
  const phone = await openPhone(url);
  const { page } = phone;
  await goTo(page, 'Log');

  await step('a session with taps begins in two taps', async () => {
    await follow(page);
    await shot(page, 'session-start');
    const audited = await audit(page, 'the start of a session');
    await button(page, 'Start').click();
    await phase(page, 'Waiting for milk');
    return audited;
  });

  await step('the coach offers a cue, says why, and goes when she says not now', async () => {
    await coach(page).getByText(/picture of your baby/).waitFor();
    await coach(page).getByText('Why?').click();
    const opened = await coach(page).locator('dl').innerText();
    assert.match(opened, /Reason[^]*Rests on[^]*Trials[^]*Limits/);
    await shot(page, 'coach-cue');
    const audited = await audit(page, 'a prompt, its reason open');
    const scheme = await page.evaluate(() => document.documentElement.dataset.scheme);
    const paint = (name) => page.evaluate((to) => void (document.documentElement.dataset.scheme = to), name);
    await paint('dark');
    await shot(page, 'coach-dark');
    await audit(page, 'a prompt, dark');
    await paint(scheme ?? 'light');
    await coach(page).getByRole('button', { name: 'Not now' }).click();
    await coach(page).waitFor({ state: 'detached' });
    return audited;
  });

  await step('milk comes, passes marks, and slows; a reload loses nothing', async () => {
    await later(page, 70, /^Pumping/);
    await button(page, 'Milk came').click();
    await phase(page, 'Milk is coming, likely');
    await letDowns(page).first().waitFor();
    await later(page, 30, /^Pumping/);
    await button(page, '10 mL').click();
    await later(page, 30, /^Pumping/);
    await button(page, '10 mL').click();
    await button(page, '10 mL').click();
    await dialog(page).getByText(/^30\s±\s4\smL$/).waitFor();
    await button(page, 'Take the last tap back').click();
    await dialog(page).getByText(/^20\s±\s4\smL$/).waitFor();
    await later(page, 30, /^Pumping/);
    await button(page, 'Slowed').click();
    await phase(page, 'Flow has slowed');
    assert.match(await dialog(page).getByRole('timer').innerText(), /^(2:[4-5]|3:[0-5])\d$/);
    await shot(page, 'session-taps');
    const audited = await audit(page, 'a session with taps');
    return `${audited}; ${oneLine(await letDowns(page).first().innerText())}`;
  });

  await step('when flow has slowed the coach offers massage and five more, with its chance', async () => {
    await coach(page).getByText(/massage for 2 minutes, then pump 5 more: about \d+ in 100/).waitFor();
    await coach(page).getByRole('button', { name: 'Stop', exact: true }).waitFor();
    await shot(page, 'coach-slowed');
    await coach(page).getByRole('button', { name: 'Massage now' }).click();
    await phase(page, 'Massage');
    await dialog(page).getByRole('button', { name: 'Massage', exact: true }).click();
    await phase(page, 'Flow has slowed');
    return 'massage stands among her taps';
  });

  await step('massage and a pause are switched on and off', async () => {
    await dialog(page).getByRole('button', { name: 'Massage', exact: true }).click();
    await phase(page, 'Massage');
    await dialog(page).getByRole('button', { name: 'Pause', exact: true }).click();
    await phase(page, 'A pause');
    await dialog(page).getByRole('button', { name: 'Pause', exact: true }).click();
    await dialog(page).getByRole('button', { name: 'Massage', exact: true }).click();
    await phase(page, 'Flow has slowed');
  });

  await step('it ends, and becomes an entry with its let-down', async () => {
    await button(page, 'End').click();
    const amount = page.getByRole('textbox', { name: /^Amount/ });
    await amount.waitFor();
    assert.equal(await amount.inputValue(), '20');
    assert.match(await page.getByRole('textbox', { name: 'How long' }).inputValue(), /^[23](\.\d)?$/);
    await shot(page, 'session-end');
    const audited = await audit(page, 'the end of a session');
    await later(page, 0, /^Session, not saved yet/);
    await amount.fill('24');
    await button(page, /^Save$/).click();
    await page.getByRole('status').getByText(/^Saved: 24\smL/).waitFor();
    const saved = row(page, /\b24\smL/).filter({ hasText: '1 let-down' });
    await saved.waitFor();
    assert.equal(await page.getByRole('button', { name: /^Pumping/ }).count(), 0, 'nothing goes on any more');
    return `${audited}; ${oneLine(await saved.innerText())}`;
  });

  await step('that it hurts is kept with the session, stands in her log, and can be taken back', async () => {
    await follow(page);
    await button(page, 'Start').click();
    await phase(page, 'Waiting for milk');
    await later(page, 200, /^Pumping/);
    await button(page, 'It hurts').click();
    await coach(page).getByText(/stop/i).first().waitFor();
    const said = dialog(page).getByText(/^It hurt from \d+:\d\d on\. Your log will say so\.$/);
    await said.waitFor();
    const from = /\d+:\d\d/.exec(await said.innerText())[0];
    const ran = await dialog(page).getByRole('timer').innerText();
    assert.ok(seconds(from) >= 200 && seconds(from) <= seconds(ran), `it hurt from ${from}, by now ${ran}`);
    await shot(page, 'session-hurts');
    const audited = await audit(page, 'a session that hurts');
    await button(page, 'End').click();
    const kept = page.getByRole('checkbox', { name: `It hurt, from ${from} on`, exact: true });
    await kept.waitFor();
    assert.ok(await kept.isChecked());
    await shot(page, 'session-hurt-end');
    await page.getByRole('textbox', { name: /^Amount/ }).fill('31');
    await button(page, /^Save$/).click();
    await page.getByRole('status').getByText(/^Saved: 31\smL/).waitFor();
    const saved = row(page, /\b31\smL/).filter({ hasText: `it hurt after ${from}` });
    await saved.waitFor();
    const words = oneLine(await saved.innerText());
    await button(page, 'Undo').click();
    await saved.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Session, not saved yet/ }).click();
    assert.ok(await kept.isChecked(), 'what she said is still there');
    await button(page, 'Don’t keep it').click();
    return `${audited}; ${words}`;
  });

  await step('a session she does not keep can be taken up again', async () => {
    await follow(page);
    await button(page, 'Start').click();
    await button(page, 'End').click();
    await button(page, 'Don’t keep it').click();
    await page.getByRole('status').getByText('The session was put away.').waitFor();
    await button(page, 'Undo').click();
    await page.getByRole('button', { name: /^Session, not saved yet/ }).click();
    await button(page, 'Go on pumping').click();
    await phase(page, 'Waiting for milk');
    await button(page, 'End').click();
    await button(page, 'Don’t keep it').click();
  });

  await step('a simulated scale shows let-downs, and nothing of it is kept', async () => {
    const watched = row(page, /let-down/);
    await watched.first().waitFor();
    const count = await watched.count();
    await chooseScheme(page, 'Light');
    await follow(page);
    await button(page, 'Look at a simulated one').click();
    await dialog(page).getByText(/^Simulated: not you/).waitFor();
    await later(page, 70, /^Simulated session/);
    await letDowns(page).nth(1).waitFor();
    await dialog(page).getByText(/^\d+\s±\s\d+\smL$/).waitFor();
    await shot(page, 'session-light');
    const audited = await audit(page, 'a simulated session');
    assert.match(oneLine(await letDowns(page).first().innerText()), /\d+ ± \d+ mL$/, 'each has its range');
    const seen = await letDowns(page).count();
    assert.equal(await button(page, /^Save$/).count(), 0);
    await close(page);
    await chooseScheme(page, 'Dark');
    await page.getByRole('button', { name: /^Simulated session/ }).click();
    await letDowns(page).nth(1).waitFor();
    await shot(page, 'session-dark');
    const dark = await audit(page, 'a simulated session, dark');
    await button(page, 'Enough').click();
    await chooseScheme(page, 'Light');
    assert.equal(await page.getByRole('button', { name: /^Simulated session/ }).count(), 0);
    await watched.first().waitFor();
    assert.equal(await watched.count(), count, 'the session with taps is there, and no other');
    return `${seen} let-downs; ${audited}; ${dark}`;
  });
  await phone.close();

  await step('it fits a small phone with large text', async () => {
    const small = await openPhone(url, { width: 320, height: 640, text: 2 });
    await goTo(small.page, 'Log');
    await follow(small.page);
    await button(small.page, 'Start').click();
    await phase(small.page, 'Waiting for milk');
    await fits(small.page);
    for (const name of ['Milk came', '10 mL', 'Slowed', 'Massage', 'Pause', 'End']) {
      await dialog(small.page).getByRole('button', { name, exact: name !== '10 mL' }).scrollIntoViewIfNeeded();
      assert.ok(await dialog(small.page).getByRole('button', { name, exact: name !== '10 mL' }).isVisible(), name);
    }
    await shot(small.page, 'session-small');
    const audited = await audit(small.page, 'a session with large text');
    await button(small.page, 'Milk came').click();
    await button(small.page, 'End').click();
    await small.page.getByRole('textbox', { name: /^Amount/ }).waitFor();
    await fits(small.page);
    await button(small.page, 'Don’t keep it').click();
    await small.close();
    return audited;
  });
}
