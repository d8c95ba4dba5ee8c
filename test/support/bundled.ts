// The bundled answers, read from the repository.
import { readFileSync } from 'node:fs';
import type { Target } from '../../server/src/python/versions/target.ts';
import type { BundledLibrary } from '../../server/src/resolve/bundled/library.ts';
import { BundledTables } from '../../server/src/resolve/bundled/tables.ts';

const TABLE = new URL('../../server/src/resolve/bundled/library.generated.txt', import.meta.url);

let tables: BundledTables | undefined;

/** The answers of a target. */
export function bundledFor(target: Target): BundledLibrary {
  tables ??= new BundledTables(readFileSync(TABLE, 'latin1'));
  return tables.forTarget(target);
}
