// What calls of builtin functions and methods complain of before they run. Their words are not those of functions
// written in Python. CPython: Objects/methodobject.c, cfunction_check_kwargs(); Objects/descrobject.c,
// method_check_args(); Python/getargs.c, _PyArg_CheckPositional().
import type { InspectDialect } from '../versions/inspectDialect.ts';
import { Messages } from './messages.ts';
import { type Parameter, ParameterKind } from './parameter.ts';

/** A builtin as it is called: without what a method fills. */
export interface CalledBuiltin {
  readonly name: string;
  readonly qualname: string;
  readonly parameters: readonly Parameter[];
}

/**
 * The message of the TypeError that a call with so many arguments raises; undefined if it raises none, and for builtins
 * that take keywords, each of which has words of its own.
 */
export function builtinCallError(
  { name, qualname, parameters }: CalledBuiltin,
  given: number,
  keywords: number,
  dialect: InspectDialect,
): string | undefined {
  if (!parameters.every(({ kind }) => kind === ParameterKind.POSITIONAL_ONLY)) return undefined;
  const most = parameters.length;
  const least = parameters.filter(parameter => parameter.default === undefined).length;
  const shown = dialect.builtinCallsSayQualname ? qualname : name;
  if (keywords > 0) return Messages.builtinTakesNoKeywords(shown);
  if (given >= least && given <= most) return undefined;
  if (most === 0) return Messages.builtinTakesNone(shown, given);
  if (least === 1 && most === 1) return Messages.builtinTakesOne(shown, given);
  return Messages.builtinExpects(name, least, most, given);
}
