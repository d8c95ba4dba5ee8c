// The types of results that have been seen in CPython, as values: `str.split()` gives a list of str.
import { repr } from '../../python/constants/repr.ts';
import { ConstantType } from '../../python/constants/values.ts';
import type { BundledClass, BundledFunction, BundledType, ResultType } from '../bundled/library.ts';
import { NodeKind } from '../../python/ast/kinds.ts';
import { functionQualname } from '../classes/names.ts';
import type { ClassValue, FunctionValue, InstanceValue, Value, Values } from '../values.ts';
import type { Arguments, Context } from './context.ts';
import { flatMap, UNKNOWN, unite, widen } from './unions.ts';

/** On what and with what something was called. */
export interface Circumstances {
  readonly self?: InstanceValue | ClassValue | undefined;
  readonly args?: Arguments | undefined;
}

export function bundledResult(context: Context, result: ResultType, around: Circumstances): Values {
  const isNone = (type: BundledType): boolean =>
    type.type === 'instance' && type.name === 'builtins.NoneType';
  // None is what is least asked about.
  const ordered = result.some(isNone)
    ? [...result.filter(type => !isNone(type)), ...result.filter(isNone)]
    : result;
  return unite(...ordered.map(type => typeValues(context, type, around)));
}

function typeValues(context: Context, type: BundledType, around: Circumstances): Values {
  const { self, args } = around;
  switch (type.type) {
    case 'instance': {
      const parts = type.args.map(part => bundledResult(context, part, around));
      if (type.name === 'builtins.tuple' && !type.variadic && parts.length > 0)
        return context.instance(type.name, { elements: parts });
      return context.instance(type.name, parts.length > 0 ? { args: parts } : undefined);
    }
    case 'item':
      if (self) return self.type === 'instance' ? typeArgument(self, type.index) : UNKNOWN;
      return flatMap(args?.positional(type.index) ?? UNKNOWN, value => context.items(value, args!.scope));
    case 'returned':
      return flatMap(args?.positional(type.index) ?? UNKNOWN, value =>
        context.callWith(
          value,
          { ...args!, count: 0, isOpen: true, positional: () => undefined },
          args!.scope,
        ),
      );
    case 'argument':
      return widen(args?.positional(type.index) ?? UNKNOWN);
    case 'text': {
      const given = (args?.positional(type.index) ?? UNKNOWN).filter(value => isText(context, value));
      return given.length > 0 ? widen(given) : context.instance('builtins.str');
    }
    case 'self': {
      if (!self) return UNKNOWN;
      return self.type === 'instance' ? widen([self]) : [{ type: 'instance', class: self.class }];
    }
  }
}

function isText(context: Context, value: Value): boolean {
  return (
    value.type === 'instance' &&
    (value.class === context.builtinClass('builtins.str') ||
      value.class === context.builtinClass('builtins.bytes'))
  );
}

/** What the type argument number `index` of an instance is: the items of a list, the values of a dict. */
export function typeArgument(self: InstanceValue, index: number): Values {
  if (self.elements) return index === 0 ? unite(...self.elements) : UNKNOWN;
  // Views of a dict's values hold nothing else.
  return self.args?.[self.args.length === 1 ? 0 : index] ?? UNKNOWN;
}

/** What a call of a function or class without source gives; undefined where nobody has tried. */
export function bundledCall(
  context: Context,
  callee: BundledFunction | BundledClass,
  args: Arguments,
  self?: InstanceValue | ClassValue,
): Values | undefined {
  const around = { self, args };
  const { cases = [], result } = callee;
  let decides = false;
  for (const condition of cases) {
    if ('positional' in condition) {
      if (args.count === condition.positional && !args.isOpen)
        return bundledResult(context, condition.result, around);
      continue;
    }
    const { parameter, literal } = condition;
    const given = argumentOf(callee, parameter, args);
    if (!given) continue;
    decides = true;
    if (literalOf(context, given) === literal) return bundledResult(context, condition.result, around);
  }
  // Any of them: what the argument is cannot be told.
  if (decides)
    return unite(
      ...[...cases.map(condition => condition.result), result ?? []].map(each =>
        bundledResult(context, each, around),
      ),
    );
  return result && bundledResult(context, result, around);
}

/** What CPython says of a function of the library that has a source: there it has been tried. */
export function libraryRecord(context: Context, value: FunctionValue): BundledFunction | undefined {
  if (value.node.kind === NodeKind.Lambda || !context.isLibrary(value.module)) return undefined;
  const module = context.modules.bundled.module(value.module.name);
  const [first, second, ...rest] = functionQualname(value).split('.');
  let member = module?.member(first);
  if (second !== undefined && rest.length === 0)
    member = member?.kind === 'class' ? member.member(second) : undefined;
  if (rest.length > 0 || !member) return undefined;
  return member.kind === 'function' ||
    member.kind === 'method' ||
    member.kind === 'classmethod' ||
    member.kind === 'staticmethod'
    ? member
    : undefined;
}

/** What a call passes for a parameter. */
function argumentOf(
  { signature }: BundledFunction | BundledClass,
  parameter: string,
  args: Arguments,
): Values | undefined {
  const given = args.keyword(parameter);
  if (given) return given;
  const parameters = signature?.parameters.filter(({ name }) => name !== 'self');
  const index = parameters?.findIndex(({ name }) => name === parameter) ?? -1;
  return index >= 0 ? args.positional(index) : undefined;
}

/** `repr()` of a literal. */
function literalOf(context: Context, given: Values): string | undefined {
  if (given.length !== 1 || given[0].type !== 'instance' || !given[0].constant) return undefined;
  const { constant } = given[0];
  if (constant.type === ConstantType.FrozenSet) return undefined;
  return repr(constant, context.modules.target.dialect.tokenizer.unicode);
}
