// Hover on an attribute that the interpreter fills in, `f.__code__.co_varnames`, `C.__mro__`, `gen.gi_yieldfrom`: its
// value, where it is known whose it is. Nothing is said where it is not.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { Lambda, Attribute, Call, Expression, NamedExpr } from '../../python/ast/expressions.ts';
import type { ClassDef, FunctionDef, AnnAssign, Assign, Node } from '../../python/ast/nodes.ts';
import type { CodeObject } from '../../python/code/codeObject.ts';
import { CodeFlags } from '../../python/code/flags.ts';
import { foldConstant } from '../../python/constants/folding.ts';
import { docstring } from '../../python/inspect/doc.ts';
import { suspensionPoints } from '../../python/inspect/suspension.ts';
import { repr, reprStr } from '../../python/constants/repr.ts';
import type { Target } from '../../python/versions/target.ts';
import { callableOf } from '../../resolve/callable.ts';
import type { Analysis } from '../../python/index.ts';
import { Scope, SymbolFlags } from '../../python/symtable/flags.ts';
import { boundName } from '../../python/ast/parts.ts';
import { visitBlock } from '../../python/locate/bindings.ts';
import type { Occurrence } from '../../python/locate/occurrence.ts';
import type { Located, Span } from '../../python/locate/path.ts';
import { basesOf, mroOf } from '../../resolve/classes/mro.ts';
import { className, classModule, classQualname } from '../../resolve/classes/names.ts';
import type {
  Class,
  Evaluator,
  FunctionValue,
  EvaluationScope,
  SourceModule,
  Value,
  Values,
} from '../../resolve/values.ts';
import { wrappedFlags } from '../../resolve/inspect/definitions.ts';
import { flagNames } from '../codeObject/flags.ts';
import { bufferFlag, codeFlag } from '../../python/inspect/constants.ts';
import { code, excerpt, joined, marked, rich, type RichText, text } from '../richText.ts';

/** A value, and where its name stands. */
export interface AttributeText extends Span {
  readonly lines: readonly RichText[];
}

/** The value of the attribute that a path ends at, if its name is one of the interpreter's own. */
export function attributeText(
  evaluator: Evaluator,
  module: SourceModule,
  path: readonly Located[],
  offset: number,
): AttributeText | undefined {
  const { node, entry } = path[path.length - 1];
  if (node.kind !== NodeKind.Attribute) return undefined;
  const start = node.end - node.attr.length;
  if (offset < start) return undefined;
  const teller = new Teller(evaluator, { module, entry, offset: node.start, frame: undefined });
  const lines = teller.lines(node);
  return lines.length === 0 ? undefined : { start, end: node.end, lines };
}

/** What `CO_GENERATOR` is where `from inspect import CO_GENERATOR` binds it; nothing for any other name. */
export function importedConstant(
  { module, symbolTable, target }: Analysis,
  { name, entry }: Occurrence,
): RichText[] {
  const flag = codeFlag(name, target);
  const { top } = symbolTable;
  const isGlobal = entry === top || entry.scope(name) === Scope.GLOBAL_IMPLICIT;
  if (!flag || !isGlobal || (top.flags(name) & SymbolFlags.DEF_BOUND) !== SymbolFlags.DEF_IMPORT) return [];
  const isImported = module.body.some(
    node =>
      node.kind === NodeKind.ImportFrom &&
      node.module === 'inspect' &&
      node.level === 0 &&
      node.names.some(alias => alias.name === name && (alias.asname ?? name) === name),
  );
  return isImported ? bitLines(`inspect.${name}`, flag, target) : [];
}

/** More items of a tuple are counted, not shown. */
const SHOWN_ITEMS = 24;

class Teller {
  private readonly target: Target;

  constructor(
    private readonly evaluator: Evaluator,
    private readonly scope: EvaluationScope,
  ) {
    this.target = scope.module.analysis.target;
  }

