// Where modules are looked for, in the order of sys.path: the user's own folders, then an interpreter's library.
// Folders of installed packages bring more folders by their `.pth` files, as site.py reads them, and single
// packages by the finders that setuptools writes for editable installs.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { Expression } from '../../python/ast/expressions.ts';
import { ConstantType } from '../../python/constants/values.ts';
import { analyzeBytes } from '../../python/index.ts';
import { decodeUtf8 } from '../../python/text/utf8.ts';
import type { Target } from '../../python/versions/target.ts';
import type { FileCache } from './files.ts';
import { child, isAbsolute, join, normalize } from './paths.ts';

/** Folders to look in, the first that has a module counts. Paths as in paths.ts. */
export interface SearchPath {
  /** Settings and workspace: what is there may be edited at any time. */
  readonly own: readonly string[];
  /** The standard library's folders. */
  readonly standard: readonly string[];
  /** Folders of installed packages. */
  readonly site: readonly string[];
}

export const NO_SEARCH_PATH: SearchPath = { own: [], standard: [], site: [] };

/** What folders of installed packages make of a search path. */
export interface SiteFolders {
  /** The folders, each followed by those that its `.pth` files name. */
  readonly folders: readonly string[];
  /** Packages and modules that an editable install has elsewhere: import name → package folder or file without suffix. */
  readonly mapped: ReadonlyMap<string, string>;
}

/** CPython: Lib/site.py, addsitedir(), addpackage(). */
export function readSiteFolders(site: readonly string[], files: FileCache, target: Target): SiteFolders {
  const folders: string[] = [];
  const mapped = new Map<string, string>();
  const add = (folder: string, from: string): void => {
    if (folders.includes(folder) || !files.mayName(from, folder)) return;
    if (files.kind(folder) === 'folder') folders.push(folder);
  };
  for (const folder of site) {
    add(folder, folder);
    const names = files.list(folder).filter(name => name.endsWith('.pth') && !name.startsWith('.'));
    for (const name of names.sort()) {
      for (const line of readLines(child(folder, name), files)) {
        const finder = /^import (__editable___\w+_finder)\b/.exec(line)?.[1];
        if (finder !== undefined) readMapping(child(folder, `${finder}.py`), files, target, mapped);
        else if (!/^(?:import[ \t]|#)/.test(line) && line.trim() !== '')
          add(join(folder, line.trimEnd()), folder);
      }
    }
  }
  return { folders, mapped };
}

function readLines(path: string, files: FileCache): string[] {
  const bytes = files.read(path);
  return bytes
    ? decodeUtf8(bytes)
        .replace(/^\uFEFF/, '')
        .split(/\r\n|\r|\n/)
    : [];
}

/** Reads the literal `MAPPING: dict[str, str] = {'package': '/where/package'}` of a setuptools finder. */
function readMapping(path: string, files: FileCache, target: Target, mapped: Map<string, string>): void {
  const bytes = files.read(path);
  if (!bytes) return;
  for (const statement of analyzeBytes(bytes, target).module.body) {
    if (statement.kind !== NodeKind.Assign && statement.kind !== NodeKind.AnnAssign) continue;
    const [assigned] = statement.kind === NodeKind.Assign ? statement.targets : [statement.target];
    if (assigned.kind !== NodeKind.Name || assigned.id !== 'MAPPING') continue;
    const { value } = statement;
    if (value?.kind !== NodeKind.Dict) continue;
    value.keys.forEach((key, i) => {
      const name = key && stringOf(key);
      const place = stringOf(value.values[i]);
      if (name !== undefined && name !== null && place !== undefined && isAbsolute(place)) {
        if (files.mayName(path, normalize(place))) mapped.set(name, normalize(place));
      }
    });
  }
}

function stringOf(node: Expression): string | undefined {
  return node.kind === NodeKind.Constant && node.value.type === ConstantType.Str
    ? node.value.value
    : undefined;
}
