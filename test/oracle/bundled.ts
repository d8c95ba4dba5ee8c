// Compares the whole table of bundled answers with all interpreters of this machine, and measures it. Interpreters of
// another patch level than the table's differ in what the releases between them have changed.
//
// usage: npx tsx test/oracle/bundled.ts [VERSION...]
import { gzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { TARGETS } from '../../server/src/python/versions/target.ts';
import { BundledTables } from '../../server/src/resolve/bundled/tables.ts';
import { allJudges } from '../support/python.ts';
import { ask, compare, readTables, TABLE } from '../resolve/bundled/comparison.ts';

const text = readFileSync(TABLE, 'latin1');
console.log(`size: ${text.length} bytes, compressed ${gzipSync(text, { level: 9 }).length}`);
const before = process.memoryUsage().heapUsed;
const start = performance.now();
const library = new BundledTables(text).forTarget(TARGETS.at(-1)!);
library.classNamed('builtins.str')?.member('split');
const first = performance.now() - start;
console.log(`first lookup: ${first.toFixed(1)} ms, ${megabytes(process.memoryUsage().heapUsed - before)}`);

const wanted = process.argv.slice(2);
for (const { interpreter, target } of await allJudges()) {
  const { version, kind } = interpreter;
  if (wanted.length > 0 && !wanted.includes(version)) continue;
  const harvest = await ask(interpreter, [], 'also');
  const { compared, differences } = compare(readTables().forTarget(target), harvest);
  console.log(`${kind} ${version}: ${compared} records, ${differences.length} differ`);
  for (const difference of differences.slice(0, 12)) console.log(`  ${difference.slice(0, 300)}`);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
