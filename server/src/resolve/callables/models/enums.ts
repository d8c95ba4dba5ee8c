// Enumerations: how their classes are called, and those that a call makes. CPython: Lib/enum.py, class EnumType.
import { NodeKind } from '../../../python/ast/kinds.ts';
import type { Expression } from '../../../python/ast/expressions.ts';
import type { Statement } from '../../../python/ast/nodes.ts';
import { ConstantType } from '../../../python/constants/values.ts';
import { ParameterKind } from '../../../python/inspect/parameter.ts';
import type { Signature } from '../../../python/inspect/signature.ts';
import { inherits, mroOf } from '../../classes/mro.ts';
import { className, moduleName } from '../../classes/names.ts';
import type {
  Class,
  ClassValue,
  Evaluator,
  SourceClass,
  SourceModule,
  SyntheticClass,
  Values,
} from '../../values.ts';
import { argumentExpression, type Arguments, stringOf, stringsOf } from '../arguments.ts';
import { asStaticMethod } from './generate.ts';
import { classOfCall, definitionOf } from './classOfCall.ts';

/** What `__signature__` of an enumeration is, in versions that have it: with members it is looked up by value. */
export function enumSignature(evaluator: Evaluator, cls: Class): Signature | undefined {
  if (evaluator.modules.target.dialect.library.enumSignature !== 'members') return undefined;
  if (!inherits(evaluator, cls, 'enum.Enum')) return undefined;
  const hasMembers = mroOf(evaluator, cls).classes[0].kind === 'synthetic' || namesMembers(cls);
  if (hasMembers) return { parameters: [{ name: 'values', kind: ParameterKind.VAR_POSITIONAL }] };
  const only = (name: string, value: string) => ({ name, kind: ParameterKind.KEYWORD_ONLY, default: value });
  return {
    parameters: [
      { name: 'new_class_name', kind: ParameterKind.POSITIONAL_ONLY },
      { name: 'names', kind: ParameterKind.POSITIONAL_OR_KEYWORD },
      only('module', 'None'),
      only('qualname', 'None'),
      only('type', 'None'),
      only('start', '1'),
      only('boundary', 'None'),
    ],
  };
}

/** Whether the body of an enumeration binds any member: a name without underscores to something that is no method. */
function namesMembers(cls: Class): boolean {
  if (cls.kind !== 'source') return false;
  const isMember = (target: Expression): boolean =>
    target.kind === NodeKind.Name
      ? !target.id.startsWith('_')
      : target.kind === NodeKind.Tuple && target.elts.some(isMember);
  const has = (body: readonly Statement[]): boolean =>
    body.some(statement => {
      switch (statement.kind) {
        case NodeKind.Assign:
          return statement.targets.some(isMember);
        case NodeKind.AnnAssign:
          return statement.value !== null && isMember(statement.target);
        case NodeKind.If:
        case NodeKind.For:
          return has(statement.body) || has(statement.orelse);
        default:
          return false;
      }
    });
  return has(cls.node.body);
}

/** `Enum('Color', 'RED GREEN')`; undefined for other calls of an enumeration: they look a member up. */
export function functionalEnum(
  evaluator: Evaluator,
  { written }: Arguments,
  base: ClassValue,
): Values | undefined {
  if (!written) return undefined;
  const { call, scope } = written;
  const nameArgument = argumentExpression(call, 0, 'value');
  const namesArgument = argumentExpression(call, 1, 'names');
  if (!nameArgument || !namesArgument) return undefined;
  const name = stringOf(evaluator.evaluate(nameArgument, scope));
  if (name === undefined) return [];
  const joined = stringOf(evaluator.evaluate(namesArgument, scope));
  const names = joined?.replaceAll(',', ' ').split(/\s+/) ?? stringsOf(evaluator, namesArgument, scope) ?? [];
  const value = classOfCall(evaluator, written, name, () => {
    const members = new Map<string, Values>();
    const cls: SyntheticClass = {
      kind: 'synthetic',
      name,
      module: scope.module.name,
      bases: [base.class],
      members,
      definition: definitionOf(written),
    };
    for (const member of names) members.set(member, [{ type: 'instance', class: cls }]);
    return cls;
  });
  return [value];
}

