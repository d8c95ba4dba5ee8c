// Whether something that is made of sources has been made of them as they are now: what it was made of is remembered in
// .cache by a hash.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cache, root } from './console.mjs';

/** What bundles and packages are made of. */
const SOURCES = [
  'client/src',
  'server/src',
  'server/tools',
  'scripts',
  'syntaxes',
  'images',
  'package.json',
  'package-lock.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
];

/** @param {string} name @returns {Generator<string>} the files below a file or folder of the project */
function* filesBelow(name) {
  const full = path.join(root, name);
  if (!existsSync(full)) return;
  if (!statSync(full).isDirectory()) yield name;
  else for (const entry of readdirSync(full).sort()) yield* filesBelow(`${name}/${entry}`);
}

function hashOfSources() {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const file of filesBelow(source))
      hash.update(`${file}\0`).update(readFileSync(path.join(root, file)));
  }
  return hash.digest('hex');
}

/**
 * Makes something unless it is there, made of the sources as they are.
 *
 * @param {string} name what it is called in .cache
 * @param {string} product the file that tells that it is there, from the root
 * @param {() => Promise<void>} make
 */
export async function unlessFresh(name, product, make) {
  const stamp = path.join(cache, `made-${name}`);
  const hash = hashOfSources();
  const isFresh = existsSync(path.join(root, product)) && existsSync(stamp);
  if (isFresh && readFileSync(stamp, 'utf8') === hash) return;
  await make();
  mkdirSync(cache, { recursive: true });
  writeFileSync(stamp, hash);
}
