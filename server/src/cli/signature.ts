// `colens signature`: the signatures of callables, as str(inspect.signature()) gives them, and what a call binds.
import { codeObjectIndex } from '../features/codeObject/codeObjectIndex.ts';
import { bindCall, bindError, type CallArguments, callArguments } from '../features/calls/binding.ts';
import { NodeKind } from '../python/ast/kinds.ts';
import { ParameterKind, type Parameter } from '../python/inspect/parameter.ts';
import { type Signature, signatureText } from '../python/inspect/signature.ts';
import type { Target } from '../python/versions/target.ts';
import { callableOf } from '../resolve/callable.ts';
import { stringSignature } from '../resolve/callables/annotationStrings.ts';
import { isFunction } from '../python/ast/parts.ts';
import type { SourceModule, Value } from '../resolve/values.ts';
import { ExitCode, UsageError, type Command, type CommandIO } from './command.ts';
import { parseExpression, valuesAt, valuesNamed } from './objects.ts';
import { readOptions, readTarget, TARGET_HELP, TARGET_OPTION } from './options.ts';
import { type FoundObject, PROGRAM_HELP, PROGRAM_OPTIONS, Session } from './session.ts';

export const signature: Command = {
  name: 'signature',
  summary: 'what inspect.signature() says, and what a call binds',
  help: `usage: colens signature [--target VERSION] [--bind ARGUMENTS] [--format FORMAT] OBJECT...

Prints the signatures of callables, found without running anything. OBJECT is

  MODULE:QUALNAME     as in json:JSONEncoder.encode
  FILE:QUALNAME       also f.<locals>.g
  FILE:LINE[:COLUMN]  what is called or defined there; columns count from 1
  FILE                every function and class in it, with their names

  --bind ARGUMENTS  what these arguments are bound to, as in --bind 'a, *b, c=1'
  --format FORMAT   annotations as values (VALUE, if not given) or as they are written (STRING); 3.14 and later
${PROGRAM_HELP}
${TARGET_HELP}`,

  async run(args, io) {
    const { values, positionals } = readOptions(args, {
      ...TARGET_OPTION,
      ...PROGRAM_OPTIONS,
      bind: { type: 'string' },
      format: { type: 'string' },
    });
    const target = readTarget(values.target);
    const format = readFormat(values.format, target);
    if (positionals.length === 0) throw new UsageError('no objects');
    const call = values.bind === undefined ? undefined : readArguments(values.bind, target);
    const session = await Session.open(target, values, io);
    let code = ExitCode.Ok;
    for (const name of positionals) {
      const found = session.find(name);
      if ('problem' in found) {
        io.complain(`colens: ${found.problem}`);
        code = ExitCode.Input;
      } else if (!(await printAll(session, found, name, { call, format }, io))) code = ExitCode.Input;
    }
    return code;
  },
};

/** What is printed of a signature. */
interface Wishes {
  readonly call: Arguments | undefined;
  readonly format: AnnotationFormat;
}

/** The formats of annotations that signature() takes. CPython: Lib/annotationlib.py, Format */
type AnnotationFormat = 'VALUE' | 'STRING';

function readFormat(given: string | undefined, target: Target): AnnotationFormat {
  if (given === undefined) return 'VALUE';
  if (given !== 'VALUE' && given !== 'STRING')
    throw new UsageError(`--format takes VALUE or STRING, not '${given}'`);
  if (!target.dialect.library.annotateFunction)
    throw new UsageError(`--format is for 3.14 and later, not for ${target.series}`);
  return given;
}

const signatureIn = (
  { evaluator }: Session,
  value: Value,
  format: AnnotationFormat,
): Signature | undefined =>
  format === 'STRING' ? stringSignature(evaluator, value) : callableOf(evaluator, value)?.signature;

/** Prints what was found; false if there is no signature or nothing fits. */
async function printAll(
  session: Session,
  { name, module, values }: FoundObject,
  asked: string,
  { call, format }: Wishes,
  io: CommandIO,
): Promise<boolean> {
  if (name.type === 'file' && name.qualname === undefined && module) {
    for (const [qualname, value] of definitions(session, module)) {
      const signature = signatureIn(session, value, format);
      if (signature) await io.write(`${qualname}${signatureText(signature).text}\n`);
    }
    return true;
  }
  let fine = true;
  for (const value of values) {
    const callable = callableOf(session.evaluator, value);
    const signature = callable && signatureIn(session, value, format);
    if (!signature) {
      const reason = callable?.signature ? 'its annotations are not known as strings' : callable?.error;
      io.complain(`colens: ${asked}: ${reason ?? 'no callable'}`);
      fine = false;
      continue;
    }
    if (callable.definition?.module.isStub)
      io.complain(`colens: ${asked}: as its stub says; there is no source that tells what inspect finds`);
    for (const caveat of callable.caveats)
      io.complain(`colens: ${asked}: as defined; ${caveat} may change it`);
    if (callable.isInferred)
      io.complain(
        `colens: ${asked}: inferred from what calls in its module pass, or from the method that is overridden; others may pass something else`,
      );
    if (!call) await io.write(`${signatureText(signature).text}\n`);
    else fine = (await printBinding(signature, call, session.target, io)) && fine;
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
  signature: Signature,
  { text, args }: Arguments,
  target: Target,
  io: CommandIO,
): Promise<boolean> {
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
