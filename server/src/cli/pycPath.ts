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
