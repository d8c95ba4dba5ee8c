// collections.namedtuple() and typing.NamedTuple: classes of tuples with names for their items.
// CPython: Lib/collections/__init__.py, namedtuple(); Lib/typing.py, NamedTupleMeta.
import { NodeKind } from '../../../python/ast/kinds.ts';
import type { Expression } from '../../../python/ast/expressions.ts';
import type { AnnAssign } from '../../../python/ast/nodes.ts';
import { ConstantType } from '../../../python/constants/values.ts';
import type { Parameter } from '../../../python/inspect/parameter.ts';
import { ParameterKind } from '../../../python/inspect/parameter.ts';
import {
  annotationOf,
  defaultText,
  type Signature,
  type SignatureContext,
} from '../../../python/inspect/signature.ts';
import type { LibraryDialect } from '../../../python/versions/libraryDialect.ts';
import type { BundledClass, BundledType } from '../../bundled/library.ts';
import { fullName } from '../../classes/names.ts';
import type {
  Class,
  Evaluator,
  EvaluationScope,
  SourceClass,
  SyntheticClass,
  Value,
  Values,
} from '../../values.ts';
import {
  argumentExpression,
  type Arguments,
  keywordExpression,
  literalFlag,
  stringOf,
  stringsOf,
} from '../arguments.ts';
import { signatureContext } from '../context.ts';
import { classOfCall, definitionOf } from './classOfCall.ts';
import { asClassMethod, asStaticMethod, generatedMethod, parametersNamed, SELF, STR } from './generate.ts';

/** One item. */
interface Item {
  readonly name: string;
  readonly parameter: Parameter;
  /** What instances have under the name; empty if it is not known. */
  readonly values: () => Values;
}

const TUPLE: BundledType = { type: 'instance', name: 'builtins.tuple', args: [] };
const DICT: BundledType = { type: 'instance', name: 'builtins.dict', args: [] };

/** The methods that every named tuple has, besides `__new__`. */
const METHODS: ReadonlyMap<string, { readonly parameters: string[]; readonly result: BundledType }> = new Map(
  [
    ['_replace', { parameters: ['/self', '**kwds'], result: SELF }],
    ['__repr__', { parameters: ['self'], result: STR }],
    ['_asdict', { parameters: ['self'], result: DICT }],
    ['__getnewargs__', { parameters: ['self'], result: TUPLE }],
  ],
);

/** What else is made for class statements. */
const MADE_NAMES = new Set(['__new__', '_make', '__replace__', '__annotate_func__']);

/** A member that a class of named tuples has of its items. */
function memberOf(evaluator: Evaluator, cls: Class, items: readonly Item[], name: string): Value | undefined {
  if (name === '__new__') {
    const first: Parameter = { name: '_cls', kind: ParameterKind.POSITIONAL_OR_KEYWORD };
    const signature: Signature = { parameters: [first, ...items.map(({ parameter }) => parameter)] };
    return asStaticMethod(generatedMethod(cls, name, signature, SELF));
  }
  if (name === '_make') return makeMethod(cls);
  if (name === '__annotate_func__') {
    if (!evaluator.modules.target.dialect.library.annotateFunction) return undefined;
    return asStaticMethod(generatedMethod(cls, name, { parameters: parametersNamed(['format']) }));
  }
  const replaces = name === '__replace__' && evaluator.modules.target.dialect.library.replaceMethod;
  const method = METHODS.get(replaces ? '_replace' : name);
  return (
    method && generatedMethod(cls, name, { parameters: parametersNamed(method.parameters) }, method.result)
  );
}

/** `_fields` */
function fieldsTuple(evaluator: Evaluator, items: readonly Item[]): Values {
  const [tuple, str] = [evaluator.builtinClass('builtins.tuple'), evaluator.builtinClass('builtins.str')];
  if (!tuple || !str) return [];
  const elements = items.map(({ name }): Values => [
    { type: 'instance', class: str, constant: { type: ConstantType.Str, value: name } },
  ]);
  return [{ type: 'instance', class: tuple, elements }];
}

const makeMethod = (cls: Class): Value =>
  asClassMethod(generatedMethod(cls, '_make', { parameters: parametersNamed(['cls', 'iterable']) }, SELF));

/** The same of a class without source that names its items: of its private methods nobody else tells. */
export function bundledTupleMember(cls: BundledClass, name: string): Value | undefined {
  const method = METHODS.get(name);
  if ((!method && name !== '_make') || !cls.mro.includes('builtins.tuple')) return undefined;
  const items = cls.signature?.parameters ?? [];
  if (items.length === 0 || items.some(item => !cls.member(item.name))) return undefined;
  return method
    ? generatedMethod(cls, name, { parameters: parametersNamed(method.parameters) }, method.result)
    : makeMethod(cls);
}

