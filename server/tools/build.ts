// Bundles what ships. Of the extension, in a folder of its own: its two scripts, each for Node and for web
// workers alike, and what pictures are drawn with. Of the npm package: server, command and library, one bundle in pieces: what they share is there once.
//
// usage: tsx server/tools/build.ts [--minify] [--watch]
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import { context, type BuildOptions, type Plugin } from 'esbuild';

const minify = process.argv.includes('--minify');
const watch = process.argv.includes('--watch');

// What CPython says of its library: a file beside the server.
const library = gzipSync(readFileSync('server/src/resolve/bundled/library.generated.txt'), { level: 9 });
mkdirSync('dist/vscode', { recursive: true });
// The names of pieces follow from what is in them: old ones would stay.
for (const name of readdirSync('dist')) if (name.startsWith('piece-')) rmSync(`dist/${name}`);
writeFileSync('dist/library.gz', library);
writeFileSync('dist/vscode/library.gz', library);
// Workers take no script that is called .cjs.
writeFileSync('dist/vscode/package.json', '{ "type": "commonjs" }\n');

const common: BuildOptions = {
  bundle: true,
  minify,
  sourcemap: !minify,
  target: 'es2022',
  logLevel: 'warning',
  legalComments: 'none',
};
/**
 * One script for two platforms: what belongs to one alone is run there alone. `before` and `after` stand around the import of
 * either module.
 */
const forBoth = (node: string, worker: string, before = '', after = ''): BuildOptions => ({
  ...common,
  // Nothing is asked of Node before it is sure that this is Node.
  platform: 'node',
  conditions: ['browser'],
  target: 'node20',
  define: { global: 'globalThis', 'import.meta.url': 'colensScript' },
  stdin: {
    contents: [
      "const isWorker = typeof importScripts === 'function';",
      `${before}(isWorker ? import(${JSON.stringify(worker)}) : import(${JSON.stringify(node)}))${after};`,
    ].join('\n'),
    resolveDir: process.cwd(),
    sourcefile: 'entry.ts',
  },
});

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
    ...forBoth(
      './client/src/node/main.ts',
      './client/src/browser/main.ts',
      'exports.activate = async context => (await ',
      ').activate(context)',
    ),
    format: 'cjs',
    outfile: 'dist/vscode/extension.cjs',
    external: ['vscode'],
  },
  {
    ...forBoth('./server/src/node/serverMain.ts', './server/src/browser/serverMain.ts'),
    format: 'iife',
    outfile: 'dist/vscode/server.js',
    banner: {
      js: "if (typeof __filename === 'string') globalThis.colensScript = require('node:url').pathToFileURL(__filename).href;",
    },
  },
  {
    ...common,
    platform: 'browser',
    format: 'iife',
    entryPoints: ['client/src/flowGraph/webview/main.ts'],
    outfile: 'dist/vscode/flowGraph.js',
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
