// What repr() makes of a default that is no literal: constants by name, classes, functions and methods that are
// compiled into CPython. What has an address in its repr(), or may be something else when the def runs, is left to the
// source's text.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { Expression } from '../../python/ast/expressions.ts';
import { repr } from '../../python/constants/repr.ts';
import { ConstantType } from '../../python/constants/values.ts';
import { BlockType, Scope } from '../../python/symtable/flags.ts';
import type { BundledFunction } from '../bundled/library.ts';
import { metaclassOf, mroOf } from '../classes/mro.ts';
import { classModule, className, classQualname } from '../classes/names.ts';
import type { Class, ClassValue, Evaluator, EvaluationScope, Value } from '../values.ts';
import { constantOf } from './constants.ts';

/** repr() of what an expression is; undefined where that is not known or tells an address. */
export function defaultRepr(
  evaluator: Evaluator,
  node: Expression,
  scope: EvaluationScope,
): string | undefined {
  const constant = constantOf(evaluator, node, scope);
  if (constant) {
    // A frozenset is shown by its own order, which depends on hashes.
    if (constant.type === ConstantType.FrozenSet) return undefined;
    return repr(constant, scope.module.analysis.target.dialect.tokenizer.unicode);
  }
  if (!isGlobal(node, scope)) return undefined;
  const values = evaluator.evaluate(node, scope);
  return values.length === 1 ? valueRepr(evaluator, values[0]) : undefined;
}

/** Whether a name, or a name's attribute, is no variable of a function: calls give those other values. */
function isGlobal(node: Expression, { entry }: EvaluationScope): boolean {
  let root = node;
  while (root.kind === NodeKind.Attribute) root = root.value;
  if (root.kind !== NodeKind.Name) return false;
  switch (entry.scope(root.id)) {
    case Scope.GLOBAL_EXPLICIT:
    case Scope.GLOBAL_IMPLICIT:
      return true;
    case Scope.FREE:
      return false;
    default:
      return entry.type !== BlockType.Function;
  }
}

function valueRepr(evaluator: Evaluator, value: Value): string | undefined {
  if (value.type === 'class') return classRepr(evaluator, value);
  return value.type === 'builtin' ? builtinRepr(value.function) : undefined;
}

/** CPython: type_repr() */
function classRepr(evaluator: Evaluator, value: ClassValue): string | undefined {
  const { class: cls, args, elements, isTypingAlias, rebuilt, opaqueDecorators } = value;
  if (args || elements || isTypingAlias || rebuilt || opaqueDecorators) return undefined;
  // Some are functions in some versions.
  if (classModule(cls) === 'typing') return undefined;
  const metaclass = mroOf(evaluator, cls).complete ? metaclassOf(evaluator, cls) : undefined;
  if (!metaclass || !isShownByType(evaluator, metaclass)) return undefined;
  return `<class '${classModule(cls) === 'builtins' ? classQualname(cls) : className(cls)}'>`;
}

/** Whether instances of a metaclass are shown as `type` shows classes. */
function isShownByType(evaluator: Evaluator, metaclass: Class): boolean {
  const { classes, complete } = mroOf(evaluator, metaclass);
  const shower = classes.find(cls => evaluator.ownMember(cls, '__repr__').length > 0);
  return complete && shower !== undefined && className(shower) === 'builtins.type';
}

/** CPython: meth_repr(), method_repr() */
function builtinRepr({ kind, type, module, qualname }: BundledFunction): string | undefined {
  const [owner, method, ...others] = qualname.split('.');
  if (kind === 'function' && type === 'builtins.builtin_function_or_method' && method === undefined)
    return `<built-in function ${qualname}>`;
  // A method of a class: its type's own name may be another one elsewhere.
  if (kind !== 'method' || module !== 'builtins' || method === undefined || others.length > 0)
    return undefined;
  return type === 'builtins.method_descriptor' ? `<method '${method}' of '${owner}' objects>` : undefined;
}
