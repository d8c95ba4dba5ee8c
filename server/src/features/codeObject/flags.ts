// The bits of co_flags in words: what each means, and what in the source caused it.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { Node } from '../../python/ast/nodes.ts';
import type { CodeFacts, CodeObject } from '../../python/code/codeObject.ts';
import { CodeFlags, flagName } from '../../python/code/flags.ts';
import type { Analysis } from '../../python/index.ts';
import { isComprehension, isFunction } from '../../python/ast/parts.ts';
import { firstInBlock } from '../../python/locate/bindings.ts';
import { code as codeText, marked, rich, type RichText, text } from '../richText.ts';
import { codeObjectIndex } from './codeObjectIndex.ts';

/** One bit that is set. */
export interface FlagFact {
  readonly bit: CodeFlags;
  /** `CO_GENERATOR` */
  readonly name: string;
  /** `yield` on line 4 */
  readonly cause: RichText;
  /** Where the cause is in the source, UTF-16 offset, if it is at one place. */
  readonly offset?: number | undefined;
}

const BITS = Object.values(CodeFlags).filter((value): value is CodeFlags => typeof value === 'number');

/** Bits that tell nothing about a function in particular: nearly every one has them, or all of the file. */
const COMMONPLACE = BITS.filter(bit => CodeFlags[bit].startsWith('FUTURE_')).reduce(
  (bits, bit) => bits | bit,
  CodeFlags.OPTIMIZED | CodeFlags.NEWLOCALS | CodeFlags.NOFREE | CodeFlags.HAS_DOCSTRING | CodeFlags.METHOD,
);

/** A lens has no room for what nothing in the function's own text brings about. */
const NOT_IN_LENSES = COMMONPLACE | CodeFlags.NESTED;

export function isNotable(bit: CodeFlags): boolean {
  return (bit & COMMONPLACE) === 0;
}

/** The names of the bits that are set, lowest bit first; without the commonplace ones unless `all`. */
export function flagNames({ flags }: CodeFacts, all: boolean): string[] {
  return BITS.filter(bit => (flags & bit) !== 0 && (all || isNotable(bit))).map(flagName);
}

/** The bits that a lens shows. */
export const lensFacts = (analysis: Analysis, code: CodeObject, all: boolean): FlagFact[] =>
  factsOf(analysis, code, all ? ~0 : ~NOT_IN_LENSES);

/** The bits that are set, lowest first, each with its cause. */
export function flagFacts(analysis: Analysis, code: CodeObject): FlagFact[] {
  return factsOf(analysis, code, ~0);
}

function factsOf(analysis: Analysis, code: CodeObject, mask: number): FlagFact[] {
  return BITS.filter(bit => (code.flags & mask & bit) !== 0).map(bit => ({
    bit,
    name: flagName(bit),
    ...causeOf(analysis, code, bit),
  }));
}

type Cause = Pick<FlagFact, 'cause' | 'offset'>;

function causeOf(analysis: Analysis, code: CodeObject, bit: CodeFlags): Cause {
  const { node } = code;
  switch (bit) {
    case CodeFlags.OPTIMIZED:
      return { cause: marked('local variables have numbered slots') };
    case CodeFlags.NEWLOCALS:
      return { cause: marked('every call has local variables of its own') };
    case CodeFlags.VARARGS:
      return parameter(node, 'vararg', '*');
    case CodeFlags.VARKEYWORDS:
      return parameter(node, 'kwarg', '**');
    case CodeFlags.NESTED:
      return { cause: rich`inside ${outerFunction(analysis, code)}` };
    case CodeFlags.NOFREE:
      return { cause: marked('neither cell nor free variables') };
    case CodeFlags.GENERATOR:
      if (node.kind === NodeKind.GeneratorExp) return { cause: marked('generator expression') };
      return inBody(analysis, code, isYield, 'generator');
    case CodeFlags.COROUTINE:
      if (node.kind === NodeKind.AsyncFunctionDef)
        return { cause: marked('`async def`'), offset: node.start };
      return inBody(analysis, code, isAwait, 'asynchronous comprehension');
    case CodeFlags.ASYNC_GENERATOR:
      if (node.kind === NodeKind.AsyncFunctionDef) {
        const { cause, offset } = inBody(analysis, code, isYield, 'asynchronous generator');
        return { cause: rich`${codeText('async def')} with ${cause}`, offset };
      }
      return inBody(analysis, code, isAwait, 'asynchronous generator expression');
    case CodeFlags.HAS_DOCSTRING:
      return docstring(node);
    case CodeFlags.METHOD:
      return { cause: definedIn(code) };
    default:
      return future(analysis, bit);
  }
}