// ---- Classes of calls ------------------------------------------------------------------------------------------

function makeClass(
  evaluator: Evaluator,
  written: NonNullable<Arguments['written']>,
  name: string,
  items: readonly Item[],
): Values {
  const tuple = evaluator.builtinClass('builtins.tuple');
  if (!tuple) return [];
  const value = classOfCall(evaluator, written, name, () => {
    const members = new Map<string, Values>();
    const cls: SyntheticClass = {
      kind: 'synthetic',
      name,
      module: written.scope.module.name,
      bases: [tuple],
      members,
      definition: definitionOf(written),
    };
    for (const item of items) members.set(item.name, item.values());
    members.set('_fields', fieldsTuple(evaluator, items));
    const isTyped = items.some(({ parameter }) => parameter.annotation !== undefined);
    for (const member of [...MADE_NAMES, ...METHODS.keys()]) {
      if (member === '__annotate_func__' && !isTyped) continue;
      const value = memberOf(evaluator, cls, items, member);
      if (value) members.set(member, [value]);
    }
    return cls;
  });
  return [value];
}

/** `namedtuple(typename, field_names, *, rename=False, defaults=None, module=None)` */
export function namedTuple(evaluator: Evaluator, { written }: Arguments): Values | undefined {
  if (!written) return undefined;
  const { call, scope } = written;
  if (call.keywords.some(({ arg }) => arg === null)) return [];
  const name = argumentExpression(call, 0, 'typename');
  const names = argumentExpression(call, 1, 'field_names');
  const typename = name && stringOf(evaluator.evaluate(name, scope));
  const fields =
    names && fieldNames(evaluator, names, scope, literalFlag(keywordExpression(call, 'rename'), false));
  if (typename === undefined || !fields) return [];
  const defaults = fieldDefaults(keywordExpression(call, 'defaults'));
  if (!defaults) return [];
  const context = signatureContext(evaluator, scope);
  const firstDefault = fields.length - defaults.length;
  const items = fields.map((field, i): Item => {
    const value = defaults[i - firstDefault];
    const parameter: Parameter = { name: field, kind: ParameterKind.POSITIONAL_OR_KEYWORD };
    return {
      name: field,
      parameter: value ? { ...parameter, default: defaultText(value, context) } : parameter,
      values: () => [],
    };
  });
  return makeClass(evaluator, written, typename, items);
}

function fieldNames(
  evaluator: Evaluator,
  node: Expression,
  scope: EvaluationScope,
  rename: boolean | undefined,
): string[] | undefined {
  if (rename === undefined) return undefined;
  const joined = stringOf(evaluator.evaluate(node, scope));
  const names =
    joined === undefined
      ? stringsOf(evaluator, node, scope)
      : joined
          .replaceAll(',', ' ')
          .split(/\s+/)
          .filter(name => name !== '');
  if (!names || !rename) return names;
  const seen = new Set<string>();
  return names.map((name, i) => {
    const isValid = IDENTIFIER.test(name) && !KEYWORDS.has(name) && !seen.has(name);
    seen.add(name);
    return isValid ? name : `_${i}`;
  });
}

/** Without an underscore at the beginning. */
const IDENTIFIER = /^[\p{ID_Start}][\p{ID_Continue}]*$/u;

const KEYWORDS = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from ' +
    'global if import in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

/** The defaults as written; undefined where they are not known one by one. */
function fieldDefaults(node: Expression | undefined): readonly Expression[] | undefined {
  if (!node || (node.kind === NodeKind.Constant && node.value.type === ConstantType.None)) return [];
  if (node.kind !== NodeKind.Tuple && node.kind !== NodeKind.List) return repeated(node);
  return node.elts.some(element => element.kind === NodeKind.Starred) ? undefined : node.elts;
}

/** `(None,) * 3` */
function repeated(node: Expression): readonly Expression[] | undefined {
  if (node.kind !== NodeKind.BinOp || node.right.kind !== NodeKind.Constant) return undefined;
  const { left, right } = node;
  if (left.kind !== NodeKind.Tuple && left.kind !== NodeKind.List) return undefined;
  const count = right.value.type === ConstantType.Int ? Number(right.value.value) : -1;
  if (count < 0 || count > 1000) return undefined;
  return Array.from({ length: count }, () => left.elts).flat();
}

