// PEP 695 and 696: the block around a generic def, class or type alias, and those of bounds and defaults.
// CPython: Python/symtable.c, symtable_enter_type_param_block() and symtable_visit_type_param().
import type { Expression } from '../ast/expressions.ts';
import type { ClassDef, FunctionDef, TypeAlias, TypeParam } from '../ast/nodes.ts';
import { NodeKind } from '../ast/kinds.ts';
import type { Builder } from './builder.ts';
import { BlockType, SymbolFlags } from './flags.ts';
import * as messages from './messages.ts';
import type { BlockRole } from './table.ts';

const { DEF_LOCAL, DEF_PARAM, USE, DEF_TYPE_PARAM } = SymbolFlags;

/** Enters the block around a generic definition; its type parameters are still to be visited. */
export function enterTypeParameters(
  b: Builder,
  node: FunctionDef | ClassDef | TypeAlias,
  name: string,
): void {
  const inClass = b.entry.type === BlockType.Class;
  b.enterBlock(BlockType.TypeParameters, name, node, 'typeParameters');
  if (inClass) {
    b.entry.canSeeClassScope = true;
    b.use('__classdict__', node);
  }
  if (node.kind === NodeKind.ClassDef) {
    b.addDef('.type_params', DEF_LOCAL | USE, node);
    b.addDef('.generic_base', DEF_LOCAL | USE, node);
  } else if (node.kind !== NodeKind.TypeAlias) {
    // There, with or without defaults.
    b.addDef('.defaults', DEF_PARAM, node);
    if (node.args.kw_defaults.some(value => value !== null)) b.addDef('.kwdefaults', DEF_PARAM, node);
  }
}

export function visitTypeParameter(b: Builder, node: TypeParam): void {
  b.enterRecursive(node);
  b.addDef(node.name, DEF_TYPE_PARAM | DEF_LOCAL, node);
  switch (node.kind) {
    case NodeKind.TypeVar: {
      const constraints = node.bound?.kind === NodeKind.Tuple && b.dialect.typeVariableInfo;
      const info = constraints ? 'a TypeVar constraint' : 'a TypeVar bound';
      visitBoundOrDefault(b, node, node.bound, 'blocks', info);
      visitBoundOrDefault(b, node, node.default_value, 'defaults', 'a TypeVar default');
      break;
    }
    case NodeKind.TypeVarTuple:
      visitBoundOrDefault(b, node, node.default_value, 'defaults', 'a TypeVarTuple default');
      break;
    case NodeKind.ParamSpec:
      visitBoundOrDefault(b, node, node.default_value, 'defaults', 'a ParamSpec default');
      break;
  }
  b.depth--;
}

function visitBoundOrDefault(
  b: Builder,
  node: TypeParam,
  value: Expression | null,
  role: BlockRole,
  scopeInfo: string,
): void {
  if (
    b.dialect.reservedTypeParameters.includes(node.name) &&
    (role === 'blocks' || node.kind !== NodeKind.TypeVar)
  ) {
    b.error(messages.reservedTypeParameter(node.name), node);
  }
  if (value === null) return;
  const inClass = b.entry.canSeeClassScope;
  b.enterBlock(BlockType.TypeVariable, node.name, node, role);
  b.entry.canSeeClassScope = inClass;
  if (inClass) b.use('__classdict__', value);
  b.scopeInfo = scopeInfo;
  b.visitExpression(value);
  b.exitBlock();
}
