// Hover on a call, at its callee's name or at its parentheses: which parameter gets which argument, and why the
// call does not bind if it does not.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { Call, Expression } from '../../python/ast/expressions.ts';
import { ConstantType } from '../../python/constants/values.ts';
import { ParameterKind, type Parameter } from '../../python/inspect/parameter.ts';
import type { Signature } from '../../python/inspect/signature.ts';
import type { Callable } from '../../resolve/callable.ts';
import type { Evaluator, EvaluationScope, SourceModule } from '../../resolve/values.ts';
import { isFunction, parametersOf } from '../../python/ast/parts.ts';
import { SymbolFlags } from '../../python/symtable/flags.ts';
import type { Located, Span } from '../../python/locate/path.ts';
import {
  bindCall,
  bindError,
  callArguments,
  type CallArgument,
  type CallArguments,
  isComplete,
  type ParameterBinding,
} from './binding.ts';
import { candidatesOf, realCallError } from './calls.ts';
import { INFERRED } from './signatureHelp/documentation.ts';
import { formsOf } from './forms.ts';
import { promisedCalls } from './promised.ts';
import {
  code,
  excerpt,
  joined,
  paragraph,
  rich,
  type RichText,
  strong,
  text as words,
  type TextBlock,
} from '../richText.ts';

/** The call that an offset is at, with the part of it that the offset is on. */
export interface CallAt {
  readonly call: Call;
  readonly scope: EvaluationScope;
  readonly on: 'name' | 'parenthesis';
  readonly span: Span;
}

/** The call whose callee's last name or whose parenthesis an offset is at; `path` leads to the offset. */
export function callIn(module: SourceModule, path: readonly Located[], offset: number): CallAt | undefined {
  const { text } = module.analysis;
  const { node, entry } = path[path.length - 1];
  const outer = path.at(-2);
  const scope = { module, entry, offset, frame: undefined };
  if (outer?.node.kind === NodeKind.Call && outer.node.func === node) {
    if (node.kind === NodeKind.Name) return { call: outer.node, scope, on: 'name', span: node };
    const start = node.end - (node.kind === NodeKind.Attribute ? node.attr.length : 0);
    if (node.kind === NodeKind.Attribute && start <= offset) {
      return { call: outer.node, scope, on: 'name', span: { start, end: node.end } };
    }
  }
  if (node.kind !== NodeKind.Call) return undefined;
  const parentheses = [openingParenthesis(node, text), node.end - 1];
  if (!parentheses.includes(offset) || !'()'.includes(text[offset])) return undefined;
  return { call: node, scope, on: 'parenthesis', span: { start: offset, end: offset + 1 } };
}

/** Where the arguments begin: the first `(` after the callee that does not belong to it. */
function openingParenthesis({ func, end }: Call, text: string): number {
  for (let i = func.end; i < end; i++) {
    if (text[i] === '(') return i;
    if (text[i] === '#') while (i + 1 < end && text[i + 1] !== '\n') i++;
  }
  return -1;
}

/** The bind map; none where the callee is not known, or nothing is to be told. Standing alone, it tells the version. */
export function callBlocks(evaluator: Evaluator, { call, scope }: CallAt, isAlone: boolean): TextBlock[] {
  const candidates = candidatesOf(evaluator, call, scope);
  if (candidates.length === 0) {
    return promisedCalls(evaluator, call.func, scope).map(({ label, remark }) =>
      paragraph(rich`Call of ${code(label)}`, remark),
    );
  }
  const { analysis } = scope.module;
  const { version, dialect } = analysis.target;
  const given = callArguments(call);
  const fits = ({ signature }: Callable): boolean =>
    signature !== undefined && bindError(signature, given, dialect.inspect) === undefined;
  const callable = candidates.find(fits) ?? candidates[0];
  const head = joined(
    [
      rich`Call of ${code(nameOf(callable))}`,
      ...choiceOf(callable, candidates, candidates.some(fits)),
      ...(isAlone ? [words(`CPython ${version}`)] : []),
    ],
    ' · ',
  );
  const { signature } = callable;
  if (!signature) return withoutSignature(callable, head);
  if (signature.parameters.length === 0 && call.args.length === 0 && call.keywords.length === 0) return [];
  const caveats = [
    ...callable.caveats.map(caveat => paragraph(rich`Shown as defined: ${code(caveat)} may change it`)),
    ...(callable.isInferred ? [paragraph(words(INFERRED))] : []),
  ];
  if (!isComplete(given) || fits(callable)) {
    return [paragraph(head), ...bindMap(callable, given, analysis.text), ...caveats];
  }
  // What overloads say is for type checkers: the function behind them may take more.
  if (candidates.length > 1)
    return [paragraph(head, words('None of them takes these arguments')), ...caveats];
  // Bound or not, or of another class: what it is likely to be takes other arguments, which is no TypeError yet.
  const isOne = evaluator.evaluate(call.func, scope).length === 1;
  const error =
    isOne && !isForOthers(callable) && !isOnParameter(call.func, scope)
      ? realCallError(evaluator, callable, given, analysis.target)
      : undefined;
  return [
    paragraph(head),
    paragraph(...misfits(signature, given, analysis.text)),
    ...(error === undefined ? [] : [paragraph(rich`${strong('TypeError')}: ${code(error)}`)]),
    ...caveats,
  ];
}

