// Names that a module's code binds by a text: `globals()['f'] = g`, `vars()[name] = …` in a class body,
// `setattr(C, name, …)`, also in loops over literals, and in functions that the module calls with literals.
import { NodeKind, Operator } from '../../python/ast/kinds.ts';
import type { Call, Expression } from '../../python/ast/expressions.ts';
import type { FunctionDef, Statement } from '../../python/ast/nodes.ts';
import { ConstantType } from '../../python/constants/values.ts';
import type { SymbolTableEntry } from '../../python/symtable/entry.ts';
import { BlockType } from '../../python/symtable/flags.ts';
import type { SourceModule } from '../values.ts';
import type { AttributeWrite } from './context.ts';

/** Where a name is bound to an expression: by a loop over a literal, or by a call. */
interface Item {
  readonly value: Expression;
  readonly entry: SymbolTableEntry;
}

type Environment = ReadonlyMap<string, Item>;

const NOTHING: Environment = new Map();
const MOST_WRITES = 2000;
const MOST_CALLS = 3;

/** Whether there can be any: most modules are not walked. */
export const mayWriteNames = (text: string): boolean =>
  text.includes('globals()') ||
  text.includes('vars()') ||
  text.includes('locals()') ||
  text.includes('setattr(');

/** What is bound by texts: names of the module by themselves, those of classes as `C.name`. */
export function namespaceWrites(module: SourceModule): Map<string, AttributeWrite[]> {
  const walk = new Walk(module);
  const { symbolTable, module: tree } = module.analysis;
  walk.statements(tree.body, symbolTable.top, '', NOTHING);
  return walk.writes;
}

class Walk {
  readonly writes = new Map<string, AttributeWrite[]>();
  private readonly functions = new Map<string, FunctionDef>();
  private count = 0;
  private calls = 0;

  constructor(private readonly module: SourceModule) {
    for (const node of module.analysis.module.body)
      if (node.kind === NodeKind.FunctionDef) this.functions.set(node.name, node);
  }

  /** `prefix` is `C.` in the body of a class. */
  statements(
    body: readonly Statement[],
    entry: SymbolTableEntry,
    prefix: string,
    environment: Environment,
  ): void {
    for (const node of body) {
      if (this.count > MOST_WRITES) return;
      this.statement(node, entry, prefix, environment);
    }
  }

  private statement(
    node: Statement,
    entry: SymbolTableEntry,
    prefix: string,
    environment: Environment,
  ): void {
    const inside = (body: readonly Statement[]): void => this.statements(body, entry, prefix, environment);
    switch (node.kind) {
      case NodeKind.Assign:
        for (const target of node.targets)
          if (target.kind === NodeKind.Subscript)
            this.item(target.value, target.slice, node.value, entry, prefix, environment);
        return;
      case NodeKind.Expr:
        if (node.value.kind === NodeKind.Call) this.call(node.value, entry, prefix, environment);
        return;
      case NodeKind.ClassDef: {
        const block = this.module.analysis.symbolTable.block(node);
        if (block && entry.type !== BlockType.Function)
          this.statements(node.body, block, `${prefix}${node.name}.`, environment);
        return;
      }
      case NodeKind.For:
        if (node.iter.kind === NodeKind.List || node.iter.kind === NodeKind.Tuple) {
          for (const item of node.iter.elts)
            this.statements(node.body, entry, prefix, bound(node.target, item, entry, environment));
        } else {
          inside(node.body);
        }
        inside(node.orelse);
        return;
      case NodeKind.If:
      case NodeKind.While:
        inside(node.body);
        inside(node.orelse);
        return;
      case NodeKind.With:
        inside(node.body);
        return;
      case NodeKind.Try:
        inside(node.body);
        for (const handler of node.handlers) inside(handler.body);
        inside(node.orelse);
        inside(node.finalbody);
        return;
      default:
    }
  }

  /** `namespace[key] = value` */
  private item(
    namespace: Expression,
    key: Expression,
    value: Expression,
    entry: SymbolTableEntry,
    prefix: string,
    environment: Environment,
  ): void {
    const around = namespacePrefix(namespace, entry, prefix);
    const name = around === undefined ? undefined : textOf(key, environment);
    if (name !== undefined) this.write(`${around}${name}`, value, entry, environment);
  }

