// The inputs of the fuzzer: programs damaged in every way that one can think of, and texts that were never programs.
// Input `i` of a seed is always the same, so that a run can be cut into slices and any one input be made again.
import { TARGETS, type Target } from '../../server/src/python/versions/target.ts';
import { folderSources } from '../oracle/corpora.ts';
import { program } from '../oracle/generate.ts';
import { damaged, randomNumbers } from '../oracle/mutations.ts';
import { definitionsAndCalls } from './definitions.ts';
import { OPENERS, VOCABULARY } from './vocabulary.ts';

export interface FuzzInput {
  /** How it was made. */
  readonly kind: string;
  readonly target: Target;
  readonly bytes: Uint8Array;
}

type Random = (below: number) => number;

/** Where pieces of programs are taken from. */
export interface Corpus {
  readonly size: number;
  text(index: number): string;
}

/** Files as they are asked for: most are, after some thousand inputs. */
export function libraryCorpus(library: string): Corpus {
  const sources = folderSources(library);
  const texts = new Map<number, string>();
  return {
    size: sources.length,
    text(index) {
      let text = texts.get(index);
      if (text === undefined) texts.set(index, (text = Buffer.from(sources[index].read()).toString('utf8')));
      return text;
    },
  };
}

/** So much of a file at most: most inputs are small, so that there can be many. */
const LARGEST_PIECE = 1200;

/** Input number `index` of a seed. */
export function fuzzInput(seed: number, index: number, corpus: Corpus): FuzzInput {
  const random = randomNumbers((seed ^ Math.imul(index, 0x9e3779b1)) >>> 0);
  const target = TARGETS[random(TARGETS.length)];
  const [kind, make] = KINDS[random(KINDS.length)];
  const made = make(random, corpus, target);
  return { kind, target, bytes: typeof made === 'string' ? Buffer.from(made, 'utf8') : made };
}

type Make = (random: Random, corpus: Corpus, target: Target) => string | Uint8Array;

/** A kind that is here twice is made twice as often. */
const KINDS: readonly (readonly [string, Make])[] = [
  ['bytes', (random, corpus) => damaged(Buffer.from(piece(random, corpus)), random)],
  ['tokens', tokenMutations],
  ['tokens', tokenMutations],
  ['tokens', tokenMutations],
  ['truncation', (random, corpus) => cut(piece(random, corpus), random)],
  ['splice', splice],
  ['soup', soup],
  ['soup', soup],
  ['lines', soupOfLines],
  ['bomb', bomb],
  ['bomb', bomb],
  ['repetition', repetition],
  ['characters', characters],
  ['definitions', random => definitionsAndCalls(random)],
  ['definitions', random => withMutations(random, definitionsAndCalls(random))],
  ['program', (random, _, target) => program(numbers(random), target)],
  ['blocks', (random, corpus, target) => inBlocks(random, someStatements(random, corpus, target))],
  ['exchanges', (random, corpus, target) => exchanged(random, someStatements(random, corpus, target))],
  ['exchanges', (random, corpus, target) => exchanged(random, someStatements(random, corpus, target))],
  ['program', (random, _, target) => cut(program(numbers(random), target), random)],
];

/** Some lines of a file of the corpus, from the beginning of a line. */
function piece(random: Random, corpus: Corpus): string {
  const text = corpus.text(random(corpus.size));
  const from = text.lastIndexOf('\n', random(text.length + 1)) + 1;
  return text.slice(from, from + 1 + random(LARGEST_PIECE));
}

const cut = (text: string, random: Random): string => text.slice(0, random(text.length + 1));

const numbers = (random: Random): number[] => Array.from({ length: 20 + random(150) }, () => random(0x10000));

const pick = <T>(random: Random, list: readonly T[]): T => list[random(list.length)];

// ---- Tokens ------------------------------------------------------------------------------------------------------

