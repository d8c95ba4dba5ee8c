// Generates text/unicode.generated.ts: which characters CPython takes for what, by version of Unicode. The answers come from CPython
// itself: give one interpreter for each version of Unicode that a target has, oldest first.
//
//     npx tsx server/tools/unicodeTables.ts python3.8 python3.9 python3.11 python3.12 python3.13 python3.14 python3.15
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const SCRIPT = String.raw`
import json, sys, unicodedata
tests = {
    'XID_START': lambda c: c.isidentifier(),
    'XID_CONTINUE': lambda c: ('a' + c).isidentifier(),
    'WORD': lambda c: c.isalnum() or c == '_',
    'PRINTABLE': lambda c: c.isprintable(),
}
sets = {}
for name, test in tests.items():
    boundaries = sets[name] = []
    inside = False
    for code in range(sys.maxunicode + 2):
        if code <= sys.maxunicode and test(chr(code)) != inside:
            inside = not inside
            boundaries.append(code)
normal = {}
for code in range(128, sys.maxunicode + 1):
    if ('a' + chr(code)).isidentifier():
        form = unicodedata.normalize('NFKC', chr(code))
        if form != chr(code):
            normal[code] = form
print(json.dumps({'version': unicodedata.unidata_version, 'sets': sets, 'normal': normal}))
`;

interface Answers {
  readonly version: string;
  /** By property: the code points where it begins to hold and ends to, in turn. */
  readonly sets: Readonly<Record<string, readonly number[]>>;
  /** NFKC of the identifier characters that it changes. */
  readonly normal: Readonly<Record<string, string>>;
}

const answers = process.argv.slice(2).map(python => {
  const output = execFileSync(python, ['-c', SCRIPT], { encoding: 'utf8', maxBuffer: 1 << 28 });
  return JSON.parse(output) as Answers;
});

/** The points that are in one set and not in the other, sorted. */
function difference(a: readonly number[], b: readonly number[]): number[] {
  const [inA, inB] = [new Set(a), new Set(b)];
  return [...a.filter(x => !inB.has(x)), ...b.filter(x => !inA.has(x))].sort((x, y) => x - y);
}

/** Each number less the one before it, in base 36. */
const encode = (points: readonly number[]): string =>
  points.map((point, i) => (point - (points[i - 1] ?? 0)).toString(36)).join(' ');

const PROPERTIES: Readonly<Record<string, string>> = {
  XID_START: 'Characters that an identifier can begin with.',
  XID_CONTINUE: 'Characters that an identifier can go on with.',
  WORD: 'Characters that `\\w` of the re module matches.',
  PRINTABLE: 'Characters that str.isprintable() is true for.',
};

const lines = [
  '// Made by server/tools/unicodeTables.ts from what CPython says; do not edit.',
  '',
  '/** The versions of Unicode; the other tables have an entry for each. */',
  `export const UNICODE_VERSIONS: readonly string[] = [${answers.map(({ version }) => `'${version}'`).join(', ')}];`,
];
for (const [property, description] of Object.entries(PROPERTIES)) {
  lines.push('', `/** ${description} */`, `export const ${property}: readonly string[] = [`);
  answers.forEach(({ sets }, i) => {
    lines.push(`  '${encode(difference(sets[property], answers[i - 1]?.sets[property] ?? []))}',`);
  });
  lines.push('];');
}

// NFKC of what is in a Unicode never changes later. So only the characters that a version brings are listed, and
// only for versions that the host may not know yet.
lines.push(
  '',
  '/** By version: identifier characters that it brought, each with its NFKC after it, if that is another one. */',
  'export const NEW_NORMAL_FORMS: readonly (readonly string[])[] = [',
);
answers.forEach(({ normal }, i) => {
  const earlier = answers[i - 1]?.normal ?? normal;
  const pairs = Object.entries(normal).filter(([code]) => !(code in earlier));
  for (const [code, form] of Object.entries(earlier)) {
    if (normal[code] !== form) throw new Error(`NFKC of ${code} has changed`);
  }
  const escape = (text: string): string =>
    Array.from(text, c => `\\u{${(c.codePointAt(0) as number).toString(16)}}`).join('');
  const entries = pairs.map(
    ([code, form]) => `'${escape(String.fromCodePoint(Number(code)))}${escape(form)}'`,
  );
  lines.push(`  [${entries.join(', ')}],`);
});
lines.push('];', '');
writeFileSync(
  fileURLToPath(new URL('../src/python/text/unicode.generated.ts', import.meta.url)),
  lines.join('\n'),
);
