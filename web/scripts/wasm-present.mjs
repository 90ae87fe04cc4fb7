// Says against what the engine's types are checked: the built WASM, or the stand-in when it is not built yet.
import { existsSync } from 'node:fs';

const built = existsSync(new URL('../src/wasm/letdown.d.ts', import.meta.url));
console.log(
  built
    ? 'engine: checked against src/wasm/letdown.d.ts'
    : 'engine: src/wasm is not built yet (cargo xtask build makes it); checked against test/fake-engine.ts instead',
);