// Near enough to Python's tokens.
const TOKEN =
  /[A-Za-z]{0,2}(?:"""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|#.*|[\p{L}\p{N}_.]+|\*\*=?|\/\/=?|>>=?|<<=?|[-+*/%&|^=!<>:@]=|->|\n|[^\S\n]+|[^]/gu;

const tokensOf = (text: string): string[] => text.match(TOKEN) ?? [];

function tokenMutations(random: Random, corpus: Corpus): string {
  return withMutations(random, piece(random, corpus));
}

function withMutations(random: Random, text: string): string {
  const tokens = tokensOf(text);
  for (let count = 1 + random(4); count > 0 && tokens.length > 0; count--) {
    const at = random(tokens.length);
    switch (random(6)) {
      case 0:
        tokens.splice(at, 1 + random(3));
        break;
      case 1:
        tokens.splice(at, 0, tokens[at]);
        break;
      case 2: {
        const other = random(tokens.length);
        [tokens[at], tokens[other]] = [tokens[other], tokens[at]];
        break;
      }
      case 3:
        tokens[at] = pick(random, VOCABULARY);
        break;
      case 4:
        tokens.splice(at, 0, pick(random, VOCABULARY));
        break;
      default:
        tokens.splice(at, 0, ...tokens.slice(random(at + 1), at));
    }
  }
  return tokens.join('');
}

function splice(random: Random, corpus: Corpus): string {
  const before = tokensOf(piece(random, corpus));
  const after = tokensOf(piece(random, corpus));
  return [...before.slice(0, random(before.length + 1)), ...after.slice(random(after.length + 1))].join('');
}

// ---- Programs that are mostly valid: what is refused gets no bytecode ------------------------------------------------

/** Statements of a module, whole, or a generated program. */
function someStatements(random: Random, corpus: Corpus, target: Target): string {
  if (random(3) === 0) return program(numbers(random), target);
  const text = corpus.text(random(corpus.size));
  // As far as the beginnings of lines tell.
  const starts = [...text.matchAll(/^(?:[A-Za-z_]|@)/gm)].map(({ index }) => index);
  if (starts.length === 0) return text.slice(0, LARGEST_PIECE);
  const first = random(starts.length);
  const beyond = starts.findIndex(start => start > starts[first] + LARGEST_PIECE);
  return text
    .slice(starts[first], beyond < 0 ? text.length : starts[Math.max(first + 1, beyond - 1)])
    .slice(0, 8000);
}

/** What has a block, and what may stand after it. */
const HEADS: readonly (readonly [head: string, after?: string])[] = [
  ['def f(a, *b, c=1, **d):'],
  ['async def f(a):'],
  ['class C(B, metaclass=M):'],
  ['for x in y:', 'else: z'],
  ['async for x in y:'],
  ['while x:', 'else: z'],
  ['while True:'],
  ['if x:', 'else: z'],
  ['if x and (y or not z):', 'elif 0: z'],
  ['if 0:'],
  ['try:', 'finally: z()'],
  ['try:', 'except: z()'],
  ['try:', 'except (A, B) as e: raise'],
  ['try:', 'except* E as e: z()'],
  ['with x as y:'],
  ['async with x as (y, z), w:'],
  ['match x:\n case {"a": [1, *y], **z} | C(a=y, z=1, x=[*_]) if z:'],
  ['def f[T: int, *Ts, **P](a: T) -> T:'],
  ['@d\n@e(1)\ndef f(): return lambda: [x for y in z if (w := y)]\nelse_ = 0\nif 1:'],
];

/** Statements in blocks in blocks. */
function inBlocks(random: Random, statements: string): string {
  let text = statements;
  for (let depth = 1 + random(random(4) === 0 ? 24 : 6); depth > 0; depth--) {
    const [head, after] = pick(random, HEADS);
    const indented = text.replace(/^(?=.)/gm, '  ');
    text = `${head}\n${indented}${indented.endsWith('\n') ? '' : '\n'}${after === undefined ? '' : `${after}\n`}`;
  }
  return text;
}

const CLASSES: readonly (readonly [is: RegExp, others: readonly string[]])[] = [
  [
    /^(?:\d|["']|None$|True$|False$|\.\.\.$)/,
    [
      '0',
      '1',
      '-1',
      '1.5',
      '2j',
      '1e400',
      '10**9',
      '(1, 2)',
      '()',
      '"a"',
      'b"a"',
      '"é"',
      'f"{x!r:>{y}}"',
      'None',
      'True',
      'False',
      '...',
      '__debug__',
      '[1, 2, 3]',
      '{1, 2}',
      '{}',
      '(1, "a", None)',
      '0x7fffffffffffffffffff',
      '"%s" % x',
      '"a" "b"',
      '-0.0',
      '1 << 40',
      '"x" * 3',
      '(not 1)',
      '[*x]',
      '(yield)',
      '(await x)',
      '[y for y in z]',
      '(lambda: 0)',
    ],
  ],
  [
    /^(?:[-+*\/%&|^@]|\*\*|\/\/|<<|>>|and|or|<|>|==|!=|<=|>=|is|in)$/,
    [
      '+',
      '-',
      '*',
      '/',
      '%',
      '&',
      '|',
      '^',
      '@',
      '**',
      '//',
      '<<',
      '>>',
      ' and ',
      ' or ',
      '<',
      '==',
      '!=',
      ' is ',
      ' is not ',
      ' in ',
      ' not in ',
      ' if x else ',
    ],
  ],
  [
    /^[^\W\d]\w*$/,
    [
      'x',
      'y',
      '__debug__',
      '__class__',
      'super()',
      'a.b',
      'a[0]',
      'a[1:x]',
      'f(*a, k=1, **b)',
      '1',
      'None',
      '__p',
      'é',
    ],
  ],
];

const KEYWORD =
  /^(?:def|class|lambda|if|elif|else|for|while|in|is|not|async|await|match|case|type|try|except|finally|with|as|import|from|return|yield|raise|global|nonlocal|del|pass|break|continue|assert)$/;

/** Constants, operators and names in the place of others of their kind. */
function exchanged(random: Random, text: string): string {
  const tokens = tokensOf(text);
  if (tokens.length === 0) return '';
  for (let tries = 2 + random(12); tries > 0; tries--) {
    const at = random(tokens.length);
    const others = CLASSES.find(([is]) => is.test(tokens[at]))?.[1];
    if (others && !KEYWORD.test(tokens[at])) tokens[at] = pick(random, others);
  }
  return tokens.join('');
}

// ---- Texts that were never programs --------------------------------------------------------------------------------

function soup(random: Random): string {
  const between = pick(random, ['', '', ' ']);
  return Array.from({ length: 1 + random(60) }, () => pick(random, VOCABULARY)).join(between);
}

/** Lines of a few words, indented at random: blocks, as far as they are any. */
function soupOfLines(random: Random): string {
  const line = (): string => {
    const words = Array.from({ length: 1 + random(8) }, () => pick(random, VOCABULARY));
    return `${' '.repeat(random(4))}${words.join(pick(random, ['', ' ']))}${random(3) === 0 ? ':' : ''}\n`;
  };
  return Array.from({ length: 1 + random(20) }, line).join('');
}

/** One to three openers, many times over, and perhaps what closes them. */
function bomb(random: Random): string {
  const unit = Array.from({ length: 1 + random(3) }, () => pick(random, OPENERS)).join('');
  const count = random(8) === 0 ? 200 + random(1800) : 1 + random(150);
  const indented = unit.endsWith('\n') && random(2) === 0;
  const open = indented
    ? Array.from({ length: Math.min(count, 150) }, (_, i) => ' '.repeat(i) + unit).join('')
    : unit.repeat(count);
  const closers = [...unit].reverse().map(each => CLOSERS[each] ?? '');
  const end = random(2) === 0 ? closers.join('').repeat(random(count + 2)) : '';
  return `${pick(random, ['', '', 'x = ', 'def f(a):\n  ', 'f('])}${open}${pick(random, ['', '1', 'x'])}${end}`;
}

const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '"': '"', "'": "'" };

/** A statement or a few tokens of the corpus, again and again. */
function repetition(random: Random, corpus: Corpus): string {
  const tokens = tokensOf(piece(random, corpus));
  const from = random(tokens.length + 1);
  const unit = tokens.slice(from, from + 1 + random(12)).join('');
  return unit.repeat(Math.min(2 + random(400), Math.ceil(6000 / (unit.length + 1))));
}

const STRANGE = [
  '\0',
  '\f',
  '\r',
  '\u2028',
  '\u202e',
  '\ufeff',
  '\u00e9',
  '\u{1d400}',
  '\ud800',
  '\u0301',
  '\u00a0',
  '\x1b[31m',
  '\x7f',
  '\\',
  '\\N{',
  '\\\n',
  '\t',
  ' '.repeat(9),
  '#',
  '`',
  '\n\n',
  '# -*- coding: latin-1 -*-\n',
  '# coding: utf-16\n',
];

/** Characters where none of their kind should be. */
function characters(random: Random, corpus: Corpus): string {
  let text = piece(random, corpus);
  for (let count = 1 + random(5); count > 0; count--) {
    const at = random(text.length + 1);
    text = text.slice(0, at) + pick(random, STRANGE) + text.slice(at);
  }
  return text;
}