  lines({ attr, value }: Attribute): RichText[] {
    if (attr.startsWith('co_')) return this.codeAttribute(attr, value);
    if (GENERATOR_ATTRIBUTE.test(attr)) return this.generatorAttribute(attr, value);
    const constant = this.inspectConstant(attr, value);
    if (constant) return constant;
    if (!/^__\w+__$/.test(attr)) return [];
    const one = only(this.evaluator.evaluate(value, this.scope));
    if (!one) return [];
    if (one.type === 'class') return this.classAttribute(attr, one);
    const found = functionOf(this.evaluator, one);
    return found ? this.functionAttribute(attr, found) : [];
  }

  private told(attr: string, whose: string, value: RichText): RichText[] {
    return [rich`${code(attr)} of ${code(whose)} · CPython ${this.target.version}`, value];
  }

  private str(value: string): string {
    return reprStr({ value }, this.target.dialect.tokenizer.unicode);
  }

  // ---- inspect.CO_GENERATOR --------------------------------------------------------------------------------------

  private inspectConstant(attr: string, value: Expression): RichText[] | undefined {
    const flag = codeFlag(attr, this.target);
    if (flag && this.isInspect(value)) return bitLines(`inspect.${attr}`, flag, this.target);
    if (value.kind !== NodeKind.Attribute || value.attr !== 'BufferFlags' || !this.isInspect(value.value))
      return undefined;
    const buffer = bufferFlag(attr);
    const there = this.evaluator.evaluate(value, this.scope).length > 0;
    return buffer && there ? bitLines(`inspect.BufferFlags.${attr}`, buffer, this.target) : undefined;
  }

  private isInspect(value: Expression): boolean {
    const one = only(this.evaluator.evaluate(value, this.scope));
    return one?.type === 'module' && one.module.name === 'inspect';
  }

  // ---- Functions and code objects ----------------------------------------------------------------------------------

  private functionAttribute(attr: string, { fn, code: object }: KnownFunction): RichText[] {
    const tell = (value: RichText): RichText[] => this.told(attr, object.qualname, value);
    switch (attr) {
      case '__code__':
        return tell(rich`${code(`<code object ${object.qualname}>`)}, line ${object.firstlineno}`);
      case '__name__':
        return tell(code(this.str(object.name)));
      case '__qualname__':
        return tell(code(this.str(object.qualname)));
      case '__module__':
        return tell(code(this.str(fn.module.name)));
      case '__defaults__':
      case '__kwdefaults__':
        return tell(code(this.defaults(fn, attr === '__kwdefaults__')));
      case '__annotations__':
        return tell(this.annotations(fn));
      case '__closure__':
        return tell(
          object.freevars.length === 0 ? code('None') : rich`cells of ${joined(object.freevars.map(code))}`,
        );
      case '__doc__':
        return tell(code(this.docstring(fn.node)));
      default:
        return [];
    }
  }

  /** `(1, None)`; what is no literal stands as it is written. */
  private defaults({ node, module }: FunctionValue, keywordOnly: boolean): string {
    const { text } = module.analysis;
    const { defaults, kwonlyargs, kw_defaults } = node.args;
    if (!keywordOnly)
      return defaults.length === 0 ? 'None' : tuple(defaults.map(value => this.text(value, text)));
    const items = kwonlyargs.flatMap(({ arg }, i) => {
      const value = kw_defaults[i];
      return value ? [`${this.str(arg)}: ${this.text(value, text)}`] : [];
    });
    return items.length === 0 ? 'None' : `{${cut(items, String).join(', ')}}`;
  }

  private docstring(node: FunctionDef | ClassDef | Lambda): string {
    const doc = node.kind === NodeKind.Lambda ? undefined : docstring(node.body, this.target.dialect.inspect);
    return doc === undefined ? 'None' : excerpt(this.str(doc), 200);
  }

  private text(node: Expression, text: string): string {
    const constant = foldConstant(node);
    if (constant) return repr(constant, this.target.dialect.tokenizer.unicode);
    return excerpt(text.slice(node.start, node.end));
  }