/** `IntEnum._convert_('Signals', __name__, filter)` puts an enumeration into its module. CPython: EnumType._convert_() */
export function convertedEnum(evaluator: Evaluator, module: SourceModule, name: string): Values {
  const { module: root, symbolTable } = module.analysis;
  const scope = { module, entry: symbolTable.top, offset: Infinity, frame: undefined };
  for (const { value: call } of root.body.filter(isExpressionStatement)) {
    if (
      call.kind !== NodeKind.Call ||
      call.func.kind !== NodeKind.Attribute ||
      call.func.attr !== '_convert_'
    )
      continue;
    const [first, second] = call.args;
    if (!isText(first, name) || second?.kind !== NodeKind.Name || second.id !== '__name__') continue;
    const [base] = evaluator.evaluate(call.func.value, scope);
    if (base?.type !== 'class') continue;
    const written = { call, scope };
    return [
      classOfCall(evaluator, written, name, () => ({
        kind: 'synthetic',
        name,
        module: moduleName(module),
        bases: [base.class],
        members: new Map(),
        definition: definitionOf(written),
      })),
    ];
  }
  return [];
}

const isExpressionStatement = (
  statement: Statement,
): statement is Extract<Statement, { kind: NodeKind.Expr }> => statement.kind === NodeKind.Expr;

const isText = (node: Expression | undefined, text: string): boolean =>
  node?.kind === NodeKind.Constant && node.value.type === ConstantType.Str && node.value.value === text;

// ---- Members ---------------------------------------------------------------------------------------------------

/** What an enumeration takes from its base if a data type would bring it. CPython: EnumType.__new__() */
const TAKEN = new Set(['__repr__', '__str__', '__format__', '__reduce_ex__']);

const FLAG_OPERATORS = new Set([
  '__or__',
  '__and__',
  '__xor__',
  '__ror__',
  '__rand__',
  '__rxor__',
  '__invert__',
]);

const MADE = new Set(['__new__', '__new_member__', '_new_member_', '_value_repr_']);

/**
 * A member that an enumeration has though its body does not bind it: `__new__` looks members up whatever the body says,
 * the body's own is `__new_member__`.
 */
export function enumMember(evaluator: Evaluator, cls: SourceClass, name: string, written: Values): Values {
  if (!MADE.has(name) && !TAKEN.has(name) && !FLAG_OPERATORS.has(name)) return written;
  if (name === '_new_member_') return memberFactory(evaluator, cls) ?? written;
  if (!isEnumeration(evaluator, cls)) return written;
  switch (name) {
    case '__new__':
      return rootMember(evaluator, 'enum.Enum', name, written);
    case '__new_member__':
      return evaluator.ownMember(cls, '__new__');
    case '_value_repr_':
      return evaluator.modules.target.dialect.library.enumKeepsFactories ? dataRepr(evaluator, cls) : written;
    default:
      if (written.length > 0) return written;
      if (FLAG_OPERATORS.has(name)) {
        const { flagOperators } = evaluator.modules.target.dialect.library;
        return flagOperators && inherits(evaluator, cls, 'enum.Flag')
          ? rootMember(evaluator, 'enum.Flag', name, written)
          : written;
      }
      return hidesBase(evaluator, cls, name)
        ? rootMember(evaluator, baseName(evaluator, cls), name, written)
        : written;
  }
}

/** `_new_member_`: the `__new__` that makes members, of the class itself or of what it inherits from. CPython: EnumType._find_new_() */
function memberFactory(evaluator: Evaluator, cls: SourceClass): Values | undefined {
  if (!evaluator.modules.target.dialect.library.enumKeepsFactories) return undefined;
  if (!inherits(evaluator, cls, 'enum.Enum')) return undefined;
  for (const base of mroOf(evaluator, cls).classes) {
    if (base !== cls && className(base) === 'enum.Enum') return undefined;
    const values = base.kind === 'source' ? evaluator.ownMember(base, '__new__') : [];
    if (values.length > 0) return values.map(asStaticMethod);
  }
  return undefined;
}

/** `_value_repr_`: the `__repr__` of the data type. CPython: EnumType._find_data_repr_() */
function dataRepr(evaluator: Evaluator, cls: SourceClass): Values {
  for (const base of mroOf(evaluator, cls).classes.slice(1)) {
    if (inherits(evaluator, base, 'enum.Enum') || className(base) === 'builtins.object') continue;
    const values = evaluator.ownMember(base, '__repr__');
    if (values.length > 0) return values;
  }
  return [];
}

const ROOTS = new Set([
  'enum.Enum',
  'enum.Flag',
  'enum.ReprEnum',
  'enum.IntEnum',
  'enum.IntFlag',
  'enum.StrEnum',
]);

/** Whether a class is an enumeration, but not Enum itself. */
function isEnumeration(evaluator: Evaluator, cls: SourceClass): boolean {
  return className(cls) !== 'enum.Enum' && inherits(evaluator, cls, 'enum.Enum');
}

