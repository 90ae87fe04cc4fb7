let count = 0;

export const passed = () => count;

/** One step of a story: named before it runs, so that a hanging one can be told. */
export async function step(name, work) {
  const since = performance.now();
  process.stdout.write(`  ${name} ... `);
  const said = await work();
  count += 1;
  console.log(`ok (${((performance.now() - since) / 1000).toFixed(1)} s)${said ? `\n      ${said}` : ''}`);
}
