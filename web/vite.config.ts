import { svelte } from '@sveltejs/vite-plugin-svelte';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * The engine and the importer are WASM that `cargo xtask` builds into `src/wasm`. To work on the page alone, LETDOWN_FAKE_ENGINE=1 puts
 * stand-ins from `test/` in their place; no release is built that way.
 */
const fake = process.env['LETDOWN_FAKE_ENGINE'] === '1';
const engine = fake
  ? [
      { find: /^letdown-wasm\/binary\?url$/, replacement: here('test/fake-binary.ts') },
      { find: /^letdown-wasm$/, replacement: here('test/fake-engine.ts') },
      { find: /^letdown-wasm-advice\/binary\?url$/, replacement: here('test/fake-binary.ts') },
      { find: /^letdown-wasm-advice$/, replacement: here('test/fake-advice.ts') },
      { find: /^letdown-wasm-import\/binary\?url$/, replacement: here('test/fake-binary.ts') },
      { find: /^letdown-wasm-import$/, replacement: here('test/fake-importer.ts') },
      { find: /^letdown-wasm-session\/binary\?url$/, replacement: here('test/fake-binary.ts') },
      { find: /^letdown-wasm-session$/, replacement: here('test/fake-session.ts') },
      { find: /^letdown-wasm-twin\/binary\?url$/, replacement: here('test/fake-binary.ts') },
      { find: /^letdown-wasm-twin$/, replacement: here('test/fake-engine.ts') },
    ]
  : [
      { find: /^letdown-wasm\/binary(\?url)$/, replacement: here('src/wasm/letdown_bg.wasm') + '$1' },
      { find: /^letdown-wasm$/, replacement: here('src/wasm/letdown.js') },
      { find: /^letdown-wasm-advice\/binary(\?url)$/, replacement: here('src/wasm/letdown_advice_bg.wasm') + '$1' },
      { find: /^letdown-wasm-advice$/, replacement: here('src/wasm/letdown_advice.js') },
      { find: /^letdown-wasm-import\/binary(\?url)$/, replacement: here('src/wasm/letdown_import_bg.wasm') + '$1' },
      { find: /^letdown-wasm-import$/, replacement: here('src/wasm/letdown_import.js') },
      { find: /^letdown-wasm-session\/binary(\?url)$/, replacement: here('src/wasm/letdown_session_bg.wasm') + '$1' },
      { find: /^letdown-wasm-session$/, replacement: here('src/wasm/letdown_session.js') },
      { find: /^letdown-wasm-twin\/binary(\?url)$/, replacement: here('src/wasm/letdown_twin_bg.wasm') + '$1' },
      { find: /^letdown-wasm-twin$/, replacement: here('src/wasm/letdown_twin.js') },
    ];

/**
 * Light or dark must be settled before the first paint, and the server's CSP allows no inline script: so the few lines
 * that settle it are bundled apart, as a classic script that blocks the first paint.
 */
function firstPaint(): Plugin {
  const entry = here('src/app/first-paint.ts');
  let serving = true;
  let fileName = '';
  return {
    name: 'letdown-first-paint',
    configResolved: ({ command }) => void (serving = command === 'serve'),
    async buildStart() {
      if (serving) return;
      const built = await build({
        configFile: false,
        logLevel: 'error',
        build: { write: false, lib: { entry, formats: ['iife'], name: 'firstPaint' } },
      });
      const [bundle] = Array.isArray(built) ? built : [built];
      const source = 'output' in bundle ? bundle.output[0].code : this.error('first-paint was not bundled');
      fileName = `assets/first-paint-${createHash('sha256').update(source).digest('hex').slice(0, 8)}.js`;
      this.emitFile({ type: 'asset', fileName, source });
    },
    transformIndexHtml: () => [
      serving
        ? { tag: 'script', attrs: { type: 'module', src: '/src/app/first-paint.ts' }, injectTo: 'head' }
        : { tag: 'script', attrs: { src: `/${fileName}` }, injectTo: 'head' },
    ],
  };
}

export default defineConfig(({ command }) => {
  if (command === 'build' && !fake && !existsSync(here('src/wasm/letdown_bg.wasm'))) {
    throw new Error('src/wasm is not built yet: `cargo xtask build` makes the engine, then the page can be built');
  }
  return {
    plugins: [svelte(), firstPaint()],
    resolve: { alias: engine },
    worker: { format: 'es' },
    build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
    server: { proxy: { '/v1': 'http://127.0.0.1:8017' } },
    test: { include: ['test/**/*.test.ts'] },
  };
});