  private annotations(fn: FunctionValue): RichText {
    const signature = callableOf(this.evaluator, fn)?.signature;
    const items = (signature?.parameters ?? []).flatMap(({ name, annotation }) =>
      annotation === undefined ? [] : [rich`${code(name)}: ${code(annotation)}`],
    );
    const result = signature?.returnAnnotation;
    if (result !== undefined) items.push(rich`${code('return')}: ${code(result)}`);
    return items.length === 0 ? code('{}') : joined(cut(items, text));
  }

  /** `f.__code__.co_flags`, `gen.gi_code.co_name` */
  private codeAttribute(attr: string, value: Expression): RichText[] {
    const object = this.codeOf(value);
    const field = object && this.codeField(attr, object);
    return field ? this.told(attr, object.qualname, field) : [];
  }

  private codeOf(node: Expression): CodeObject | undefined {
    if (node.kind !== NodeKind.Attribute) return undefined;
    if (node.attr === '__code__') return this.functionNamed(node.value)?.code;
    if (/^(?:gi|cr|ag)_code$/.test(node.attr)) return this.generatorNamed(node.attr, node.value)?.code;
    return undefined;
  }

  private codeField(attr: string, object: CodeObject): RichText | undefined {
    const names = (all: readonly string[]): RichText => code(tuple(all.map(name => this.str(name))));
    switch (attr) {
      case 'co_name':
        return code(this.str(object.name));
      case 'co_qualname':
        return this.target.dialect.compiler.hasQualnameAttribute
          ? code(this.str(object.qualname))
          : undefined;
      case 'co_argcount':
      case 'co_posonlyargcount':
      case 'co_kwonlyargcount':
      case 'co_nlocals':
      case 'co_firstlineno':
        return code(String(object[attr.slice(3) as 'argcount']));
      case 'co_varnames':
      case 'co_cellvars':
      case 'co_freevars':
        return names(object[attr.slice(3) as 'varnames']);
      case 'co_flags':
        return rich`${code(String(object.flags))} = ${code(`0x${object.flags.toString(16)}`)}: ${joined(flagNames(object, true).map(code), ' · ')}`;
      default:
        return undefined;
    }
  }

  private functionNamed(node: Expression): KnownFunction | undefined {
    const one = only(this.evaluator.evaluate(node, this.scope));
    return one && functionOf(this.evaluator, one);
  }

  // ---- Generators, coroutines, asynchronous generators -----------------------------------------------------------

  /** `gen.gi_code`, `coro.cr_await` */
  private generatorAttribute(attr: string, value: Expression): RichText[] {
    const found = this.generatorNamed(attr, value);
    if (!found) return [];
    const { fn, code: object } = found;
    if (attr.endsWith('_code')) {
      return this.told(
        attr,
        `${object.qualname}()`,
        rich`${code(`<code object ${object.qualname}>`)}, line ${object.firstlineno}`,
      );
    }
    const { analysis } = fn.module;
    const points = suspensionPoints(analysis, fn.node);
    if (!points) return [];
    const delegates = points.flatMap(({ node, delegate }) => {
      if (!delegate) return [];
      const shown = excerpt(analysis.text.slice(delegate.start, delegate.end));
      return [rich`${code(shown)} (line ${analysis.lines.lineno(node.start)})`];
    });
    const told =
      delegates.length === 0
        ? rich`${code('None')}: it delegates to nothing`
        : rich`${code('None')}, or the iterator of ${joined(cut(delegates, text))}`;
    return this.told(attr, `${object.qualname}()`, told);
  }

  /** The function whose call an expression is, or the name's only binding, where it gives what the attribute is of. */
  private generatorNamed(attr: string, node: Expression): KnownFunction | undefined {
    const call = this.callOf(node);
    const found = call && this.functionNamed(call.func);
    const flag = GENERATOR_FLAGS[attr.slice(0, 2)];
    return found && (found.code.flags & flag) !== 0 ? found : undefined;
  }

