// Sources for the twin `bind`: each defines a function and calls it in many ways, most of them wrong. The same for the
// same seed.
import type { Source } from './corpora.ts';
import { randomNumbers } from './mutations.ts';

/** How many calls a source has. */
const CALLS = 20;

type Pick = (below: number) => number;

/** Near misses of each other, to be suggested; letters of several bytes; a name that a class mangles. */
const NAMES = [
  'a', 'b', 'c', 'x', 'key', 'Key', 'keys', 'value', 'values', 'default', 'defaults', 'größe', 'große', 'item',
  'items', '__p', 'self', 'args', 'kwargs', 'name', 'naem', 'maxsize', 'max_size',
]; // prettier-ignore

/** What else may be given by keyword. */
const STRANGERS = ['_C__p', 'defualt', 'size', 'kay', 'KEY', 'vlaue', 'no_such_parameter', 'gröse'];

/** The name that a call has, and the text that defines it, by the text of the function's parameters. */
const SHAPES: readonly (readonly [callee: string, define: (parameters: string) => string])[] = [
  ['f', parameters => `def f(${parameters}): return locals()`],
  ['f', parameters => `f = lambda ${parameters}: locals()`],
  ['C.f', parameters => `class C:\n    @staticmethod\n    def f(${parameters}): return locals()`],
  ['C().f', parameters => `class C:\n    def f(${parameters}): return locals()`],
  ['f', parameters => `def g():\n    def f(${parameters}): return locals()\n    return f\nf = g()`],
];

/** Sources with `count` calls in all. */
export function callSources(count: number, seed: number): Source[] {
  const pick = randomNumbers(seed);
  return Array.from({ length: Math.ceil(count / CALLS) }, (_, index) => {
    const text = callSource(pick, Math.min(CALLS, count - index * CALLS));
    return { name: `calls #${index}`, read: () => Buffer.from(text) };
  });
}

function callSource(pick: Pick, calls: number): string {
  const [callee, define] = SHAPES[pick(SHAPES.length)];
  const isMethod = callee === 'C().f';
  const names = shuffled(NAMES, pick).slice(0, pick(6));
  const parameters = parameterList(
    isMethod ? ['self', ...names.filter(name => name !== 'self')] : names,
    pick,
    isMethod,
  );
  const text = Array.from({ length: calls }, () => `${callee}(${argumentList(names, pick)})`);
  return [define(parameters), ...text, ''].join('\n');
}

function parameterList(names: readonly string[], pick: Pick, isMethod: boolean): string {
  const least = isMethod ? 1 : 0;
  const positional = Math.max(least, pick(names.length + 1));
  const positionalOnly = pick(2) ? 0 : pick(positional + 1);
  const firstDefault = Math.max(least, pick(positional + 2));
  const parts: string[] = [];
  names.forEach((name, i) => {
    if (i === positionalOnly && i > 0) parts.push('/');
    if (i === positional) parts.push(pick(2) ? '*rest' : '*');
    const hasDefault = i < positional ? i >= firstDefault : pick(2) === 1;
    parts.push(hasDefault ? `${name}='${name}0'` : name);
  });
  if (names.length > 0 && positionalOnly === names.length) parts.push('/');
  if (names.length === positional && pick(3) === 0) parts.push('*rest');
  if (pick(3) === 0) parts.push('**more');
  return parts.join(', ');
}

function argumentList(names: readonly string[], pick: Pick): string {
  const positional = Array.from({ length: pick(names.length + 2) }, (_, i) => `'p${i}'`);
  const named = [
    ...names.filter(() => pick(3) === 0),
    ...STRANGERS.filter(() => pick(24) === 0),
    ...NAMES.filter(name => !names.includes(name) && pick(40) === 0),
  ];
  const keywords = shuffled(named, pick).map(name => `${name}='k ${name}'`);
  return [...positional, ...keywords].join(', ');
}

function shuffled(names: readonly string[], pick: Pick): string[] {
  const result = [...names];
  for (let i = result.length - 1; i > 0; i--) {
    const j = pick(i + 1);
    [result[i], result[j]] = [result[j], result[i]];
  }
  return result;
}
