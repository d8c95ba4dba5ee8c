// Bundles what ships: the extension for Node and for web workers, the server for both, the `colens` command and the
// library. Server, command and library are one bundle in pieces: what they share is there once.
//
// usage: tsx server/tools/build.ts [--minify] [--watch]
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import { context, type BuildOptions, type Plugin } from 'esbuild';

const minify = process.argv.includes('--minify');
const watch = process.argv.includes('--watch');

// What CPython says of its library: a file beside the server of Node, a part of the worker's script.
const library = gzipSync(readFileSync('server/src/resolve/bundled/library.generated.txt'), { level: 9 });
mkdirSync('dist', { recursive: true });
// The names of pieces follow from what is in them: old ones would stay.
for (const name of readdirSync('dist')) if (name.startsWith('piece-')) rmSync(`dist/${name}`);
writeFileSync('dist/library.gz', library);

const common: BuildOptions = {
  bundle: true,
  minify,
  sourcemap: !minify,
  target: 'es2022',
  logLevel: 'warning',
  legalComments: 'none',
};
const browser: BuildOptions = {
  ...common,
  platform: 'browser',
  format: 'cjs',
  define: { global: 'globalThis' },
};

/** The language server's libraries are CommonJS, and ask for Node's modules with require(). */
const REQUIRE =
  "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);\n";

/**
 * Gives a require() to the piece that needs one, and takes imports of it away where nothing of it is used: the library
 * runs in browsers. The command gets its first line.
 */
const finish: Plugin = {
  name: 'finish',
  setup(build) {
    build.onEnd(({ outputFiles = [] }) => {
      const needsRequire = (text: string): boolean => text.includes('Dynamic require of "');
      const helpers = outputFiles.filter(({ text }) => needsRequire(text)).map(({ path }) => basename(path));
      for (const { path, text } of outputFiles) {
        const isCommand = basename(path) === 'cli.js';
        const own = text.replace(/import ?"\.\/(piece-\w+\.js)";\n?/g, (whole, piece: string) =>
          helpers.includes(piece) ? '' : whole,
        );
        const head = (isCommand ? '#!/usr/bin/env node\n' : '') + (needsRequire(text) ? REQUIRE : '');
        writeFileSync(path, head + own);
        if (isCommand) chmodSync(path, 0o755);
      }
    });
  },
};

const bundles: BuildOptions[] = [
  {
    ...common,
    entryPoints: {
      server: 'server/src/node/serverMain.ts',
      cli: 'server/src/node/cli.ts',
      index: 'server/src/library/colens.ts',
    },
    // An extension runs in the Node of its VS Code, the command in the user's.
    platform: 'node',
    target: 'node20',
    format: 'esm',
    splitting: true,
    outdir: 'dist',
    chunkNames: 'piece-[hash]',
    write: false,
    plugins: [finish],
  },
  {
    ...common,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    entryPoints: ['client/src/node/main.ts'],
    outfile: 'dist/extension.cjs',
    external: ['vscode'],
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
