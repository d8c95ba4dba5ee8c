// Signature help: the call that the cursor is in, the inspect.Signature of what it calls, and the parameter that the
// argument at the cursor goes to.
import { analyze } from '../../../python/index.ts';
import { signatureText } from '../../../python/inspect/signature.ts';
import { type Callable, callablesOf } from '../../../resolve/callable.ts';
import { calleeExpression } from '../../../resolve/callee.ts';
import { scopeAt } from '../../../resolve/evaluate/lookup.ts';
import type { Span } from '../../../python/locate/path.ts';
import type { Evaluator, SourceModule } from '../../../resolve/values.ts';
import { type Documentation, readDocstring } from '../../../resolve/docstring/docstring.ts';
import { documentationOf } from '../../../resolve/inspect/documentation.ts';
import { paragraph, type TextBlock } from '../../richText.ts';
import { formsOf } from '../forms.ts';
import { promisedCalls } from '../promised.ts';
import { type Fit, fitOf } from './activeParameter.ts';
import { type CallAt, callAt } from './arguments.ts';
import { classHeadCallable } from './classHead.ts';
import { documentationBlocks, isOfStub, parameterBlocks } from './documentation.ts';

export interface SignatureHelpAt {
  /** The likeliest first; the overloads of a function one after the other. */
  readonly signatures: readonly SignatureAt[];
  /** Index of the first that the arguments fit. */
  readonly activeSignature: number;
}

export interface SignatureAt {
  /** `f(a, b: int = 1) -> str` */
  readonly label: string;
  readonly parameters: readonly ParameterAt[];
  /** Index of the parameter that the argument at the cursor is bound to; undefined where none takes it. */
  readonly activeParameter: number | undefined;
  /** What is wrong or missing, what the signature leaves open, what it is for; may be empty. */
  readonly documentation: readonly TextBlock[];
}

/** A parameter: where it stands in the label, and what the docstring says about it. */
export interface ParameterAt extends Span {
  readonly documentation: readonly TextBlock[];
}

/** At most this many signatures are shown. */
const MOST_SIGNATURES = 20;

/** Help for the call around an offset; undefined if there is no call or nothing is known of what it calls. */
export function signatureHelp(
  evaluator: Evaluator,
  module: SourceModule,
  offset: number,
): SignatureHelpAt | undefined {
  const call = callAt(module.analysis, offset);
  if (!call) return undefined;
  const candidates = distinct(candidatesOf(evaluator, module, call, offset)).slice(0, MOST_SIGNATURES);
  if (candidates.length === 0) return promisedHelp(evaluator, module, call);
  const { inspect } = module.analysis.target.dialect;
  const fits = candidates.map(({ signature }) => (signature ? fitOf(signature, call, inspect) : NO_FIT));
  const shown = candidates.map((callable, i) => toSignatures(evaluator, callable, fits[i]));
  return {
    signatures: shown.flat(),
    activeSignature: shown.slice(0, best(fits)).flat().length,
  };
}

/** What annotations say of a callee whose definition is not known. */
function promisedHelp(
  evaluator: Evaluator,
  module: SourceModule,
  { callee, isClass, arguments: args, current }: CallAt,
): SignatureHelpAt | undefined {
  const expression = isClass ? undefined : calleeExpression(module.analysis, callee);
  const promised = expression ? promisedCalls(evaluator, expression, scopeAt(module, callee.start)) : [];
  if (promised.length === 0) return undefined;
  const isByPosition = args
    .slice(0, current + 1)
    .every(({ type }) => type === 'positional' || type === 'empty');
  const signatures = promised.map(({ label, parameters, remark }): SignatureAt => ({
    label,
    parameters: parameters.map(span => ({ ...span, documentation: [] })),
    activeParameter: isByPosition && current < parameters.length ? current : undefined,
    documentation: [paragraph(remark)],
  }));
  return { signatures, activeSignature: 0 };
}

