// A long log, made up: twenty entries a day, back from yesterday, straight into the server.

const A_DAY = [
  [1, pump], [2, nurse], [3, diaper], [5, pump], [6, bottle], [7, diaper], [8, nurse], [9, pump], [10, bottle], [11, diaper],
  [12, pump], [13, drink], [14, nurse], [15, diaper], [16, pump], [17, bottle], [18, note], [19, pump], [21, nurse], [22, diaper],
];
const HOUR_MS = 3_600_000;
const AT_ONCE = 4_000;
const DEVICE = 'seed-0123456789abcdef';

/** Stores `n` entries; one note says "marigold". */
export async function seed(url, n) {
  const entries = made(n);
  for (let from = 0; from < n; from += AT_ONCE) {
    const body = JSON.stringify({ entries: entries.slice(from, from + AT_ONCE) });
    const answer = await fetch(`${url}/v1/entries`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    if (!answer.ok) throw new Error(`The server took no entries: ${answer.status} ${await answer.text()}`);
  }
}

function made(n) {
  const midnight = new Date().setUTCHours(0, 0, 0, 0);
  const first = midnight - Math.ceil(n / A_DAY.length) * 24 * HOUR_MS;
  return Array.from({ length: n }, (_, i) => {
    const day = Math.floor(i / A_DAY.length);
    const [hour, kind] = A_DAY[i % A_DAY.length];
    const at = first + (24 * day + hour) * HOUR_MS + ((i * 7) % 50) * 60_000;
    const id = uuid(at, i);
    const start = `${new Date(at).toISOString().slice(0, 19)}+00:00[UTC]`;
    const hlc = `${at.toString(16).padStart(12, '0')}-0000`;
    return { v: 1, id, device: DEVICE, seq: i + 1, hlc, kind: kind.name, op: 'put', root: id, body: { start, ...kind(i, day) } };
  });
}

function uuid(at_ms, i) {
  const time = at_ms.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${i.toString(16).padStart(12, '0')}`;
}

function pump(i, day) {
  const ml = 60 + ((i * 13 + day * 7) % 70);
  return { minutes: 15 + (i % 6), left_ml: Math.floor(ml / 2), right_ml: Math.ceil(ml / 2) };
}
function nurse(i) {
  return { stints: [{ side: 'left', minutes: 7 + (i % 5) }, { side: 'right', minutes: 6 + (i % 7) }] };
}
function bottle(i) {
  return { intake_ml: 50 + ((i * 11) % 60), milk: 'expressed' };
}
function diaper(i) {
  return { wet: true, soiled: i % 3 === 0 };
}
function drink(i) {
  return { what: ['water', 'tea', 'coffee'][i % 3], volume_ml: 250 };
}
function note(i, day) {
  return { text: day === 3 ? 'The marigold is out.' : `Slept ${4 + (i % 4)} hours.` };
}