function parameter(node: Node, which: 'vararg' | 'kwarg', stars: string): Cause {
  const arg = isFunction(node) || node.kind === NodeKind.Lambda ? node.args[which] : null;
  return arg
    ? { cause: codeText(stars + arg.arg), offset: arg.start }
    : { cause: rich`a ${codeText(stars)} parameter` };
}

function outerFunction(analysis: Analysis, code: CodeObject): RichText {
  const codeObjects = codeObjectIndex(analysis);
  for (let outer = codeObjects.parent(code); outer; outer = codeObjects.parent(outer)) {
    if ((outer.flags & CodeFlags.OPTIMIZED) !== 0) return codeText(outer.qualname);
  }
  return text('a function');
}

function inBody(
  analysis: Analysis,
  code: CodeObject,
  is: (node: Node) => string | undefined,
  otherwise: string,
): Cause {
  const itself = is(code.node);
  if (itself !== undefined) {
    const at = isComprehension(code.node) ? code.node.generators.find(({ is_async }) => is_async) : undefined;
    const offset = at?.start ?? code.node.start;
    return { cause: rich`${codeText(itself)} on line ${analysis.lines.lineno(offset)}`, offset };
  }
  let what: string | undefined;
  let best: number | undefined;
  firstInBlock(analysis, code.scope, node => {
    const found = is(node);
    if (found !== undefined && (best === undefined || node.start < best)) {
      best = node.start;
      what = found;
    }
    return found !== undefined;
  });
  if (what === undefined || best === undefined) return { cause: text(otherwise) };
  return { cause: rich`${codeText(what)} on line ${analysis.lines.lineno(best)}`, offset: best };
}

function isYield(node: Node): string | undefined {
  if (node.kind === NodeKind.Yield) return 'yield';
  return node.kind === NodeKind.YieldFrom ? 'yield from' : undefined;
}

function isAwait(node: Node): string | undefined {
  if (node.kind === NodeKind.Await) return 'await';
  if (isComprehension(node) && node.generators.some(({ is_async }) => is_async)) return 'async for';
  return undefined;
}

function definedIn({ scope }: CodeObject): RichText {
  const name = scope.parent?.name;
  return name === undefined ? text('defined in class') : rich`defined in class ${codeText(name)}`;
}

function docstring(node: Node): Cause {
  const body =
    isFunction(node) || node.kind === NodeKind.ClassDef || node.kind === NodeKind.Module ? node.body : [];
  return { cause: marked('the body begins with a docstring'), offset: body[0]?.start };
}

/** CO_FUTURE_*: the whole file has it. */
function future(analysis: Analysis, bit: CodeFlags): Cause {
  const feature = CodeFlags[bit].replace('FUTURE_', '').toLowerCase();
  const spelled = feature === 'barry_as_bdfl' ? 'barry_as_FLUFL' : feature;
  const statement = analysis.module.body.find(
    node =>
      node.kind === NodeKind.ImportFrom &&
      node.module === '__future__' &&
      node.names.some(({ name }) => name === spelled),
  );
  return { cause: codeText(`from __future__ import ${spelled}`), offset: statement?.start };
}
