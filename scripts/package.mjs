// npm run package: makes dist/colens.vsix. The extension is gathered in a folder of its own first, with a package.json
// that has nothing of the npm package in it: no command, no library.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { npm, root, script, tool } from './console.mjs';

const BUNDLES = ['extension.cjs', 'server.js', 'flowGraph.js', 'library.gz', 'package.json'];

await script(async () => {
  await npm(['run', '--silent', 'build', '--', '--minify'], { log: 'build' });
  const dist = path.join(root, 'dist');
  const folder = path.join(dist, 'extension');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, 'dist', 'vscode'), { recursive: true });

  for (const name of BUNDLES)
    cpSync(path.join(dist, 'vscode', name), path.join(folder, 'dist', 'vscode', name));
  for (const name of ['package.nls.json', 'CHANGELOG.md', 'LICENSE', 'syntaxes']) {
    cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  }
  cpSync(path.join(root, 'client', 'README.md'), path.join(folder, 'README.md'));
  // Pictures are most of the size: those come along that the extension's own pages show.
  const pages = ['client/README.md', 'package.json'].map(name => readFileSync(path.join(root, name), 'utf8'));
  for (const [name] of pages.join('\n').matchAll(/images\/[\w-]+\.\w+/g))
    cpSync(path.join(root, name), path.join(folder, name));
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  for (const key of ['bin', 'exports', 'files', 'scripts', 'devDependencies', 'private'])
    delete manifest[key];
  writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  writeFileSync(path.join(folder, '.vscodeignore'), '');

  const out = path.join(dist, 'colens.vsix');
  const flags = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
  await tool('vsce', ['package', ...flags, '--out', out], { cwd: folder, log: 'package' });
});
