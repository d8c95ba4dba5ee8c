// Generates versions/opcodes/op.generated.ts and a table for each version beside it, from what CPython itself says of
// its opcodes. Give an interpreter for each target, oldest first; a command with arguments is written in one argument.
//
//     npx tsx server/tools/opcodes.ts python3.8 python3.9 python3.10 python3.11 \
//       "node --import tsx test/oracle/pyodideHost.ts node_modules/pyodide-3.12" python3.13 python3.14 python3.15
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Effect, Has } from '../src/python/versions/opcodes/opcodeTable.ts';
import { TARGETS } from '../src/python/versions/target.ts';
import { harvest, isAlwaysPseudo, type NamedFacts, type NamedRow } from './opcodes/facts.ts';

const FOLDER = new URL('../src/python/versions/opcodes/', import.meta.url);
const HEAD = '// Made by server/tools/opcodes.ts from what CPython says of its opcodes; do not edit.\n';

/** What a table imports, in a string of lines that is not itself taken for imports. */
const IMPORTS = [
  `{ Op } from './op.generated.ts'`,
  `{ Effect, Has, type OpcodeFacts } from './opcodeTable.ts'`,
]
  .map(line => `import ${line};\n`)
  .join('');

const write = (name: string, text: string): void =>
  writeFileSync(fileURLToPath(new URL(name, FOLDER)), HEAD + text);

/** The union of all names: opcodes, then those that are pseudo-ops wherever they are, both sorted. */
function enumText(versions: readonly NamedFacts[]): string {
  const rows = new Map<string, NamedRow[]>();
  for (const { opcodes } of versions) {
    for (const row of opcodes) rows.set(row.name, [...(rows.get(row.name) ?? []), row]);
  }
  const names = [...rows.keys()].sort();
  const isPseudo = (name: string): boolean => isAlwaysPseudo(rows.get(name)!);
  const real = names.filter(name => !isPseudo(name));
  return `
/** Every opcode of every version but the specialised and the instrumented ones; pseudo-ops last. */
export enum Op {
${real.map(name => `  ${name},\n`).join('')}  // Pseudo-ops.
${names
  .filter(isPseudo)
  .map(name => `  ${name},\n`)
  .join('')}}
`;
}

const bits = (flags: number): string =>
  Object.entries(Has)
    .flatMap(([name, bit]) => (typeof bit === 'number' && (flags & bit) !== 0 ? [`Has.${name}`] : []))
    .join(' | ') || '0';

function rowText({ name, number, caches, flags, effect, base, jump }: NamedRow): string {
  const bases = jump === undefined ? base : `${base}, ${jump}`;
  return `    [Op.${name}, ${number}, ${caches}, ${bits(flags)}, Effect.${Effect[effect]}, ${bases}],\n`;
}

const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
const list = (items: readonly string[]): string =>
  items.length === 0 ? '[]' : `[\n${items.map(item => `    ${item},\n`).join('')}  ]`;

function tableText(facts: NamedFacts, name: string): string {
  const texts = (items: readonly string[]): string => list(items.map(quoted));
  const pairs = (items: readonly (readonly [string, string])[]): string =>
    list(items.map(pair => `[${pair.map(quoted).join(', ')}]`));
  const layouts = facts.cacheLayout.map(([op, entries]) => {
    const units = entries.map(([entry, size]) => `[${quoted(entry)}, ${size}]`);
    return `[Op.${op}, [${units.join(', ')}]]`;
  });
  return `${IMPORTS}
export const ${name}: OpcodeFacts = {
  version: ${quoted(facts.version)},
  magic: ${facts.magic},
  haveArgument: ${facts.haveArgument},
  opcodes: [
${facts.opcodes.map(rowText).join('')}  ],
  cacheLayout: ${list(layouts)},
  compareOperators: ${texts(facts.compareOperators)},
  binaryOperators: ${pairs(facts.binaryOperators)},
  unaryIntrinsics: ${texts(facts.unaryIntrinsics)},
  binaryIntrinsics: ${texts(facts.binaryIntrinsics)},
  specialMethods: ${texts(facts.specialMethods)},
  commonConstants: ${texts(facts.commonConstants)},
};
`;
}

const commands = process.argv.slice(2);
if (commands.length !== TARGETS.length) {
  console.error(
    `${TARGETS.length} interpreters are needed: ${TARGETS.map(({ series }) => series).join(', ')}`,
  );
  process.exit(2);
}
const versions = commands.map(command => harvest(command.split(' ') as [string, ...string[]]));
versions.forEach(({ version }, i) => {
  if (!version.startsWith(`${TARGETS[i].series}.`))
    throw new Error(`${commands[i]} is ${version}, not ${TARGETS[i].series}`);
});
write('op.generated.ts', enumText(versions));
versions.forEach((facts, i) => {
  const series = TARGETS[i].series.replace('.', '_');
  write(`v${series}.generated.ts`, tableText(facts, `V${series}`));
  console.log(`${facts.version}: ${facts.opcodes.length} opcodes`);
});