/** The last of the bases, whose methods count. */
function baseName(evaluator: Evaluator, cls: Class): string {
  return (
    mroOf(evaluator, cls)
      .classes.slice(1)
      .map(className)
      .find(
        name =>
          ROOTS.has(name) && name !== 'enum.IntEnum' && name !== 'enum.IntFlag' && name !== 'enum.StrEnum',
      ) ?? 'enum.Enum'
  );
}

/** Whether a class without source comes first with a method. */
function hidesBase(evaluator: Evaluator, cls: SourceClass, name: string): boolean {
  for (const base of mroOf(evaluator, cls).classes.slice(1)) {
    if (evaluator.ownMember(base, name).length > 0) return base.kind === 'class';
  }
  return false;
}

function rootMember(evaluator: Evaluator, root: string, name: string, otherwise: Values): Values {
  const cls = evaluator.builtinClass(root);
  if (!cls) return otherwise;
  for (const base of mroOf(evaluator, cls).classes) {
    const values = evaluator.ownMember(base, name);
    if (values.length > 0) return values;
  }
  return otherwise;
}

/** What looking a member up on an enumeration gives: an instance of it, if it is a value and no function or descriptor. */
export function enumValue(evaluator: Evaluator, owner: Class, name: string, values: Values): Values {
  if (owner.kind !== 'source' || name.startsWith('_') || !isEnumeration(evaluator, owner)) return values;
  if (!values.every(value => value.type === 'instance')) return values;
  return [{ type: 'instance', class: owner }];
}

// ---- What members have ---------------------------------------------------------------------------------------------

/**
 * `name` and `value` of a member, of which nobody says which one it is; undefined if the class is no enumeration, or has
 * such an attribute from elsewhere. `owner` is the class that has it.
 */
export function enumAttribute(
  evaluator: Evaluator,
  cls: Class,
  name: string,
  owner: Class | undefined,
): Values | undefined {
  const isName = name === 'name' || name === '_name_';
  if (!isName && name !== 'value' && name !== '_value_') return undefined;
  if (cls.kind === 'class' || (owner && !ROOTS.has(className(owner)))) return undefined;
  if (ROOTS.has(className(cls)) || !inherits(evaluator, cls, 'enum.Enum')) return undefined;
  return isName ? instanceOf(evaluator, 'builtins.str') : valuesOfMembers(evaluator, cls);
}

function instanceOf(evaluator: Evaluator, name: string): Values {
  const cls = evaluator.builtinClass(name);
  return cls ? [{ type: 'instance', class: cls }] : [];
}

/** An instance of the data type that is mixed in, or else what the body binds; empty if any of that is not known. */
function valuesOfMembers(evaluator: Evaluator, cls: Class): Values {
  if (inherits(evaluator, cls, 'enum.Flag')) return instanceOf(evaluator, 'builtins.int');
  const { classes, complete } = mroOf(evaluator, cls);
  if (!complete) return [];
  const written = classes.filter(base => base.kind !== 'class' && !ROOTS.has(className(base)));
  if (written.some(base => evaluator.ownMember(base, '__new__').length > 0)) return [];
  const [data] = classes.filter(
    base => base.kind === 'class' && base.module === 'builtins' && base.qualname !== 'object',
  );
  if (data) return [{ type: 'instance', class: data }];
  if (written.some(base => !inherits(evaluator, base, 'enum.Enum'))) return [];
  const [holder] = written;
  if (holder?.kind !== 'source') return [];
  const counts = written.some(base => evaluator.ownMember(base, '_generate_next_value_').length > 0);
  const found = new Map<Class, Values[number]>();
  for (const statement of holder.node.body) {
    if (statement.kind !== NodeKind.Assign) continue;
    const [target] = statement.targets;
    if (target.kind === NodeKind.Name && target.id.startsWith('_')) continue;
    const scope = { module: holder.module, entry: holder.entry, offset: statement.end, frame: undefined };
    const values = target.kind === NodeKind.Name ? evaluator.evaluate(statement.value, scope) : [];
    if (values.length === 0) return [];
    for (const value of values) {
      if (value.type !== 'instance') continue;
      const isAuto = className(value.class) === 'enum.auto';
      if (isAuto && counts) return [];
      const [plain] = isAuto ? instanceOf(evaluator, 'builtins.int') : [value];
      if (plain?.type === 'instance') found.set(plain.class, { ...plain, constant: undefined });
    }
  }
  return [...found.values()];
}
