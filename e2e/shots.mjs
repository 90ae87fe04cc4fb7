import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { settled } from './audit.mjs';

const FOLDER = fileURLToPath(new URL('artefacts/', import.meta.url));

export async function shot(page, name) {
  mkdirSync(FOLDER, { recursive: true });
  await settled(page);
  await page.screenshot({ path: `${FOLDER}${name}.png` });
}
