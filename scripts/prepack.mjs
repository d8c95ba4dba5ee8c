// npm pack: makes what the npm package ships, in a clone where nothing is installed yet, too: bundles and declarations.
import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { npm, root, script, tool } from './console.mjs';
import { installPackages, packagesAreMissing } from './install.mjs';

await script(async () => {
  if (packagesAreMissing()) await installPackages();
  await npm(['run', '--silent', 'build', '--', '--minify'], { log: 'build' });
  await tool('tsc', ['-b', 'server/src/library']);
  const types = path.join(root, 'dist', 'types');
  rmSync(types, { recursive: true, force: true });
  for (const layer of ['library', 'features', 'resolve', 'python']) {
    cpSync(path.join(root, 'out', 'types', 'server', 'src', layer), path.join(types, layer), {
      recursive: true,
      filter: source => !source.endsWith('.tsbuildinfo'),
    });
  }
});
