// What docstrings say that parameters and results are: `:type x: Foo`, `x : Foo` under NumPy's `Parameters`, Google's `x (Foo):`. People
// write them: what names no class that the module knows, or a module by its full name, says nothing.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { Arg, Expression } from '../../python/ast/expressions.ts';
import type { FunctionDef } from '../../python/ast/nodes.ts';
import { cleandoc, docstring } from '../../python/inspect/doc.ts';
import { parseExpression } from '../callee.ts';
import { type Documentation, readDocstring } from '../docstring/docstring.ts';
import type { EvaluationScope, Values } from '../values.ts';
import type { Context } from './context.ts';
import { classAround } from './methods.ts';
import { UNKNOWN, unite } from './unions.ts';

const READ = new WeakMap<object, Documentation>();

function documentationOf(body: FunctionDef['body'], scope: EvaluationScope): Documentation {
  let read = READ.get(body);
  if (!read) {
    const { dialect } = scope.module.analysis.target;
    read = readDocstring(cleandoc(docstring(body, dialect.inspect) ?? '', dialect.inspect));
    READ.set(body, read);
  }
  return read;
}

/** Instances of what the docstring of a function, or of the class whose constructor it is, says of a parameter. */
export function documentedValues(
  context: Context,
  { arg }: Arg,
  node: FunctionDef,
  scope: EvaluationScope,
): Values {
  const own = documentationOf(node.body, scope).parameters.get(arg)?.type;
  if (own !== undefined) return typeValues(context, own, scope);
  const cls = node.name === '__init__' ? classAround(scope.entry)?.node : undefined;
  if (cls?.kind !== NodeKind.ClassDef) return UNKNOWN;
  const type = documentationOf(cls.body, scope).parameters.get(arg)?.type;
  return type === undefined ? UNKNOWN : typeValues(context, type, scope);
}

/** Instances of what the docstring of a function says that it gives. */
export function documentedResult(context: Context, node: FunctionDef, scope: EvaluationScope): Values {
  const { returns } = documentationOf(node.body, scope);
  return returns === undefined ? UNKNOWN : typeValues(context, returns, scope);
}

/** Longer texts are prose. */
const MOST_TEXT = 200;

/** Roles, quotes and brackets of markup around names: :class:`~a.B`, ``B``, L{B}, C{B}. */
const MARKUP = /:(?:py:)?\w+:`[~!]?([^`<>]*)`|`{1,2}~?([^`]*)`{1,2}|\b[LC]\{([^{}]*)\}/g;

const NAMES: ReadonlyMap<string, string> = new Map([
  ['string', 'str'],
  ['unicode', 'str'],
  ['text', 'str'],
  ['integer', 'int'],
  ['boolean', 'bool'],
  ['dictionary', 'dict'],
  ['none', 'None'],
]);

function typeValues(context: Context, text: string, scope: EvaluationScope): Values {
  if (text.length > MOST_TEXT) return UNKNOWN;
  const plain = text
    .replace(
      MARKUP,
      (_, role: string | undefined, quoted: string | undefined, braces: string | undefined) =>
        role ?? quoted ?? braces ?? '',
    )
    .replace(/[,;]?\s*\(?\b(?:optional|required|default\b.*|keyword[- ]only)\)?\s*$/i, '');
  const found = alternatives(plain).map(part => partValues(context, part, scope));
  return unite(...found);
}

/** `a or b`, `a, b`, `a | b`: split outside of brackets. */
function alternatives(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const piece of text.split(/([[\](){}]|\s+or\s+|\s*[|,/]\s*)/)) {
    if (/^[[({]$/.test(piece)) depth++;
    else if (/^[\])}]$/.test(piece)) depth--;
    else if (depth === 0 && /^(?:\s+or\s+|\s*[|,/]\s*)$/.test(piece)) {
      parts.push(part);
      part = '';
      continue;
    }
    part += piece;
  }
  return [...parts, part];
}

function partValues(context: Context, text: string, scope: EvaluationScope): Values {
  const part = text
    .trim()
    .replace(/^(?:an?|the|instance of|or)\s+/i, '')
    .replace(/\.$/, '');
  if (/^\{\s*['"]/.test(part)) return context.instance('builtins.str');
  const container = /^(list|set|tuple|frozenset|sequence|iterable)s?\s+of\s+(.+?)s?$/i.exec(part);
  if (container) {
    const cls = CONTAINERS.get(container[1].toLowerCase());
    return cls === undefined
      ? UNKNOWN
      : context.instance(cls, { args: [partValues(context, container[2], scope)] });
  }
  const name = NAMES.get(part.toLowerCase()) ?? part;
  if (!/^[A-Za-z_][\w.]*(?:\[.*\])?$/.test(name)) return UNKNOWN;
  const { module } = scope;
  const top = module.analysis.symbolTable.top;
  const place: EvaluationScope = { module, entry: top, offset: Infinity, frame: undefined };
  const expression = parseExpression(name, module.analysis.target);
  const values = expression ? context.annotation(expression, place) : UNKNOWN;
  return values.length > 0 || !expression ? values : byFullName(context, expression, scope);
}

const CONTAINERS: ReadonlyMap<string, string> = new Map([
  ['list', 'builtins.list'],
  ['set', 'builtins.set'],
  ['frozenset', 'builtins.frozenset'],
  ['sequence', 'builtins.list'],
]);

/** `package.module.Class`, which the module itself need not import. */
function byFullName(context: Context, node: Expression, { module }: EvaluationScope): Values {
  if (node.kind !== NodeKind.Attribute) return UNKNOWN;
  const path = dotted(node.value);
  const owner = path === undefined ? undefined : context.modules.module(path, module);
  if (!owner) return UNKNOWN;
  return context
    .moduleMember(owner, node.attr)
    .flatMap((value): Values => (value.type === 'class' ? [{ type: 'instance', class: value.class }] : []));
}

function dotted(node: Expression): string | undefined {
  if (node.kind === NodeKind.Name) return node.id;
  const before = node.kind === NodeKind.Attribute ? dotted(node.value) : undefined;
  return before === undefined || node.kind !== NodeKind.Attribute ? undefined : `${before}.${node.attr}`;
}
