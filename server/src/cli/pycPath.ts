// Where .pyc files stand: `__pycache__/NAME.cpython-313.opt-1.pyc` beside the source. PEP 3147, PEP 488; CPython:
// importlib.util.cache_from_source() and source_from_cache().
import path from 'node:path';
import type { OptimizationLevel } from '../python/index.ts';
import type { Target } from '../python/versions/target.ts';
import { joined } from './inputs.ts';

const CACHE = '__pycache__';

/** The file that a source is compiled to. */
export function cachePath(source: string, { minor }: Target, level: OptimizationLevel): string {
  const name = path.basename(source);
  const folder = source.slice(0, source.length - name.length);
  const optimization = level === 0 ? '' : `.opt-${level}`;
  const [, base, dot] = /^(?:(.*)(\.)[^.]*|.*)$/s.exec(name)!;
  // A name without a dot gets none, and one that begins with its only dot loses it.
  const stem = `${base || name.slice(dot ? 1 : 0)}${dot ?? ''}`;
  return joined(joined(folder, CACHE), `${stem}cpython-3${minor}${optimization}.pyc`);
}

/** The name of a .pyc file: that of its source, its version, its level of -O. */
const CACHED_NAME = /^(.*)\.cpython-3\d+(?:\.opt-(\w+))?\.pyc$/s;

/** Where the source of a .pyc file is, and at which level of -O it was compiled, as far as the names tell. */
export interface SourceName {
  /** Beside `__pycache__`, or beside the file if it stands in no such folder. */
  readonly source: string;
  readonly level: OptimizationLevel | undefined;
}

/** What the path of a .pyc file says of its source; undefined for a path that is none of a .pyc file. */
export function sourceName(file: string): SourceName | undefined {
  const name = path.basename(file);
  const folder = path.dirname(file);
  const cached = CACHED_NAME.exec(name);
  if (cached && path.basename(folder) === CACHE) {
    const level = cached[2] ?? '0';
    return {
      source: path.join(path.dirname(folder), `${cached[1]}.py`),
      level:
        level === '0' || level === '1' || level === '2' ? (Number(level) as OptimizationLevel) : undefined,
    };
  }
  if (!name.endsWith('.pyc')) return undefined;
  return { source: path.join(folder, name.slice(0, -1)), level: undefined };
}
