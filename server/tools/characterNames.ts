// Generates server/src/python/text/characterNames.generated.ts: the names that `\N{…}` in a string literal can
// use, as CPython's unicodedata answers, version by version.
//
// usage: npx tsx server/tools/characterNames.ts ALIASES PYTHON...
//
// PYTHON are interpreters, one for each Unicode version (CPython 3.8, 3.9, 3.11, 3.12, 3.13, 3.14, 3.15 cover all);
// ALIASES is the Unicode Character Database's NameAliases.txt, a list of candidates: an alias counts when an
// interpreter's lookup() knows it.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';

const [aliasFile, ...pythons] = process.argv.slice(2);
if (!aliasFile || pythons.length === 0) {
  console.error('usage: characterNames.ts ALIASES PYTHON...');
  process.exit(2);
}

const ASK = `
import json, sys, unicodedata as u
def lookup(name):
    try: found = u.lookup(name)
    except KeyError: return None
    return ord(found) if len(found) == 1 else None
aliases = {}
for line in open(sys.argv[1], encoding='utf-8'):
    fields = line.split('#')[0].strip().split(';')
    if len(fields) >= 2 and u.name(chr(int(fields[0], 16)), '') != fields[1]:
        aliases[fields[1]] = lookup(fields[1])
# Patch releases taught lookup() the Tangut ideographs before name() learned them.
tangut = lambda point: 'TANGUT IDEOGRAPH-%X' % point if 0x17000 <= point < 0x19000 else None
names = [(point, u.name(chr(point), None) or tangut(point)) for point in range(0x110000)]
names = [(point, name) for point, name in names if name and lookup(name) == point]
print(json.dumps({'unicode': u.unidata_version, 'names': names, 'aliases': aliases}))`;

interface Answer {
  readonly unicode: string;
  readonly names: readonly (readonly [point: number, name: string])[];
  readonly aliases: Readonly<Record<string, number | null>>;
}

const answers = pythons
  .map(python => {
    const output = execFileSync(python, ['-c', ASK, aliasFile], { maxBuffer: 1 << 28, encoding: 'utf8' });
    return JSON.parse(output) as Answer;
  })
  .sort(
    (a, b) =>
      Number(a.unicode.split('.').slice(0, 2).join('.')) - Number(b.unicode.split('.').slice(0, 2).join('.')),
  );
const versions = answers.map(answer => answer.unicode);

/** Names that follow from the code point are not in the table; characterNames.ts knows the rule. */
const followsRule = (point: number, name: string): boolean =>
  name.startsWith('HANGUL SYLLABLE ') || name.endsWith(`-${point.toString(16).toUpperCase()}`);

interface Entry {
  readonly point: number;
  readonly name: string;
  readonly since: number;
}

const table = new Map<number, Entry>();
for (const [since, { names }] of answers.entries()) {
  for (const [point, name] of names) {
    const known = table.get(point);
    if (!known) table.set(point, { point, name, since });
    else if (known.name !== name) throw new Error(`U+${point.toString(16)} changed its name`);
  }
}
const entries = [...table.values()].sort((a, b) => a.point - b.point);

/** [prefix, first, last, since] of neighbours named PREFIX-<code point in hexadecimal>. */
const derived: [string, number, number, number][] = [];
const explicit: Entry[] = [];
for (const entry of entries) {
  if (!followsRule(entry.point, entry.name)) {
    explicit.push(entry);
    continue;
  }
  if (entry.name.startsWith('HANGUL')) continue;
  const prefix = entry.name.slice(0, entry.name.lastIndexOf('-') + 1);
  const last = derived.at(-1);
  if (last && last[0] === prefix && last[2] === entry.point - 1 && last[3] === entry.since)
    last[2] = entry.point;
  else derived.push([prefix, entry.point, entry.point, entry.since]);
}

/** [first, count, since] of neighbours with explicit names. */
const runs: [number, number, number][] = [];
for (const { point, since } of explicit) {
  const last = runs.at(-1);
  if (last && last[0] + last[1] === point && last[2] === since) last[1]++;
  else runs.push([point, 1, since]);
}

const frequency = new Map<string, number>();
for (const { name } of explicit)
  for (const word of name.split(' ')) frequency.set(word, (frequency.get(word) ?? 0) + 1);
const words = [...frequency].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([word]) => word);
const indexOf = new Map(words.map((word, index) => [word, index]));

// Printable ASCII that needs no escape between single quotes.
const DIGITS = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i))
  .filter(c => c !== "'" && c !== '\\')
  .join('');
const BASE = DIGITS.length;
const ONE = 48;
const TWO = 82;

/** A word's number in one, two or three digits, the commonest shortest. */
function encode(index: number): string {
  if (index < ONE) return DIGITS[index];
  const second = index - ONE;
  if (second < (TWO - ONE) * BASE) return DIGITS[ONE + Math.floor(second / BASE)] + DIGITS[second % BASE];
  const third = second - (TWO - ONE) * BASE;
  return (
    DIGITS[TWO + Math.floor(third / (BASE * BASE))] +
    DIGITS[Math.floor(third / BASE) % BASE] +
    DIGITS[third % BASE]
  );
}

let previous: string[] = [];
let text = '';
for (const { name } of explicit) {
  const parts = name.split(' ');
  let shared = 0;
  while (shared < parts.length && parts[shared] === previous[shared]) shared++;
  text +=
    DIGITS[shared] +
    DIGITS[parts.length - shared] +
    parts
      .slice(shared)
      .map(word => encode(indexOf.get(word)!))
      .join('');
  previous = parts;
}

const aliases: [string, number, number][] = [];
for (const name of new Set(answers.flatMap(answer => Object.keys(answer.aliases)))) {
  const since = answers.findIndex(answer => typeof answer.aliases[name] === 'number');
  if (since >= 0) aliases.push([name, answers[since].aliases[name]!, since]);
}

const chunks = (value: string): string =>
  (value.match(/[^]{1,4000}/g) ?? []).map(chunk => `  '${chunk}'`).join(' +\n');
const output = `// Generated by server/tools/characterNames.ts from CPython's unicodedata; do not edit.

/** Unicode versions, oldest first; \`since\` below is an index into them. */
export const UNICODE_VERSIONS: readonly string[] = ${JSON.stringify(versions)};
/** [prefix, first, last, since]: characters named by the prefix and their code point in hexadecimal. */
export const DERIVED_NAMES: readonly (readonly [string, number, number, number])[] = ${JSON.stringify(derived)};
/** [first, count, since]: the code points of the encoded names, in their order. */
export const NAMED_RUNS: readonly (readonly [number, number, number])[] = ${JSON.stringify(runs)};
/** [name, code point, since]. */
export const NAME_ALIASES: readonly (readonly [string, number, number])[] = ${JSON.stringify(aliases)};
/** The words of names, the commonest first. */
export const NAME_WORDS =
${chunks(words.join(' '))};
/** The digits that the names are encoded in, and how many of them begin a number of one digit, and of two. */
export const NAME_DIGITS = '${DIGITS}';
export const ONE_DIGIT = ${ONE};
export const TWO_DIGITS = ${TWO};
/** For each name: how many words it shares with the name before, how many follow, and their numbers. */
export const ENCODED_NAMES =
${chunks(text)};
`;
fs.writeFileSync(new URL('../src/python/text/characterNames.generated.ts', import.meta.url), output);
console.log(
  `${explicit.length} names, ${derived.length} ranges, ${aliases.length} aliases, ${output.length} bytes; Unicode ${versions.join(', ')}`,
);
