// Plays the story of files against the page with its WASM (web/dist), and the HTTP contract from memory.
import { fileURLToPath } from 'node:url';
import { bringStory } from './bring-story.mjs';
import { startFakeServer } from './fake-server.mjs';
import { passed } from './steps.mjs';

const server = await startFakeServer(fileURLToPath(new URL('../web/dist', import.meta.url)));
try {
  await bringStory(server.url);
  console.log(`${passed()} passed, 0 failed`);
} finally {
  server.stop();
}
