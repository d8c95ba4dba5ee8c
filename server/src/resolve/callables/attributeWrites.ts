// Where a module's statements change what inspect.signature() reads of functions: `f.__defaults__ = (1,)`,
// `del C.m.__wrapped__`, `setattr(f, '__signature__', s)`. One walk over the module, kept with its tree.
import type { Call, Expression } from '../../python/ast/expressions.ts';
import { ExprContext, NodeKind } from '../../python/ast/kinds.ts';
import type { Node, Statement } from '../../python/ast/nodes.ts';
import { isFunction } from '../../python/ast/parts.ts';
import { forEachChild, walk } from '../../python/ast/visitor.ts';
import { ConstantType } from '../../python/constants/values.ts';
import type { Analysis } from '../../python/index.ts';

/** The attributes that a function's signature is made of. */
const ATTRIBUTES = [
  '__annotate__',
  '__annotations__',
  '__code__',
  '__defaults__',
  '__kwdefaults__',
  '__signature__',
  '__text_signature__',
  '__wrapped__',
] as const;

export type SignatureAttribute = (typeof ATTRIBUTES)[number];

/** What a function is left with: a value, nothing, or what is not known. */
export type Effect =
  | { readonly type: 'set'; readonly value: Expression }
  | { readonly type: 'deleted' }
  | { readonly type: 'unknown' };

export interface AttributeWrite {
  readonly attribute: SignatureAttribute;
  /** Whose attribute it is. */
  readonly receiver: Expression;
  readonly effect: Effect;
  /** The module, class or function whose body it stands in. */
  readonly block: Node;
  /** The statements that it is one of. */
  readonly list: readonly Statement[];
}

/** Writes in the order of the source. */
interface Writes {
  /** By the last name of the receiver: `m` of `C.m`. */
  readonly byName: ReadonlyMap<string, readonly AttributeWrite[]>;
  /** Those whose receiver has the name of no def of the module, or none at all. */
  readonly aliases: readonly AttributeWrite[];
}

const NONE: readonly AttributeWrite[] = [];
const NO_WRITES: Writes = { byName: new Map(), aliases: NONE };
const MENTIONS = new RegExp(ATTRIBUTES.join('|'));
const KNOWN = new WeakMap<Analysis, Writes>();
const UNKNOWN: Effect = { type: 'unknown' };

/** The writes that may be on a function of this name, in the order of the source. */
export function writesOn(analysis: Analysis, name: string | undefined): readonly AttributeWrite[] {
  let writes = KNOWN.get(analysis);
  if (!writes) KNOWN.set(analysis, (writes = MENTIONS.test(analysis.text) ? writesIn(analysis) : NO_WRITES));
  const named = name === undefined ? NONE : (writes.byName.get(name) ?? NONE);
  if (writes.aliases.length === 0) return named;
  return [...named, ...writes.aliases].sort((a, b) => a.receiver.start - b.receiver.start);
}

function writesIn({ module }: Analysis): Writes {
  const defined = new Set<string>();
  const found: AttributeWrite[] = [];
  // Depth of blocks and statements is bounded by the parser.
  const visitList = (list: readonly Statement[], block: Node): void => {
    for (const statement of list) {
      if (isFunction(statement)) defined.add(statement.name);
      const inner = isFunction(statement) || statement.kind === NodeKind.ClassDef ? statement : block;
      const add: Add = (attribute, receiver, effect) =>
        found.push({ attribute, receiver, effect, block, list });
      if (inner === block) visitStatement(statement, add);
      for (const body of bodiesOf(statement)) visitList(body, inner);
    }
  };
  visitList(module.body, module);
  const byName = new Map<string, AttributeWrite[]>();
  const aliases: AttributeWrite[] = [];
  for (const write of found.sort((a, b) => a.receiver.start - b.receiver.start)) {
    const name = lastName(write.receiver);
    if (name === undefined || !defined.has(name)) aliases.push(write);
    else {
      const others = byName.get(name);
      if (others) others.push(write);
      else byName.set(name, [write]);
    }
  }
  return { byName, aliases };
}

function lastName(node: Expression): string | undefined {
  if (node.kind === NodeKind.Name) return node.id;
  return node.kind === NodeKind.Attribute ? node.attr : undefined;
}