/** Whether a method only raises or says what it is for: those of classes that derive may take more. */
const isForOthers = ({ value, definition }: Callable): boolean =>
  value.type === 'method' &&
  definition !== undefined &&
  isFunction(definition.node) &&
  definition.node.body.every(
    statement =>
      statement.kind === NodeKind.Raise ||
      (statement.kind === NodeKind.Expr &&
        statement.value.kind === NodeKind.Constant &&
        statement.value.value.type === ConstantType.Str),
  );

/** Whether it is called on a parameter of which only callers, a default or a docstring tell what it is. */
function isOnParameter(node: Expression, { entry }: EvaluationScope): boolean {
  let root = node;
  while (root.kind !== NodeKind.Name) {
    if (root.kind === NodeKind.Attribute || root.kind === NodeKind.Subscript) root = root.value;
    else if (root.kind === NodeKind.Call) root = root.func;
    else return false;
  }
  const { id } = root;
  const owner = isFunction(entry.node) ? entry.node : undefined;
  if (!owner || (entry.flags(id) & SymbolFlags.DEF_PARAM) === 0 || entry.varnames[0] === id) return false;
  return parametersOf(owner).every(({ arg, annotation }) => arg !== id || !annotation);
}

/** What the docstring of a builtin says: how it is called, a line each, and what for. */
function withoutSignature(callable: Callable, head: RichText): TextBlock[] {
  const { forms, summary } = formsOf(callable);
  const lines = [...forms.map(code), ...(summary === '' ? [] : [words(summary)])];
  if (lines.length > 0) return [paragraph(head), paragraph(...lines)];
  return callable.error === undefined ? [] : [paragraph(head, rich`No signature: ${code(callable.error)}`)];
}

/** Why a call does not bind: the parameters that get nothing, and the arguments that no parameter takes. */
function misfits(signature: Signature, call: CallArguments, text: string): RichText[] {
  const { parameters, leftOver } = bindCall(signature, call);
  const missing = parameters.filter(({ state }) => state === 'missing');
  return [
    ...(missing.length > 0
      ? [rich`${strong('missing')}: ${joined(missing.map(({ parameter }) => code(spelled(parameter))))}`]
      : []),
    ...(leftOver.length > 0 ? [rich`${strong('no parameter for')} ${argumentTexts(leftOver, text)}`] : []),
  ];
}

/** Which of several it is: one of the overloads of a function, or of what the callee can be. */
function choiceOf(callable: Callable, candidates: readonly Callable[], fits: boolean): RichText[] {
  if (candidates.length === 1) return [];
  const isOverloaded = candidates.every(
    ({ name, module }) => name === callable.name && module === callable.module,
  );
  return [
    words(
      isOverloaded
        ? fits
          ? `overload ${candidates.indexOf(callable) + 1} of ${candidates.length}`
          : `one of ${candidates.length} overloads`
        : `one of ${candidates.length} that it can be`,
    ),
  ];
}

const nameOf = ({ qualname, module }: Callable): string =>
  module === '' || module === 'builtins' ? qualname : `${module}.${qualname}`;

/** A table of what is given, and a line of what is not. */
function bindMap({ signature }: Callable, call: CallArguments, text: string): TextBlock[] {
  if (!signature) return [];
  const { parameters, leftOver } = bindCall(signature, call);
  const rows: RichText[][] = [];
  const defaults: RichText[] = [];
  for (const binding of parameters) {
    const { parameter, state } = binding;
    if (state === 'default') defaults.push(code(`${parameter.name}=${excerpt(parameter.default ?? '')}`));
    else rows.push([code(spelled(parameter)), valueOf(binding, text)]);
  }
  if (leftOver.length > 0) rows.push([words('no parameter'), argumentTexts(leftOver, text)]);
  return [
    ...(rows.length > 0
      ? [{ type: 'table', head: [words('Parameter'), words('Argument')], rows } as const]
      : []),
    ...(defaults.length > 0 ? [paragraph(rich`Defaults: ${joined(defaults)}`)] : []),
  ];
}

function spelled({ kind, name }: Parameter): string {
  if (kind === ParameterKind.VAR_POSITIONAL) return `*${name}`;
  return kind === ParameterKind.VAR_KEYWORD ? `**${name}` : name;
}

function valueOf({ parameter, state, args }: ParameterBinding, text: string): RichText {
  switch (state) {
    case 'given':
      return argumentTexts(args, text);
    case 'unpacked': {
      const otherwise =
        parameter.default === undefined ? '' : rich`, else ${code(excerpt(parameter.default))}`;
      return rich`perhaps from ${argumentTexts(args, text)}${otherwise}`;
    }
    case 'missing':
      return strong('missing');
    default:
      return code(parameter.kind === ParameterKind.VAR_POSITIONAL ? '()' : '{}');
  }
}

/** More arguments than these are counted, not shown. */
const SHOWN = 8;

function argumentTexts(args: readonly CallArgument[], text: string): RichText {
  const shown = args
    .slice(0, SHOWN)
    .map(({ value, stars, keyword }) =>
      code(`${keyword === undefined ? stars : `${keyword}=`}${excerpt(text.slice(value.start, value.end))}`),
    );
  if (args.length > SHOWN) shown.push(words(`${args.length - SHOWN} more`));
  return joined(shown);
}
