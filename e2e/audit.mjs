// axe-core on whatever the page shows now.
import assert from 'node:assert/strict';
import axe from 'axe-core';

export async function audit(page, name) {
  await settled(page);
  await page.evaluate(axe.source);
  const { violations, passes } = await page.evaluate(() => globalThis.axe.run(document));
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  assert.deepEqual(told, [], `axe found violations on ${name}`);
  return `axe, ${name}: 0 violations, ${passes.length} rules passed`;
}

/** Colours that are still changing would be measured half way. */
export const settled = (page) =>
  page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
        .map(({ finished }) => finished.catch(() => undefined)),
    ).then(() => undefined),
  );
