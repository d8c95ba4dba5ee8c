// What commands that look beyond one file share: a program along a search path, its evaluator, and finding the objects
// that arguments name.
import fs from 'node:fs';
import path from 'node:path';
import { analyze, analyzeBytes, type Analysis } from '../python/index.ts';
import type { Target } from '../python/versions/target.ts';
import { NO_SEARCH_PATH } from '../resolve/program/searchPath.ts';
import { createEvaluator } from '../resolve/evaluate/evaluator.ts';
import { FileCache } from '../resolve/program/files.ts';
import { Installations } from '../resolve/program/installations.ts';
import { discoverSearchPath } from '../resolve/program/interpreter.ts';
import { normalize } from '../resolve/program/paths.ts';
import { Program } from '../resolve/program/program.ts';
import type { Evaluator, Module, SourceModule, Value, Values } from '../resolve/values.ts';
import { type CommandIO, UsageError } from './command.ts';
import { read as readInput } from './inputs.ts';
import { readObjectName, type ObjectName, valuesAtPlace, valuesNamed } from './objects.ts';
import { traceback } from './syntaxError.ts';

/** The options that say where modules are looked for; for the `options` of readOptions(). */
export const PROGRAM_OPTIONS = {
  python: { type: 'string' },
  'search-path': { type: 'string', multiple: true },
} as const;

export const PROGRAM_HELP = `  --python PATH     an interpreter or environment whose library and packages are looked into; it is not
                    run. If not given, what a workspace would use: .venv, pyenv, PATH
  --search-path DIR look for modules here first; may be given more than once`;

/** What an argument names. */
export interface FoundObject {
  readonly name: ObjectName;
  /** Where it was looked up; undefined for modules without source. */
  readonly module: SourceModule | undefined;
  /** The same for every module. */
  readonly moduleValue: Value;
  readonly values: Values;
}

/** Why nothing was found: lines for standard error. */
export interface NotFound {
  readonly problem: string;
}

interface Options {
  readonly python?: string | undefined;
  readonly 'search-path'?: readonly string[] | undefined;
}

export class Session {
  readonly evaluator: Evaluator;

  private constructor(private readonly program: Program) {
    this.evaluator = createEvaluator(program);
  }

  get target(): Target {
    return this.program.target;
  }

  static async open(target: Target, options: Options, { libraries }: CommandIO): Promise<Session> {
    const { files, machine } = libraries;
    const own = [...(options['search-path'] ?? []), '.'].map(folder => normalize(path.resolve(folder)));
    const { python } = options;
    if (python !== undefined && machine) {
      const installations = new Installations(new FileCache(files), machine, target.series);
      if (!installations.at(normalize(path.resolve(python))))
        throw new UsageError(`no Python at '${python}'`);
    }
    const wishes = {
      workspaceFolders: [normalize(process.cwd())],
      pythonPaths: python === undefined ? [] : [path.resolve(python)],
      searchPaths: own,
    };
    return new Session(
      new Program({
        target,
        files,
        searchPath: machine
          ? discoverSearchPath(wishes, target, new FileCache(files), machine)
          : { ...NO_SEARCH_PATH, own },
        bundled: await libraries.bundled(target),
      }),
    );
  }

  find(text: string): FoundObject | NotFound {
    const name = readObjectName(text, file => fs.existsSync(file));
    return name.type === 'module' ? this.findInModule(name) : this.findInFile(name);
  }

  /** `json:JSONEncoder.encode`, as getattr() finds it from the module on. */
  private findInModule(name: Extract<ObjectName, { type: 'module' }>): FoundObject | NotFound {
    const module = this.program.module(name.module);
    if (!module || module.kind === 'namespace') {
      return {
        problem: `Failed to import ${name.module} (ModuleNotFoundError: No module named '${name.module}')`,
      };
    }
    const moduleValue: Value = { type: 'module', module };
    const source = module.kind === 'source' ? module : undefined;
    const problem = source && this.problemOf(source.analysis, source.path);
    if (problem !== undefined) return { problem };
    if (name.qualname === undefined) return { name, module: source, moduleValue, values: [moduleValue] };
    const values = source
      ? valuesNamed(this.evaluator, source, name.qualname)
      : this.attributes(module, name.qualname);
    if (values.length > 0) return { name, module: source, moduleValue, values };
    return { problem: `module '${name.module}' has no '${name.qualname}' that could be found` };
  }

  private attributes(module: Module, qualname: string): Values {
    const [first, ...others] = qualname.split('.');
    const nowhere = this.program.open('/<nowhere>', analyze('', this.program.target));
    const scope = { module: nowhere, entry: nowhere.analysis.symbolTable.top, offset: 0, frame: undefined };
    let values = this.evaluator.moduleMember(module, first);
    for (const attr of others) values = values.flatMap(value => this.evaluator.attribute(value, attr, scope));
    return values;
  }

  private findInFile(name: Exclude<ObjectName, { type: 'module' }>): FoundObject | NotFound {
    const file = normalize(path.resolve(name.path));
    const read = readInput(path.resolve(name.path), name.path);
    if ('problem' in read) return { problem: `${name.path}: ${read.problem}` };
    const analysis = analyzeBytes(read.bytes, this.program.target);
    const problem = this.problemOf(analysis, name.path);
    if (problem !== undefined) return { problem };
    const module = this.program.open(file, analysis);
    const moduleValue: Value = { type: 'module', module };
    const found = (values: Values): FoundObject => ({ name, module, moduleValue, values });
    if (name.type === 'place') {
      const values = valuesAtPlace(this.evaluator, module, name.line, name.column);
      return values.length > 0
        ? found(values)
        : { problem: `${name.path}: nothing known on line ${name.line}` };
    }
    if (name.qualname === undefined) return found([moduleValue]);
    const values = valuesNamed(this.evaluator, module, name.qualname);
    return values.length > 0 ? found(values) : { problem: `${name.path} has no '${name.qualname}'` };
  }

  private problemOf(analysis: Analysis, file: string): string | undefined {
    const error = analysis.errors.at(0);
    return error && traceback(error, analysis, file);
  }
}