/** Without those that look like one before: nothing that is shown tells them apart. */
function distinct(candidates: readonly Callable[]): readonly Callable[] {
  if (candidates.length < 2) return candidates;
  const seen = new Set<string>();
  return candidates.filter(callable => {
    const { signature, error, doc } = callable;
    const shape = signature ? signatureText(signature).text : `${error}\n${doc}`;
    const key = `${shownName(callable)}${shape}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function candidatesOf(
  evaluator: Evaluator,
  module: SourceModule,
  call: CallAt,
  offset: number,
): readonly Callable[] {
  const found = calleesOf(evaluator, module, call);
  if (found.length > 0 || call.isClosed) return found;
  // What follows may be taken for a part of the arguments: the `for` that binds the callee's name, say.
  const { text, target } = module.analysis;
  const closed = `${text.slice(0, call.open)})${text.slice(offset)}`;
  return calleesOf(evaluator, { ...module, analysis: analyze(closed, target) }, call);
}

function calleesOf(evaluator: Evaluator, module: SourceModule, call: CallAt): readonly Callable[] {
  const scope = scopeAt(module, call.callee.start);
  if (call.isClass) return classHeadCallable(evaluator, call, scope);
  const callee = calleeExpression(module.analysis, call.callee);
  if (!callee) return [];
  return callablesOf(evaluator, callee, scope).flatMap(withOverloads);
}

/** A callable, which is what runs, then its overloads; in a stub nothing stands behind those. */
function withOverloads(callable: Callable): readonly Callable[] {
  const { overloads = [], value } = callable;
  if (overloads.length === 0) return [callable];
  const inner = value.type === 'method' ? value.function : value;
  const isBehind =
    (inner.type === 'function' && !inner.module.isStub) ||
    (inner.type === 'overloaded' && inner.implementation !== undefined);
  return isBehind ? [callable, ...overloads] : overloads;
}

const NO_FIT: Fit = { activeParameter: undefined, error: undefined, missing: [] };

/** Index of the first signature that takes the arguments, also the one at the cursor; else of the first that refuses none. */
function best(fits: readonly Fit[]): number {
  const takesAll = fits.findIndex(
    ({ error, activeParameter }) => error === undefined && activeParameter !== undefined,
  );
  if (takesAll >= 0) return takesAll;
  return Math.max(
    0,
    fits.findIndex(({ error }) => error === undefined),
  );
}

/** The name before the parameters; of a call of an instance that of the method behind it. */
const shownName = ({ name, value }: Callable): string =>
  value.type === 'instance' && !value.attributes?.wrapped ? '__call__' : name;

/** What getdoc() has to say; what a class does not say about its parameters, its `__init__` may. */
function docOf(evaluator: Evaluator, { value, doc }: Callable): Documentation {
  const own = readDocstring(documentationOf(evaluator, value)?.text ?? doc ?? '');
  if (value.type !== 'class' || value.class.kind !== 'source') return own;
  const [constructor] = evaluator.ownMember(value.class, '__init__');
  const text = constructor && documentationOf(evaluator, constructor)?.text;
  if (text === undefined) return own;
  return { ...own, parameters: new Map([...readDocstring(text).parameters, ...own.parameters]) };
}

/** The signature of a callable; the forms of its docstring where it has none. */
function toSignatures(evaluator: Evaluator, callable: Callable, fit: Fit): SignatureAt[] {
  const { forms, summary } = formsOf(callable);
  if (forms.length === 0) return [toSignature(callable, fit, docOf(evaluator, callable))];
  const documentation = documentationBlocks({ ...callable, error: undefined }, fit, summary);
  return forms.map(label => ({ label, parameters: [], activeParameter: undefined, documentation }));
}

function toSignature(
  callable: Callable,
  fit: Fit,
  { summary, parameters: documented }: Documentation,
): SignatureAt {
  const { signature } = callable;
  const name = shownName(callable);
  const documentation = documentationBlocks(callable, fit, summary);
  if (!signature) return { label: `${name}(…)`, parameters: [], activeParameter: undefined, documentation };
  const { text, spans } = signatureText(signature);
  // A way to call it, but no answer of inspect's, which asks the compiled code: so nothing is said of its parameters.
  if (isOfStub(callable))
    return { label: name + text, parameters: [], activeParameter: undefined, documentation };
  return {
    label: name + text,
    parameters: spans.map(({ start, end }, i) => {
      const said = documented.get(signature.parameters[i].name);
      return {
        start: name.length + start,
        end: name.length + end,
        documentation: said ? parameterBlocks(signature.parameters[i], said) : [],
      };
    }),
    activeParameter: fit.activeParameter,
    documentation,
  };
}