  private callOf(node: Expression): Call | undefined {
    if (node.kind === NodeKind.Call) return node;
    if (node.kind !== NodeKind.Name) return undefined;
    const { module, entry } = this.scope;
    const calls: (Call | undefined)[] = [];
    visitBlock(module.analysis, entry, binding => {
      if (assigns(binding, node.id)) {
        calls.push(binding.value?.kind === NodeKind.Call ? binding.value : undefined);
      } else if (binding.kind !== NodeKind.Name && boundName(binding) === node.id) calls.push(undefined);
      return undefined;
    });
    return calls.length === 1 ? calls[0] : undefined;
  }

  // ---- Classes ---------------------------------------------------------------------------------------------------

  private classAttribute(attr: string, { class: cls }: Extract<Value, { type: 'class' }>): RichText[] {
    const tell = (value: RichText): RichText[] => this.told(attr, classQualname(cls), value);
    switch (attr) {
      case '__name__':
        return tell(code(this.str(cls.name)));
      case '__qualname__':
        return tell(code(this.str(classQualname(cls))));
      case '__module__':
        return tell(code(this.str(classModule(cls))));
      case '__mro__':
      case '__bases__': {
        const { classes, complete } = (attr === '__mro__' ? mroOf : basesOf)(this.evaluator, cls);
        const whole = complete && (attr === '__bases__' || classes.some(isObject));
        return whole ? tell(code(tuple(classes.map(shownClass)))) : [];
      }
      case '__doc__':
        return cls.kind === 'source' ? tell(code(this.docstring(cls.node))) : [];
      default:
        return [];
    }
  }
}

const isObject = (cls: Class): boolean => className(cls) === 'builtins.object';

/** As a signature shows a class. */
const shownClass = (cls: Class): string =>
  classModule(cls) === 'builtins' ? classQualname(cls) : className(cls);

const GENERATOR_ATTRIBUTE = /^(?:gi_(?:code|yieldfrom)|cr_(?:code|await)|ag_(?:code|await))$/;
const GENERATOR_FLAGS: Readonly<Record<string, CodeFlags>> = {
  gi: CodeFlags.GENERATOR,
  cr: CodeFlags.COROUTINE,
  ag: CodeFlags.ASYNC_GENERATOR,
};

// ---- Helpers ---------------------------------------------------------------------------------------------------

/** A function whose attributes are its own, and its code object. */
interface KnownFunction {
  readonly fn: FunctionValue;
  readonly code: CodeObject;
}

/** The function behind a value; a method lends its function's attributes. Undefined where a decorator changed them. */
function functionOf(evaluator: Evaluator, value: Value): KnownFunction | undefined {
  if (value.type === 'method') return functionOf(evaluator, value.function);
  if (value.type !== 'function') return undefined;
  const object = value.module.analysis.codeObjectOf(value.node);
  const flags = object && wrappedFlags(evaluator, value, object.flags);
  if (!object || flags === undefined) return undefined;
  return { fn: value, code: flags === object.flags ? object : { ...object, flags } };
}

const only = (values: Values): Value | undefined => (values.length === 1 ? values[0] : undefined);

function bitLines(
  name: string,
  { value, meaning }: { value: number; meaning: string },
  { version }: Target,
): RichText[] {
  return [
    rich`${code(name)} = ${code(String(value))} = ${code(`0x${value.toString(16)}`)} · CPython ${version}`,
    marked(meaning),
  ];
}

const tuple = (items: readonly string[]): string =>
  items.length === 1 ? `(${items[0]},)` : `(${cut(items, String).join(', ')})`;

/** The first items, and in words how many more there are. */
const cut = <Item>(items: readonly Item[], words: (more: string) => Item): readonly Item[] =>
  items.length <= SHOWN_ITEMS
    ? items
    : [...items.slice(0, SHOWN_ITEMS), words(`… ${items.length - SHOWN_ITEMS} more`)];

/** Whether a node assigns a value to a name alone. */
function assigns(node: Node, name: string): node is Assign | AnnAssign | NamedExpr {
  switch (node.kind) {
    case NodeKind.Assign:
      return node.targets.some(target => target.kind === NodeKind.Name && target.id === name);
    case NodeKind.AnnAssign:
    case NodeKind.NamedExpr:
      return node.target.kind === NodeKind.Name && node.target.id === name;
    default:
      return false;
  }
}
