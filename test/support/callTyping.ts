// Somebody types a call into its file, a character a stroke: at each stroke the active parameter is compared with the
// one that Signature.bind_partial() gives the argument being written, as far as it is written.
import { NodeKind } from '../../server/src/python/ast/kinds.ts';
import type { Call } from '../../server/src/python/ast/expressions.ts';
import { walk } from '../../server/src/python/ast/visitor.ts';
import { bindPartial } from '../../server/src/python/inspect/bind.ts';
import { ParameterKind } from '../../server/src/python/inspect/parameter.ts';
import type { Signature } from '../../server/src/python/inspect/signature.ts';
import { analyze, type Analysis } from '../../server/src/python/index.ts';
import { TokenKind } from '../../server/src/python/tokenizer/tokens.ts';
import type { InspectDialect } from '../../server/src/python/versions/inspectDialect.ts';

/** A call in a file, and the places that matter while it is typed. */
export interface TypedCall {
  readonly node: Call;
  /** Behind the opening parenthesis. */
  readonly open: number;
  /** Before the closing one. */
  readonly close: number;
  /** In the order of the source; where each begins to be written: behind the parenthesis or a comma. */
  readonly arguments: readonly { readonly begin: number; readonly end: number }[];
  /** The parentheses of calls among the arguments: what is typed there is none of this call's. */
  readonly inner: readonly { readonly open: number; readonly close: number }[];
}

