// Generates text/codecs.generated.ts: which encodings a coding cookie can name, and the characters of those that
// have one byte for each. The answers come from CPython itself: give an interpreter of each version, oldest first.
//
//     npx tsx server/tools/codecTables.ts python3.8 python3.13 python3.14 python3.15
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const SCRIPT = String.raw`
import codecs, encodings, encodings.aliases, json, pkgutil
names = set(encodings.aliases.aliases) | {m.name for m in pkgutil.iter_modules(encodings.__path__)}
result = {}
def decoded(byte, name):
    try:
        return bytes([byte]).decode(name)
    except UnicodeDecodeError as error:
        if error.encoding in ('charmap', 'ascii'):
            return '\ufffe'
        raise
# What these make of a byte depends on the bytes around it, or on the machine.
context = {'raw_unicode_escape', 'unicode_escape', 'idna'}
for name in sorted(names - {'charmap', 'mbcs', 'oem'}):
    try:
        info = codecs.lookup(name)
    except LookupError:
        continue
    characters = None
    if info._is_text_encoding and name not in context:
        try:
            characters = [decoded(byte, name) for byte in range(256)]
            if {len(c) for c in characters} != {1}:
                characters = None
        except UnicodeError:
            pass
    result[name] = [info.name, info._is_text_encoding, characters and ''.join(characters)]
print(json.dumps(result))
`;

type Codecs = Record<string, [name: string, isText: boolean, characters: string | null]>;

const ASCII = String.fromCharCode(...Array(128).keys());

const aliases = new Map<string, string>();
const generations: string[] = [];
const singleByte = new Map<string, string>();
const notText = new Set<string>();
for (const python of process.argv.slice(2)) {
  const codecs = JSON.parse(execFileSync(python, ['-c', SCRIPT], { encoding: 'utf8' })) as Codecs;
  const added: string[] = [];
  for (const [alias, [name, isText, characters]] of Object.entries(codecs)) {
    if (!aliases.has(alias)) {
      aliases.set(alias, name);
      added.push(`${alias}:${name}`);
    }
    if (!isText) notText.add(name);
    else if (characters !== null) {
      singleByte.set(name, characters.startsWith(ASCII) ? characters.slice(128) : characters);
    }
  }
  generations.push(added.join(' '));
}

/** A string literal in ASCII. */
const literal = (text: string): string =>
  `'${Array.from(text, c => {
    const code = c.charCodeAt(0);
    if (c === "'" || c === '\\') return `\\${c}`;
    // Letters and signs as they are, but for what a reader could not see or tell from others.
    const legible =
      (code >= 32 && code < 127) ||
      /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Sm}\p{Sc}]/u.test(c);
    return legible ? c : `\\u${code.toString(16).padStart(4, '0')}`;
  }).join('')}'`;

const lines = [
  '// Made by server/tools/codecTables.ts from what CPython says; do not edit.',
  '',
  '/** `alias:codec` pairs: those of the oldest target, then those that later versions added, step by step. */',
  'export const CODEC_ALIASES: readonly string[] = [',
  ...generations.map(generation => `  ${literal(generation)},`),
  '];',
  '',
  '/** Codecs that turn bytes into something else than text. */',
  `export const NON_TEXT_CODECS: readonly string[] = [${[...notText].map(literal).join(', ')}];`,
  '',
  '/** By codec: the characters of bytes 128 to 255, or of all 256 if it is no superset of ASCII; U+FFFE for none. */',
  'export const SINGLE_BYTE_CODECS: Readonly<Record<string, string>> = {',
  ...[...singleByte].map(([name, characters]) => `  ${literal(name)}: ${literal(characters)},`),
  '};',
  '',
];
writeFileSync(
  fileURLToPath(new URL('../src/python/text/codecs.generated.ts', import.meta.url)),
  lines.join('\n'),
);
