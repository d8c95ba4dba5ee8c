// Binding: what calls bind in inspect's bind(), bind_partial() and getcallargs(), and in the call itself.
import { NodeKind } from '../../../server/src/python/ast/kinds.ts';
import type { Call, Expression, Lambda } from '../../../server/src/python/ast/expressions.ts';
import type { FunctionDef, Node } from '../../../server/src/python/ast/nodes.ts';
import { walk } from '../../../server/src/python/ast/visitor.ts';
import { asciiJson } from '../../../server/src/python/code/dump.ts';
import { ConstantType } from '../../../server/src/python/constants/values.ts';
import type { Analysis } from '../../../server/src/python/index.ts';
import {
  bind,
  type BindError,
  type Binding,
  bindPartial,
  type BoundArguments,
} from '../../../server/src/python/inspect/bind.ts';
import { type CalledFunction, callFunction, getCallArgs } from '../../../server/src/python/inspect/call.ts';
import type { Parameter } from '../../../server/src/python/inspect/parameter.ts';
import {
  boundMethodSignature,
  signatureOf,
  signatureText,
} from '../../../server/src/python/inspect/signature.ts';
import { mangle } from '../../../server/src/python/symtable/mangle.ts';
import type { Difference, Twin } from './twin.ts';

const ASPECTS = ['bind', 'bind_partial', 'the call', 'getcallargs'];

export const bindTwin: Twin = {
  name: 'bind',
  script: 'bind',

  ours(analysis) {
    const { target, module } = analysis;
    const callee = theFunction(analysis);
    const calls = module.body.flatMap(statement =>
      statement.kind === NodeKind.Expr && statement.value.kind === NodeKind.Call ? [statement.value] : [],
    );
    const isMethod = calls[0]?.func.kind === NodeKind.Attribute && calls[0].func.value.kind === NodeKind.Call;
    const { inspect } = target.dialect;
    const signature = (isMethod && boundMethodSignature(callee.signature)) || callee.signature;
    const lines = calls.map(call => {
      const [args, kwargs] = argumentsOf(call);
      const all = isMethod ? ['self', ...args] : args;
      return asciiJson([
        bound(bind(signature, args, kwargs, inspect)),
        bound(bindPartial(signature, args, kwargs, inspect)),
        locals(callFunction(callee, all, kwargs, inspect)),
        locals(getCallArgs(callee, all, kwargs)),
      ]);
    });
    return [signatureText(signature).text, ...lines].join('\n');
  },

  compare(ours, theirs) {
    const [left, right] = [ours.split('\n'), theirs.split('\n')];
    return left.flatMap((line, i): Difference[] => {
      if (line === right[i]) return [];
      const where = `line ${i}`;
      if (i === 0 || right[i] === undefined)
        return [{ class: 'signature', where, ours: line, theirs: right[i] ?? '' }];
      const [mine, other] = [JSON.parse(line) as unknown[], JSON.parse(right[i]) as unknown[]];
      return ASPECTS.flatMap((aspect, at) => {
        const [a, b] = [JSON.stringify(mine[at]), JSON.stringify(other[at])];
        return a === b ? [] : [{ class: aspect, where, ours: a, theirs: b }];
      });
    });
  },
};

/** The one function of a source. */
function theFunction(analysis: Analysis): CalledFunction {
  const found: (FunctionDef | Lambda)[] = [];
  let privateName: string | null = null;
  walk(analysis.module, (node: Node) => {
    if (node.kind === NodeKind.FunctionDef || node.kind === NodeKind.Lambda) found.push(node);
    if (node.kind === NodeKind.ClassDef) privateName = node.name;
  });
  const node = found.at(-1)!;
  const { name, qualname } = analysis.codeObjectOf(node)!;
  const { dialect } = analysis.target;
  return {
    name,
    qualname,
    signature: signatureOf(node, {
      mangled: spelled => mangle(privateName, spelled),
      stringAnnotations: false,
      dialect,
    }),
  };
}

function argumentsOf({ args, keywords }: Call): [string[], Map<string, string>] {
  return [args.map(text), new Map(keywords.map(({ arg, value }) => [arg!, text(value)]))];
}

/** The value of a string literal. */
function text(node: Expression): string {
  if (node.kind !== NodeKind.Constant || node.value.type !== ConstantType.Str) throw new Error('no string');
  return node.value.value;
}

type Value = string | readonly string[] | readonly (readonly [string, string])[];
type Result = BoundArguments<string> | BindError;

const valueOf = (binding: Binding<string>): Value =>
  binding.type === 'one'
    ? binding.value
    : binding.type === 'positional'
      ? binding.values
      : [...binding.values].map(([name, value]) => [name, value] as const);

const items = ({ bindings }: BoundArguments<string>): [string, Value][] =>
  [...bindings].map(([name, binding]) => [name, valueOf(binding)]);

/** Defaults are strings, here without their quotes. */
const withDefaults = (result: BoundArguments<string>): BoundArguments<string> =>
  result.applyDefaults(({ default: value }: Parameter) => value!.slice(1, -1));

function bound(result: Result): unknown {
  if ('typeError' in result) return result.typeError;
  return [items(result), result.args, [...result.kwargs], items(withDefaults(result))];
}

function locals(result: Result): unknown {
  if ('typeError' in result) return result.typeError;
  const byCodePoint = ([a]: [string, Value], [b]: [string, Value]): number => (a < b ? -1 : 1);
  return items(withDefaults(result)).sort(byCodePoint);
}
