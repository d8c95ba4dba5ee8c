// What commands that look beyond one file share: a program along a search path, its evaluator, and finding the objects
// that arguments name.
import { analyze, analyzeBytes, type Analysis } from '../python/index.ts';
import type { Target } from '../python/versions/target.ts';
import { openProgram } from '../resolve/openProgram.ts';
import { FileCache } from '../resolve/program/files.ts';
import { Installations } from '../resolve/program/installations.ts';
import { join } from '../resolve/program/paths.ts';
import type { Program } from '../resolve/program/program.ts';
import type { Evaluator, Module, SourceModule, Value, Values } from '../resolve/values.ts';
import { type CommandIO, UsageError } from './command.ts';
import { read as readInput } from './inputs.ts';
import { kindOf } from './options.ts';
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

/** The modules without which there is no interpreter to import others. */
const ALWAYS_BUILT_IN = new Set(['builtins', 'sys']);

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
  private constructor(
    private readonly program: Program,
    readonly evaluator: Evaluator,
    private readonly io: CommandIO,
  ) {}

  get target(): Target {
    return this.program.target;
  }

  static async open(target: Target, options: Options, io: CommandIO): Promise<Session> {
    const { libraries, folder } = io;
    const { files, machine } = libraries;
    const python = options.python === undefined ? undefined : join(folder, options.python);
    if (python !== undefined && machine) {
      const installations = new Installations(new FileCache(files), machine, target.series);
      if (!installations.at(python)) throw new UsageError(`no Python at '${options.python}'`);
    }
    const wishes = {
      workspaceFolders: [folder],
      pythonPaths: python === undefined ? [] : [python],
      searchPaths: [...(options['search-path'] ?? []), '.'].map(each => join(folder, each)),
    };
    const { program, evaluator } = await openProgram(libraries, wishes, target, error => {
      io.complain(`colens: what CPython says of its library cannot be read: ${String(error)}`);
    });
    return new Session(program, evaluator, io);
  }

  /** Why there is no source of a module where an interpreter may have one; undefined where a library was found. */
  lackOfLibrary(module: string): string | undefined {
    return this.program.hasLibrary || ALWAYS_BUILT_IN.has(module)
      ? undefined
      : 'no Python library was found; --python PATH names an interpreter or environment that has one';
  }

  find(text: string): FoundObject | NotFound {
    const name = readObjectName(text, path => kindOf(path, this.io) !== undefined);
    return name.type === 'module' ? this.findInModule(name) : this.findInFile(name);
  }

  /** `json:JSONEncoder.encode`, as getattr() finds it from the module on. */
  private findInModule(name: Extract<ObjectName, { type: 'module' }>): FoundObject | NotFound {
    const module = this.program.module(name.module);
    if (!module || module.kind === 'namespace') {
      const problem = `Failed to import ${name.module} (ModuleNotFoundError: No module named '${name.module}')`;
      const lack = this.lackOfLibrary(name.module);
      return { problem: lack === undefined ? problem : `${problem}: ${lack}` };
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
    const file = join(this.io.folder, name.path);
    const read = readInput(file, name.path);
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
