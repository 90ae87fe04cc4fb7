// She looks inside: a simulated session, its let-downs one by one, and what changes it.
import assert from 'node:assert/strict';
import { audit } from './audit.mjs';
import { openPhone } from './browser.mjs';
import { button, chooseScheme, goTo, oneLine } from './page.mjs';
import { shot } from './shots.mjs';
import { step } from './steps.mjs';

const ML = /([\d.]+)\smL of ([\d.]+)\smL came out/;

export async function insideStory(url) {
  console.log('she looks inside');
  const phone = await openPhone(url);
  const { page } = phone;
  const told = page.getByTestId('told');
  const words = async () => oneLine(await told.innerText());
  const time = page.getByRole('slider', { name: 'Time' });
  /** What is told after something was changed. */
  const after = async (change) => {
    const before = await words();
    await change();
    await page.waitForFunction(([was]) => document.querySelector('[data-testid=told]')?.textContent.replace(/\s+/g, ' ').trim() !== was, [before]);
    return words();
  };

  await step('a simulated session is there, with its let-downs', async () => {
    await goTo(page, 'Inside');
    await told.waitFor();
    assert.ok(await page.getByText('A simulated woman, not you.').isVisible());
    assert.match(await words(), /^Milk came at \d+:\d\d\. \d+ let-downs? in 15 minutes/);
    await shot(page, 'inside');
    return words();
  });

  await step('less milk at the start, less comes out', async () => {
    const [, before] = ML.exec(await words());
    const fullness = page.getByRole('slider', { name: 'Milk at the start' });
    await fullness.focus();
    const less = await after(() => page.keyboard.press('ArrowLeft'));
    const [, now] = ML.exec(less);
    assert.ok(Number(now) < Number(before), less);
    assert.equal(await fullness.getAttribute('aria-valuetext'), '65\u00a0% full');
    return `${before} mL, then ${now} mL`;
  });

  await step('a baby nurses, and a pump runs on the other side', async () => {
    for (const choice of ['Baby', 'Baby + pump']) await page.getByRole('radio', { name: choice, exact: true }).check();
    await page.getByRole('slider', { name: 'The baby' }).waitFor();
    assert.ok(await page.getByRole('slider', { name: 'Pull of the pump' }).isVisible());
    await button(page, 'Show the numbers').click();
    await page.getByRole('table', { name: 'Let-downs of this session' }).waitFor();
    assert.equal(await page.getByRole('table', { name: /minute by minute/ }).locator('tbody tr').count(), 16);
  });

  await step('time plays, stops, and goes to the next let-down', async () => {
    const from = await time.inputValue();
    await button(page, 'Play').click();
    await page.waitForFunction(([was]) => document.querySelector('input[type=range]').value !== was, [from]);
    await button(page, 'Pause').click();
    await button(page, 'Next let-down').click();
    assert.ok(await page.getByRole('img', { name: /Let-down: the alveoli squeeze/ }).isVisible());
  });

  for (const scheme of ['Light', 'Dark']) {
    await step(`nothing is in anybody's way, ${scheme.toLowerCase()}`, async () => {
      await chooseScheme(page, scheme);
      await shot(page, `inside-${scheme.toLowerCase()}`);
      return audit(page, `Inside, ${scheme.toLowerCase()}`);
    });
  }

  await step('who wants no motion gets still pictures', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await button(page, 'Play').waitFor({ state: 'detached' });
    await time.focus();
    const before = Number(await time.inputValue());
    await page.keyboard.press('ArrowRight');
    assert.equal(Number(await time.inputValue()), before + 1);
    assert.ok(await button(page, 'Next let-down').isVisible());
  });
  await phone.close();

  await step('a small phone with text twice as large shows all of it', async () => {
    const small = await openPhone(url, { width: 320, height: 640, text: 2 });
    await goTo(small.page, 'Inside');
    await small.page.getByTestId('told').waitFor();
    assert.equal(await small.page.evaluate(() => document.documentElement.scrollWidth), 320);
    await shot(small.page, 'inside-small');
    const said = await audit(small.page, 'Inside, small');
    await small.close();
    return said;
  });
}