  private call(node: Call, entry: SymbolTableEntry, prefix: string, environment: Environment): void {
    const { func, args } = node;
    if (func.kind === NodeKind.Attribute) {
      // globals().update({…})
      if (func.attr !== 'update' || args.length !== 1 || args[0].kind !== NodeKind.Dict) return;
      args[0].keys.forEach((key, i) => {
        const [dict] = args;
        if (key && dict.kind === NodeKind.Dict)
          this.item(func.value, key, dict.values[i], entry, prefix, environment);
      });
      return;
    }
    if (func.kind !== NodeKind.Name) return;
    if (func.id === 'setattr' && args.length === 3) {
      const [owner, key, value] = args;
      const name = owner.kind === NodeKind.Name ? textOf(key, environment) : undefined;
      if (owner.kind !== NodeKind.Name || name === undefined) return;
      const cls = environment.get(owner.id)?.value ?? owner;
      if (cls.kind === NodeKind.Name) this.write(`${cls.id}.${name}`, value, entry, environment);
      return;
    }
    const called = this.functions.get(func.id);
    const block = called && this.module.analysis.symbolTable.block(called);
    if (!called || !block || this.calls >= MOST_CALLS) return;
    this.calls++;
    this.statements(called.body, block, '', passed(called, node, entry, environment));
    this.calls--;
  }

  private write(name: string, value: Expression, entry: SymbolTableEntry, environment: Environment): void {
    this.count++;
    const item = (value.kind === NodeKind.Name && environment.get(value.id)) || { value, entry };
    const { start, end } = item.value;
    const known = this.writes.get(name) ?? [];
    known.push({
      binding: { type: 'assign', key: name, value: item.value, path: [], start, end },
      entry: item.entry,
      on: 'class',
    });
    this.writes.set(name, known);
  }
}

/** Whose names a namespace holds: '' of the module, `C.` of a class; undefined if it is none that is known. */
function namespacePrefix(node: Expression, entry: SymbolTableEntry, prefix: string): string | undefined {
  if (node.kind !== NodeKind.Call || node.func.kind !== NodeKind.Name || node.args.length > 0)
    return undefined;
  switch (node.func.id) {
    case 'globals':
      return '';
    case 'vars':
    case 'locals':
      return entry.type === BlockType.Function ? undefined : prefix;
    default:
      return undefined;
  }
}

/** What a loop's target is for one item of a literal. */
function bound(
  target: Expression,
  value: Expression,
  entry: SymbolTableEntry,
  around: Environment,
): Environment {
  const result = new Map(around);
  const bind = (to: Expression, from: Expression | undefined): void => {
    if (to.kind === NodeKind.Name) {
      if (from) result.set(to.id, { value: from, entry });
      else result.delete(to.id);
    } else if (to.kind === NodeKind.Tuple || to.kind === NodeKind.List) {
      const isSequence = from?.kind === NodeKind.Tuple || from?.kind === NodeKind.List;
      const items =
        isSequence && from.elts.length === to.elts.length && !from.elts.some(isStarred) ? from.elts : [];
      to.elts.forEach((inner, i) => {
        bind(inner, items[i]);
      });
    }
  };
  bind(target, value);
  return result;
}

const isStarred = ({ kind }: Expression): boolean => kind === NodeKind.Starred;

/** What the parameters of a called function are. */
function passed(
  { args: parameters }: FunctionDef,
  { args, keywords }: Call,
  entry: SymbolTableEntry,
  environment: Environment,
): Environment {
  const result = new Map<string, Item>();
  const names = [...parameters.posonlyargs, ...parameters.args].map(({ arg }) => arg);
  const set = (name: string, value: Expression): void => {
    const known = value.kind === NodeKind.Name ? environment.get(value.id) : undefined;
    result.set(name, known ?? { value, entry });
  };
  for (let i = 0; i < Math.min(args.length, names.length) && !isStarred(args[i]); i++) set(names[i], args[i]);
  for (const { arg, value } of keywords) if (arg !== null) set(arg, value);
  return result;
}

/** The text of a key that is made of literals. */
function textOf(node: Expression, environment: Environment, depth = 0): string | undefined {
  if (depth > MOST_CALLS) return undefined;
  const inner = (part: Expression): string | undefined => textOf(part, environment, depth + 1);
  switch (node.kind) {
    case NodeKind.Constant:
      return node.value.type === ConstantType.Str ? node.value.value : undefined;
    case NodeKind.Name: {
      const item = environment.get(node.id)?.value;
      return item?.kind === NodeKind.Constant ? inner(item) : undefined;
    }
    case NodeKind.BinOp: {
      const left = node.op === Operator.Add ? inner(node.left) : undefined;
      const right = left === undefined ? undefined : inner(node.right);
      return left === undefined || right === undefined ? undefined : left + right;
    }
    case NodeKind.JoinedStr: {
      const parts = node.values.map(part => {
        if (part.kind !== NodeKind.FormattedValue) return inner(part);
        return part.conversion === -1 && !part.format_spec ? inner(part.value) : undefined;
      });
      return parts.includes(undefined) ? undefined : parts.join('');
    }
    default:
      return undefined;
  }
}