/** The calls of a file that have arguments. */
export function typedCalls({ module, tokenized }: Analysis): TypedCall[] {
  const { kinds, starts, ends, count } = tokenized.tokens;
  const nodes: Call[] = [];
  walk(module, node => {
    if (node.kind === NodeKind.Call) nodes.push(node);
  });
  const at = (offset: number): number => {
    let [low, high] = [0, count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (starts[middle] < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const parentheses = (node: Call): { open: number; close: number } | undefined => {
    let i = at(node.func.end);
    while (kinds[i] === TokenKind.RPAR) i++;
    const isWhole = kinds[i] === TokenKind.LPAR && kinds[at(node.end - 1)] === TokenKind.RPAR;
    return isWhole ? { open: ends[i], close: node.end - 1 } : undefined;
  };
  const spans = new Map(nodes.map(node => [node, parentheses(node)]));
  return nodes.flatMap(node => {
    const own = spans.get(node);
    const parts = [...node.args, ...node.keywords].sort((a, b) => a.start - b.start);
    if (!own || parts.length === 0) return [];
    let begin = own.open;
    const written = parts.map(part => {
      let i = at(part.end);
      while (starts[i] < own.close && kinds[i] !== TokenKind.COMMA) i++;
      const argument = { begin, end: Math.min(starts[i], own.close) };
      begin = ends[i];
      return argument;
    });
    const inner = [...spans.values()].filter(
      span => span !== undefined && span.open > own.open && span.close < own.close,
    ) as { open: number; close: number }[];
    return [{ node, ...own, arguments: written, inner }];
  });
}

/** What an argument is, as far as it is written. */
interface Written {
  readonly type: 'empty' | 'name' | 'positional' | 'star' | 'keyword' | 'doubleStar';
  readonly name: string;
}

function readWritten(text: string): Written {
  const typed = text.replace(/^(?:\s|\\\r?\n|#[^\n]*(?:\n|$))+/, '');
  const keyword = /^([^\W\d]\w*)\s*=(?!=)/u.exec(typed);
  if (keyword) return { type: 'keyword', name: keyword[1].normalize('NFKC') };
  if (typed.startsWith('**')) return { type: 'doubleStar', name: '' };
  if (typed.startsWith('*')) return { type: 'star', name: '' };
  if (typed === '') return { type: 'empty', name: '' };
  const name = /^([^\W\d]\w*)\s*$/u.exec(typed);
  const isKeyword = /^(?:None|True|False|lambda|not|await|yield|if|else|for|in|is|and|or|async)$/.test(
    name?.[1] ?? '',
  );
  return name && !isKeyword
    ? { type: 'name', name: name[1].normalize('NFKC') }
    : { type: 'positional', name: '' };
}

/** Stands for the argument that is being typed. */
const HERE = 'here';

/** Index of the parameter that bind_partial() gives the last of some arguments to; undefined if none takes it. */
export function expectedParameter(
  signature: Signature,
  before: readonly Written[],
  current: Written,
  dialect: InspectDialect,
): number | undefined {
  const star = before.some(({ type }) => type === 'star');
  const certain = before.slice(0, star ? before.findIndex(({ type }) => type === 'star') : undefined);
  const args = certain.filter(({ type }) => type === 'positional' || type === 'name').map(() => 'other');
  const kwargs = new Map(
    before.filter(({ type }) => type === 'keyword').map(({ name }) => [name, 'other'] as const),
  );
  const boundTo = (positional: readonly string[], named: ReadonlyMap<string, string>): number | undefined => {
    const bound = bindPartial(signature, positional, named, dialect);
    if ('typeError' in bound) return undefined;
    for (const [name, binding] of bound.bindings) {
      const has =
        binding.type === 'one' ? binding.value === HERE : [...binding.values.values()].includes(HERE);
      if (has) return signature.parameters.findIndex(parameter => parameter.name === name);
    }
    return undefined;
  };
  const collector = (kind: ParameterKind): number | undefined => {
    const index = signature.parameters.findIndex(parameter => parameter.kind === kind);
    return index < 0 ? undefined : index;
  };
  // A star is taken to fill what goes by position.
  const byPosition = (): number | undefined =>
    star ? collector(ParameterKind.VAR_POSITIONAL) : boundTo([...args, HERE], kwargs);
  const byName = (name: string): number | undefined =>
    kwargs.has(name) ? undefined : boundTo(args, new Map([...kwargs, [name, HERE]]));
  const onlyKeywords = before.some(({ type }) => type === 'keyword' || type === 'doubleStar');
  switch (current.type) {
    case 'doubleStar':
      return collector(ParameterKind.VAR_KEYWORD);
    case 'star':
      return byPosition();
    case 'keyword':
      return byName(current.name);
    case 'positional':
      return onlyKeywords ? undefined : byPosition();
    case 'name':
    case 'empty': {
      const positional = onlyKeywords ? undefined : byPosition();
      if (positional !== undefined) return positional;
      const isCollector = (index: number | undefined): boolean =>
        index !== undefined && signature.parameters[index].kind === ParameterKind.VAR_KEYWORD;
      const open = signature.parameters.flatMap(({ name, kind }) => {
        const index = byName(name);
        const left = !(star && current.type === 'empty' && kind === ParameterKind.POSITIONAL_OR_KEYWORD);
        return index !== undefined && !isCollector(index) && left && name.startsWith(current.name)
          ? [index]
          : [];
      });
      if (current.type === 'empty') return open.at(0) ?? collector(ParameterKind.VAR_KEYWORD);
      const exact = open.find(index => signature.parameters[index].name === current.name);
      if (exact !== undefined || open.length === 1) return exact ?? open[0];
      return open.length > 1 ? undefined : collector(ParameterKind.VAR_KEYWORD);
    }
  }
}

/** A stroke after which the active parameter is not what it should be. */
export interface Slip {
  readonly text: string;
  readonly offset: number;
  readonly expected: string;
  readonly found: string;
}

/** What signature help says: the label of the likeliest signature, and the active parameter of each by label. */
export type Ask = (analysis: Analysis, offset: number) => ReadonlyMap<string, number | undefined>;

/**
 * Types a call, which the rest of its file surrounds.
 *
 * @param label the signature that is looked at, by its label
 * @param autoClose the editor has put the closing parenthesis behind the cursor
 */
export function typeCall(
  whole: Analysis,
  call: TypedCall,
  { label, signature }: { readonly label: string; readonly signature: Signature },
  ask: Ask,
  autoClose: boolean,
): { readonly strokes: number; readonly slips: readonly Slip[] } {
  const { text, target } = whole;
  const slips: Slip[] = [];
  let strokes = 0;
  const named = (index: number | undefined): string =>
    index === undefined ? 'none' : signature.parameters[index].name;
  for (let offset = call.open; offset <= call.close; offset++) {
    if (call.inner.some(({ open, close }) => open <= offset && offset <= close)) continue;
    const i = call.arguments.findLastIndex(({ begin }) => begin <= offset);
    const parts = call.arguments.map(({ begin, end }) =>
      readWritten(text.slice(begin, Math.min(end, offset))),
    );
    const isTrailing = offset > call.arguments[i].end;
    const before = parts.slice(0, isTrailing ? i + 1 : i);
    const current: Written = isTrailing ? { type: 'empty', name: '' } : parts[i];
    const expected = expectedParameter(signature, before, current, target.dialect.inspect);
    const broken = text.slice(0, offset) + (autoClose ? ')' : '') + text.slice(call.node.end);
    const found = ask(analyze(broken, target), offset);
    strokes++;
    const isRight = found.has(label) && found.get(label) === expected;
    if (isRight) continue;
    slips.push({
      text: broken,
      offset,
      expected: named(expected),
      found: found.has(label) ? named(found.get(label)) : [...found.keys()].join(' | ') || 'no help',
    });
  }
  return { strokes, slips };
}
