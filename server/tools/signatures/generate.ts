// Makes resolve/bundled/library.generated.txt: what CPython itself says about its builtins and its library, for all
// targets. Give an interpreter for each target, oldest first; two separated by a comma are one version on two
// platforms, of which the second has the target's patch level and corrects the first. A command with arguments, such
// as a pyodide's, is written in one argument.
//
//     npx tsx server/tools/signatures/generate.ts python3.8 python3.9 python3.10 python3.11 \
//       "python3.12,node --import tsx test/oracle/pyodideHost.ts node_modules/pyodide-3.12" python3.13 python3.14 python3.15
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { TARGETS } from '../../src/python/versions/target.ts';
import { merge } from './merge.ts';
import { Harvest } from './records.ts';

const HARVESTER = fileURLToPath(new URL('harvest.py', import.meta.url));
const TABLE = fileURLToPath(new URL('../../src/resolve/bundled/library.generated.txt', import.meta.url));

/** Modules that are not the standard library's own in a WebAssembly build, or decide by what the platform has. */
const REPLACED = new Set([
  'asyncio',
  'ctypes',
  'ctypes.wintypes',
  'decimal',
  'getpass',
  'hashlib',
  'hmac',
  'multiprocessing.heap',
  'platform',
  'pydoc',
  'secrets',
  'selectors',
  'socket',
  'webbrowser',
]);

/** `sys.maxsize`, as a default in a harvest. */
const LARGEST_SIZE = '"9223372036854775807"';

function ask(command: string): string {
  const [executable, ...args] = command.split(' ');
  const output = execFileSync(executable, [...args, '-B', HARVESTER].filter(isWanted(command)), {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, PYTHONHASHSEED: '0', PYTHONDONTWRITEBYTECODE: '1' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return output;
}

/** A host of pyodide takes no options of the interpreter. */
const isWanted = (command: string) => (argument: string) => argument !== '-B' || !command.includes(' ');

const commands = process.argv.slice(2);
if (commands.length !== TARGETS.length) {
  console.error(
    `${TARGETS.length} interpreters are needed: ${TARGETS.map(({ series }) => series).join(', ')}`,
  );
  process.exit(2);
}
const harvests = commands.map((both, i) => {
  const [first, second] = both.split(',');
  const found = new Harvest(ask(first));
  // A size of 32 bits is WebAssembly's.
  if (second) found.correct(new Harvest(ask(second).replaceAll('"2147483647"', LARGEST_SIZE)), REPLACED);
  console.log(`${TARGETS[i].series}: ${found.placed.size} modules`);
  return found;
});
const text = merge(harvests);
writeFileSync(TABLE, text);
console.log(`${text.length} bytes, ${gzipSync(text, { level: 9 }).length} compressed`);
