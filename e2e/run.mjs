// Plays the stories in a real browser against a running server and says what it saw.
//   LETDOWN_URL      a server with an empty journal
//   LETDOWN_FIXTURE  a file to import through the page
//   LETDOWN_URL_2    another server with an empty journal
//   LETDOWN_FAKE_ENGINE  1 when the page has stand-ins for the WASM, which read no files but one kind
//   LETDOWN_BROWSER  the browser (or CHROMIUM), /usr/bin/chromium when left out
import { bringStory } from './bring-story.mjs';
import { importStory } from './import-story.mjs';
import { exampleStory } from './example-story.mjs';
import { insideStory } from './inside-story.mjs';
import { logStory } from './log-story.mjs';
import { sessionStory } from './session-story.mjs';
import { trialsStory } from './trials-story.mjs';
import { twinsStory } from './twins-story.mjs';
import { passed } from './steps.mjs';

const { LETDOWN_URL, LETDOWN_FIXTURE, LETDOWN_URL_2 } = process.env;
if (!LETDOWN_URL || !LETDOWN_FIXTURE || !LETDOWN_URL_2) {
  console.error('LETDOWN_URL, LETDOWN_FIXTURE and LETDOWN_URL_2 must be set; the head of e2e/run.mjs says to what');
  process.exit(2);
}

try {
  await importStory(LETDOWN_URL, LETDOWN_FIXTURE);
  await logStory(LETDOWN_URL);
  await twinsStory(LETDOWN_URL);
  await sessionStory(LETDOWN_URL);
  await insideStory(LETDOWN_URL_2);
  await exampleStory(LETDOWN_URL_2, LETDOWN_FIXTURE);
  if (process.env.LETDOWN_FAKE_ENGINE !== '1') {
    await trialsStory(LETDOWN_FIXTURE);
    await bringStory(LETDOWN_URL_2);
  }
  console.log(`${passed()} passed, 0 failed`);
} catch (error) {
  console.error(error);
  console.log(`${passed()} passed, 1 failed`);
  process.exit(1);
}