/** The lists of statements that a statement holds. */
function bodiesOf(statement: Statement): (readonly Statement[])[] {
  const bodies: (readonly Statement[])[] = [];
  const take = (holder: object): void => {
    for (const name of ['body', 'orelse', 'finalbody'] as const) {
      if (name in holder) bodies.push((holder as Record<typeof name, readonly Statement[]>)[name]);
    }
  };
  take(statement);
  if ('handlers' in statement) statement.handlers.forEach(take);
  if ('cases' in statement) statement.cases.forEach(take);
  return bodies;
}

// ---- Statements --------------------------------------------------------------------------------------------------

type Add = (attribute: SignatureAttribute, receiver: Expression, effect: Effect) => void;

const attributeNamed = (name: string): SignatureAttribute | undefined =>
  ATTRIBUTES.find(attribute => attribute === name);

/** What a statement without its bodies writes. */
function visitStatement(statement: Statement, add: Add): void {
  const told = new Set<Node>();
  const tell = (target: Node, effect: Effect): void => {
    if (target.kind !== NodeKind.Attribute) return;
    const attribute = attributeNamed(target.attr);
    if (!attribute || told.has(target)) return;
    told.add(target);
    add(attribute, target.value, effect);
  };
  switch (statement.kind) {
    case NodeKind.Assign:
      for (const target of statement.targets) tell(target, { type: 'set', value: statement.value });
      break;
    case NodeKind.AnnAssign:
      if (statement.value) tell(statement.target, { type: 'set', value: statement.value });
      else told.add(statement.target);
      break;
    case NodeKind.Delete:
      for (const target of statement.targets) tell(target, { type: 'deleted' });
      break;
    case NodeKind.Expr:
      if (statement.value.kind === NodeKind.Call) {
        const write = setattrOf(statement.value);
        if (write) {
          told.add(statement.value);
          add(write.attribute, write.receiver, write.effect);
        }
      }
      break;
    default:
  }
  const bodies = new Set<Node>(bodiesOf(statement).flat());
  forEachChild(statement, child => {
    if (bodies.has(child)) return;
    if (child.kind === NodeKind.ExceptHandler || child.kind === NodeKind.MatchCase) return;
    walk(child, node => {
      visitExpression(node, told, tell, add);
    });
  });
}

function visitExpression(
  node: Node,
  told: ReadonlySet<Node>,
  tell: (target: Node, effect: Effect) => void,
  add: Add,
): void {
  switch (node.kind) {
    case NodeKind.Attribute:
      if (node.ctx !== ExprContext.Load) tell(node, UNKNOWN);
      break;
    case NodeKind.Subscript:
      // `f.__annotations__['x'] = int`
      if (node.ctx !== ExprContext.Load) tell(node.value, UNKNOWN);
      break;
    case NodeKind.Call: {
      const write = told.has(node) ? undefined : setattrOf(node);
      if (write) add(write.attribute, write.receiver, UNKNOWN);
      // `f.__kwdefaults__.update(…)`
      else if (node.func.kind === NodeKind.Attribute && !READS.has(node.func.attr))
        tell(node.func.value, UNKNOWN);
      break;
    }
    default:
  }
}

/** Methods of these attributes that leave them as they are. */
const READS = new Set(['copy', 'get', 'items', 'keys', 'values', 'index', 'count', 'replace', 'parameters']);

/** `setattr(f, '__defaults__', value)`, `delattr(f, '__defaults__')` */
function setattrOf({
  func,
  args,
}: Call): Pick<AttributeWrite, 'attribute' | 'receiver' | 'effect'> | undefined {
  if (func.kind !== NodeKind.Name || args.length < 2) return undefined;
  const [receiver, name] = args;
  const value = args.at(2);
  if (name.kind !== NodeKind.Constant || name.value.type !== ConstantType.Str) return undefined;
  const attribute = attributeNamed(name.value.value);
  if (!attribute) return undefined;
  if (func.id === 'delattr') return { attribute, receiver, effect: { type: 'deleted' } };
  return func.id === 'setattr' && value ? { attribute, receiver, effect: { type: 'set', value } } : undefined;
}