/** `NamedTuple('P', [('x', int), ('y', str)])` */
export function typedNamedTuple(evaluator: Evaluator, { written }: Arguments): Values | undefined {
  if (!written) return undefined;
  const { call, scope } = written;
  const [name, fields] = call.args;
  const typename = name && stringOf(evaluator.evaluate(name, scope));
  if (typename === undefined) return [];
  const items: Item[] = [];
  const add = (field: string, annotation: Expression): void => {
    const item = annotatedItem(evaluator, field, annotation, undefined, scope);
    const { namedTupleCallAnnotates } = evaluator.modules.target.dialect.library;
    const { name: label, kind } = item.parameter;
    items.push(namedTupleCallAnnotates ? item : { ...item, parameter: { name: label, kind } });
  };
  if (fields?.kind === NodeKind.List || fields?.kind === NodeKind.Tuple) {
    for (const pair of fields.elts) {
      if (pair.kind !== NodeKind.Tuple || pair.elts.length !== 2) return [];
      const field = stringOf(evaluator.evaluate(pair.elts[0], scope));
      if (field === undefined) return [];
      add(field, pair.elts[1]);
    }
  } else if (fields) return [];
  else for (const { arg, value } of call.keywords) if (arg !== null) add(arg, value);
  return makeClass(evaluator, written, typename, items);
}

// ---- Class statements ------------------------------------------------------------------------------------------

/** What the items of a named tuple are one by one; undefined of other classes. */
export function namedTupleElements(evaluator: Evaluator, cls: Class): readonly Values[] | undefined {
  if (cls.kind === 'class') return undefined;
  if (cls.kind === 'source')
    return isNamedTupleClass(evaluator, cls)
      ? itemsOf(evaluator, cls).map(({ values }) => values())
      : undefined;
  const [fields] = cls.members.get('_fields') ?? [];
  if (fields?.type !== 'instance' || !fields.elements) return undefined;
  return fields.elements.map(field => cls.members.get(stringOf(field) ?? '') ?? []);
}

/** The items of `class P(NamedTuple)`. */
function itemsOf(evaluator: Evaluator, cls: SourceClass): readonly Item[] {
  const scope: EvaluationScope = {
    module: cls.module,
    entry: cls.entry,
    offset: cls.node.end,
    frame: cls.scope.frame,
  };
  return cls.node.body
    .filter((statement): statement is AnnAssign => statement.kind === NodeKind.AnnAssign)
    .flatMap(({ target, annotation, value }) =>
      target.kind === NodeKind.Name
        ? [annotatedItem(evaluator, target.id, annotation, value ?? undefined, scope)]
        : [],
    );
}

/** A member that `class P(NamedTuple)` gets from its annotations. */
export function typedNamedTupleMember(
  evaluator: Evaluator,
  cls: SourceClass,
  name: string,
): Value | undefined {
  if (!MADE_NAMES.has(name) && !METHODS.has(name)) return undefined;
  if (!isNamedTupleClass(evaluator, cls)) return undefined;
  return memberOf(evaluator, cls, itemsOf(evaluator, cls), name);
}

/** Whether NamedTuple is one of the bases themselves. */
function isNamedTupleClass(evaluator: Evaluator, cls: SourceClass): boolean {
  return cls.node.bases.some(base => evaluator.evaluate(base, cls.scope).some(isNamedTuple));
}

const isNamedTuple = (value: Value): boolean => fullName(value) === 'typing.NamedTuple';

function annotatedItem(
  evaluator: Evaluator,
  name: string,
  annotation: Expression,
  value: Expression | undefined,
  scope: EvaluationScope,
): Item {
  const context = signatureContext(evaluator, scope);
  return {
    name,
    parameter: {
      name,
      kind: ParameterKind.POSITIONAL_OR_KEYWORD,
      default: value && defaultText(value, context),
      ...checkedAnnotation(annotation, context, evaluator.modules.target.dialect.library),
    },
    values: () => evaluator.annotation(annotation, scope),
  };
}

/** The annotation after typing._type_check(): None is its type, a string is a reference. */
function checkedAnnotation(
  node: Expression,
  context: SignatureContext,
  { namedTupleChecksTypes, unionRepr }: LibraryDialect,
): Pick<Parameter, 'annotation' | 'stringAnnotation'> {
  const written = annotationOf(node, context);
  if (!namedTupleChecksTypes) return written;
  if (written.annotation === 'None') return { annotation: 'NoneType' };
  if (written.stringAnnotation === undefined) return written;
  return {
    annotation: unionRepr === 'bar' ? written.stringAnnotation : `ForwardRef(${written.annotation})`,
  };
}
