// `colens inspect`: the source of an object as `python -m inspect` prints it, its details, or all that inspect could be
// asked about it, as JSON.
import { objectFacts } from '../resolve/inspect/objectFacts.ts';
import { asciiJson } from '../python/code/dump.ts';
import { getSource, sourcedObject, sourceLine } from '../resolve/inspect/objectSource.ts';
import { classQualname, functionQualname } from '../resolve/classes/names.ts';
import { baseName, parentOf } from '../resolve/program/paths.ts';
import type { SourceModule, Value } from '../resolve/values.ts';
import { ExitCode, UsageError, type Command, type CommandIO } from './command.ts';
import { readOptions, readTarget, TARGET_HELP, TARGET_OPTION } from './options.ts';
import { type FoundObject, PROGRAM_HELP, PROGRAM_OPTIONS, Session } from './session.ts';

export const inspect: Command = {
  name: 'inspect',
  summary: 'what python -m inspect prints',
  help: `usage: colens inspect [--target VERSION] [--details | --json] OBJECT

Prints the source of a module, class or function, found without running anything. OBJECT is MODULE,
MODULE:QUALNAME, FILE, FILE:QUALNAME or FILE:LINE[:COLUMN].

  -d, --details     print where it is instead
  --json            print a line of JSON: signature, predicates, documentation, comments, …
${PROGRAM_HELP}
${TARGET_HELP}`,

  async run(args, io) {
    const { values, positionals } = readOptions(args, {
      ...TARGET_OPTION,
      ...PROGRAM_OPTIONS,
      details: { type: 'boolean', short: 'd' },
      json: { type: 'boolean' },
    });
    const target = readTarget(values.target);
    if (positionals.length !== 1) throw new UsageError('inspect takes one OBJECT');
    const [asked] = positionals;
    const session = await Session.open(target, values, io);
    const found = session.find(asked);
    if ('problem' in found) {
      io.complain(`colens: ${found.problem}`);
      return ExitCode.Input;
    }
    if (values.json) {
      const facts = objectFacts(session.evaluator, found.values.at(0) ?? found.moduleValue);
      await io.write(`${asciiJson({ object: asked, target: target.version, ...facts })}\n`);
      return ExitCode.Ok;
    }
    if (!found.module) {
      const { name } = found;
      const lack = name.type === 'module' ? session.lackOfLibrary(name.module) : undefined;
      io.complain(
        lack === undefined ? "Can't get info for builtin modules." : `colens: no source of ${asked}: ${lack}`,
      );
      return ExitCode.Input;
    }
    if (values.details) return printDetails(found.module, found, asked, io);
    return printSource(found, io);
  },
};

async function printSource({ values }: FoundObject, io: CommandIO): Promise<ExitCode> {
  const object = values.length > 0 ? sourcedObject(values[0]) : undefined;
  const source = object && getSource(object);
  if (source === undefined) {
    io.complain('OSError: could not get source code');
    return ExitCode.Input;
  }
  await io.write(`${source}\n`);
  return ExitCode.Ok;
}

async function printDetails(
  module: SourceModule,
  { moduleValue, values }: FoundObject,
  asked: string,
  io: CommandIO,
): Promise<ExitCode> {
  const value = values.at(0) ?? moduleValue;
  const { target } = module.analysis;
  const lines = target.dialect.inspect.detailsOfDefinition
    ? definitionDetails(module, value, asked)
    : moduleDetails(module, value, asked);
  await io.write(lines.map(line => `${line}\n`).join(''));
  return ExitCode.Ok;
}

/** Where the module is that the object was looked up in, and its line in whatever file. */
function moduleDetails(module: SourceModule, value: Value, asked: string): string[] {
  const lines = [`Target: ${asked}`, `Origin: ${module.path}`, `Cached: ${cachedPath(module)}`];
  if (isModule(value, module)) {
    lines.push(`Loader: ${LOADER}`);
    if (module.isPackage) lines.push(`Submodule search path: ['${parentOf(module.path)}']`);
  } else {
    const line = lineOf(value);
    if (line !== undefined) lines.push(`Line: ${line}`);
  }
  return [...lines, '', ''];
}

/** Where the object itself is defined. */
function definitionDetails(lookedUpIn: SourceModule, value: Value, asked: string): string[] {
  const module = sourcedObject(value, false)?.module ?? lookedUpIn;
  const whole = isModule(value, module);
  const qualname = qualnameOf(value) ?? asked.slice(asked.lastIndexOf(':') + 1);
  const reported = whole ? module.name : `${module.name}:${qualname}`;
  const lines = [
    `Target: ${reported === asked ? reported : `${reported} (looked up as "${asked}")`}`,
    `Origin: ${module.path}`,
    `Source: ${module.path}`,
    `Cached: ${cachedPath(module)}`,
  ];
  if (whole) {
    lines.push(`Loader: ${LOADER}`);
    if (module.isPackage) lines.push(`Submodule search paths: ['${parentOf(module.path)}']`);
  } else {
    const line = lineOf(value);
    lines.push(line === undefined ? 'Failed to retrieve source code for given target' : `Line: ${line}`);
  }
  return [...lines, ''];
}

/** As repr() shows it, but for its address. */
const LOADER = '<_frozen_importlib_external.SourceFileLoader object>';

const isModule = (value: Value, module: SourceModule): boolean =>
  value.type === 'module' && value.module === module;

function lineOf(value: Value): number | undefined {
  const object = sourcedObject(value, false);
  return object && sourceLine(object);
}

function qualnameOf(value: Value): string | undefined {
  switch (value.type) {
    case 'class':
      return classQualname(value.class);
    case 'function':
      return functionQualname(value);
    case 'method':
      return qualnameOf(value.function);
    default:
      return undefined;
  }
}

/** PEP 3147. CPython: Lib/importlib/_bootstrap_external.py, cache_from_source(). */
function cachedPath({ path, analysis }: SourceModule): string {
  const stem = baseName(path).replace(/\.py$/, '');
  return `${parentOf(path)}/__pycache__/${stem}.cpython-${analysis.target.series.replace('.', '')}.pyc`;
}
