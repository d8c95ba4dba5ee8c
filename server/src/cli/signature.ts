// `colens signature`: the signatures of callables, as str(inspect.signature()) gives them, and what a call binds.
import { codeObjectIndex } from '../features/codeObject/codeObjectIndex.ts';
import { bindCall, bindError, type CallArguments, callArguments } from '../features/calls/binding.ts';
import { NodeKind } from '../python/ast/kinds.ts';
import { ParameterKind, type Parameter } from '../python/inspect/parameter.ts';
import { signatureText } from '../python/inspect/signature.ts';
import type { Target } from '../python/versions/target.ts';
import { callableOf, type Callable } from '../resolve/callable.ts';
import { isFunction } from '../python/ast/parts.ts';
import type { SourceModule, Value } from '../resolve/values.ts';
import { ExitCode, UsageError, type Command, type CommandIO } from './command.ts';
import { parseExpression, valuesAt, valuesNamed } from './objects.ts';
import { readOptions, readTarget, TARGET_HELP, TARGET_OPTION } from './options.ts';
import { type FoundObject, PROGRAM_HELP, PROGRAM_OPTIONS, Session } from './session.ts';

export const signature: Command = {
  name: 'signature',
  summary: 'what inspect.signature() says, and what a call binds',
  help: `usage: colens signature [--target VERSION] [--bind ARGUMENTS] OBJECT...

Prints the signatures of callables, found without running anything. OBJECT is

  MODULE:QUALNAME     as in json:JSONEncoder.encode
  FILE:QUALNAME       also f.<locals>.g
  FILE:LINE[:COLUMN]  what is called or defined there; columns count from 1
  FILE                every function and class in it, with their names

  --bind ARGUMENTS  what these arguments are bound to, as in --bind 'a, *b, c=1'
${PROGRAM_HELP}
${TARGET_HELP}`,

  async run(args, io) {
    const { values, positionals } = readOptions(args, {
      ...TARGET_OPTION,
      ...PROGRAM_OPTIONS,
      bind: { type: 'string' },
    });
    const target = readTarget(values.target);
    if (positionals.length === 0) throw new UsageError('no objects');
    const call = values.bind === undefined ? undefined : readArguments(values.bind, target);
    const session = await Session.open(target, values, io);
    let code = ExitCode.Ok;
    for (const name of positionals) {
      const found = session.find(name);
      if ('problem' in found) {
        io.complain(`colens: ${found.problem}`);
        code = ExitCode.Input;
      } else if (!(await printAll(session, found, name, call, io))) code = ExitCode.Input;
    }
    return code;
  },
};

/** Prints what was found; false if there is no signature or nothing fits. */
async function printAll(
  session: Session,
  { name, module, values }: FoundObject,
  asked: string,
  call: Arguments | undefined,
  io: CommandIO,
): Promise<boolean> {
  if (name.type === 'file' && name.qualname === undefined && module) {
    for (const [qualname, value] of definitions(session, module)) {
      const callable = callableOf(session.evaluator, value);
      if (callable?.signature) await io.write(`${qualname}${signatureText(callable.signature).text}\n`);
    }
    return true;
  }
  let fine = true;
  for (const value of values) {
    const callable = callableOf(session.evaluator, value);
    if (!callable?.signature) {
      io.complain(`colens: ${asked}: ${callable?.error ?? 'no callable'}`);
      fine = false;
      continue;
    }
    for (const caveat of callable.caveats)
      io.complain(`colens: ${asked}: as defined; ${caveat} may change it`);
    if (!call) await io.write(`${signatureText(callable.signature).text}\n`);
    else fine = (await printBinding(callable, call, session.target, io)) && fine;
  }
  return fine;
}

/** The functions and classes of a file in the order of the source, by their keys. */
function* definitions({ evaluator }: Session, module: SourceModule): Generator<readonly [string, Value]> {
  const codeObjects = codeObjectIndex(module.analysis);
  for (const object of codeObjects.all) {
    const { node } = object;
    if (!isFunction(node) && node.kind !== NodeKind.ClassDef) continue;
    const key = codeObjects.key(object);
    // What is defined twice, or inside a function, has no name that leads to it in the end.
    const isNamed = codeObjects.find(`${key}#2`) === undefined && /^[^<#]*$/.test(key);
    const values = isNamed ? valuesNamed(evaluator, module, key) : valuesAt(evaluator, module, node.start);
    if (values.length > 0) yield [key, values[0]];
  }
}

// ---- Binding ---------------------------------------------------------------------------------------------------

/** The arguments of `--bind`, and the text that they are in. */
interface Arguments {
  readonly text: string;
  readonly args: CallArguments;
}

function readArguments(given: string, target: Target): Arguments {
  const text = `_(${given}\n)`;
  const call = parseExpression(text, target);
  if (call?.kind !== NodeKind.Call || call.func.kind !== NodeKind.Name)
    throw new UsageError(`--bind takes arguments as in a call, not '${given}'`);
  return { text, args: callArguments(call) };
}

/** Prints a line for each parameter; false if the arguments do not fit. */
async function printBinding(
  { signature }: Callable,
  { text, args }: Arguments,
  target: Target,
  io: CommandIO,
): Promise<boolean> {
  if (!signature) return false;
  const error = bindError(signature, args, target.dialect.inspect);
  if (error !== undefined) {
    io.complain(`TypeError: ${error}`);
    return false;
  }
  for (const { parameter, state, args: given } of bindCall(signature, args).parameters) {
    const texts = given.map(({ value, stars, keyword }) => {
      const source = text.slice(value.start, value.end);
      const named = parameter.kind === ParameterKind.VAR_KEYWORD && keyword !== undefined;
      return named ? `${keyword}=${source}` : stars + source;
    });
    const shown =
      state === 'default'
        ? `${parameter.default}  # default`
        : state === 'unpacked'
          ? `${texts.join(', ')}  # perhaps`
          : state === 'missing'
            ? '# missing'
            : collected(parameter, texts);
    await io.write(`${parameter.name} = ${shown}\n`);
  }
  return true;
}

/** What a parameter holds: `*args` a tuple, `**kwargs` a dict. */
function collected({ kind }: Parameter, texts: readonly string[]): string {
  if (kind === ParameterKind.VAR_POSITIONAL) return `(${texts.join(', ')}${texts.length === 1 ? ',' : ''})`;
  return kind === ParameterKind.VAR_KEYWORD ? `dict(${texts.join(', ')})` : texts.join(', ');
}
