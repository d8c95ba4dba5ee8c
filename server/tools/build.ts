// Bundles what ships: the extension and the server, each for Node and for web workers, and the `colens` command.
//
// usage: tsx server/tools/build.ts [--minify] [--watch]

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { context, type BuildOptions } from 'esbuild';

const minify = process.argv.includes('--minify');
const watch = process.argv.includes('--watch');

// What CPython says of its library: a file beside the server of Node, a part of the worker's script.
const library = gzipSync(readFileSync('server/src/resolve/bundled/library.generated.txt'), { level: 9 });
mkdirSync('dist', { recursive: true });
writeFileSync('dist/library.gz', library);

const common: BuildOptions = {
  bundle: true,
  minify,
  sourcemap: !minify,
  target: 'es2022',
  logLevel: 'warning',
  legalComments: 'none',
};
// An extension runs in the Node of its VS Code, the command in the user's.
const node: BuildOptions = { ...common, platform: 'node', target: 'node20', format: 'cjs' };
const browser: BuildOptions = {
  ...common,
  platform: 'browser',
  format: 'cjs',
  define: { global: 'globalThis' },
};

const bundles: BuildOptions[] = [
  {
    ...node,
    entryPoints: ['client/src/node/main.ts'],
    outfile: 'dist/extension.cjs',
    external: ['vscode'],
  },
  {
    ...node,
    entryPoints: ['server/src/node/serverMain.ts'],
    outfile: 'dist/server.cjs',
    // CommonJS has no import.meta.
    define: { 'import.meta.url': 'moduleUrl' },
    banner: { js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
  },
  {
    ...node,
    entryPoints: ['server/src/node/cli.ts'],
    outfile: 'dist/cli.js',
    format: 'esm',
    // The language server's libraries are CommonJS and ask for Node's modules with require().
    banner: {
      js: "#!/usr/bin/env node\nimport { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
    },
  },
  {
    ...browser,
    entryPoints: ['client/src/browser/main.ts'],
    outfile: 'dist/extension.browser.cjs',
    external: ['vscode'],
  },
  {
    ...browser,
    entryPoints: ['server/src/browser/serverMain.ts'],
    outfile: 'dist/server.browser.js',
    format: 'iife',
    define: { ...browser.define, LIBRARY_GZIP_BASE64: JSON.stringify(library.toString('base64')) },
  },
];

const contexts = await Promise.all(bundles.map(options => context(options)));
if (watch) {
  await Promise.all(contexts.map(each => each.watch()));
  console.log('Watching; Ctrl-C ends it.');
} else {
  const results = await Promise.allSettled(contexts.map(each => each.rebuild()));
  await Promise.all(contexts.map(each => each.dispose()));
  if (results.some(({ status }) => status === 'rejected')) process.exitCode = 1; // esbuild has said why
}
