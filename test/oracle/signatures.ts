// The twin `inspect`: what inspect.signature() says of every function, method and class of a standard library, beside
// what we find in its sources without running them. Whole libraries, because a signature can depend on any module.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { NodeKind } from '../../server/src/python/ast/kinds.ts';
import { foldConstant } from '../../server/src/python/constants/folding.ts';
import { analyze } from '../../server/src/python/index.ts';
import type { Parameter } from '../../server/src/python/inspect/parameter.ts';
import type { Signature } from '../../server/src/python/inspect/signature.ts';
import { parseTarget, type Target } from '../../server/src/python/versions/target.ts';
import { type Callable, callableOf } from '../../server/src/resolve/callable.ts';
import { createEvaluator, type RequestEvaluator } from '../../server/src/resolve/evaluate/evaluator.ts';
import { Program } from '../../server/src/resolve/program/program.ts';
import type { EvaluationScope, SourceModule, Values } from '../../server/src/resolve/values.ts';
import { nodeFiles } from '../../server/src/node/files.ts';
import { bundledFor } from '../support/bundled.ts';
import { CACHE, digest } from './cache.ts';
import { emptyTally, type DifferenceClass, type Tally } from './comparison.ts';
import { SCRIPTS } from './conversation.ts';
import type { Interpreter } from './interpreters.ts';
import type { Difference } from './twins/twin.ts';

/** `[name, kind, default, annotation]`, as signatures.py prints it. */
type TheirParameter = readonly [string, number, string | null, string | null];

interface TheirSignature {
  readonly parameters?: readonly TheirParameter[];
  readonly returns?: string;
  readonly error?: string;
}

/** Without site-packages, which may replace parts of the library. */
const ISOLATED = ['-I', '-S', '-B'];

const SCRIPT = path.join(SCRIPTS, 'signatures.py');

export type ItemKind = 'function' | 'method' | 'class';

/** A module, as signatures.py prints it. */
export interface ModuleRecord {
  readonly module: string;
  readonly items?: readonly (readonly [name: string, kind: ItemKind, signature: TheirSignature])[];
  readonly error?: string;
}

// ---- CPython ---------------------------------------------------------------------------------------------------

/** Asks an interpreter about all of its library; the answers are kept. */
export async function theirSignatures(interpreter: Interpreter): Promise<ModuleRecord[]> {
  const key = digest(`${fs.readFileSync(SCRIPT, 'utf8')}${ISOLATED.join(' ')}`);
  const file = path.join(CACHE, 'signatures', `${interpreter.version}-${interpreter.kind}-${key}.jsonl`);
  if (!fs.existsSync(file)) {
    const lines = await linesOf(interpreter, []);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, lines.join('\n'));
  }
  return readRecords(fs.readFileSync(file, 'utf8').split('\n'));
}

/** Asks an interpreter about some modules, of its library or of a folder. */
export const signaturesOf = async (
  interpreter: Interpreter,
  modules: readonly string[],
  folder?: string,
): Promise<ModuleRecord[]> => {
  const args = folder === undefined ? modules : ['--path', folder, ...modules];
  return readRecords(await linesOf(interpreter, args, folder === undefined ? [] : [folder]));
};

const readRecords = (lines: readonly string[]): ModuleRecord[] =>
  lines.map(line => JSON.parse(line) as ModuleRecord);

async function linesOf(
  interpreter: Interpreter,
  args: readonly string[],
  folders: readonly string[] = [],
): Promise<string[]> {
  const [executable, ...before] = interpreter.command;
  const own =
    interpreter.kind === 'native' ? ['-I', '-S', '-B'] : folders.flatMap(folder => ['--mount', folder]);
  const child = spawn(executable, [...before, ...own, SCRIPT, ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise<number | null>(resolve => child.on('close', resolve));
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout }))
    if (line.startsWith('{')) lines.push(line);
  if ((await ended) !== 0 || lines.length === 0)
    throw new Error(`signatures.py failed in CPython ${interpreter.version}`);
  return lines;
}

// ---- Comparison ------------------------------------------------------------------------------------------------

/** How many there are of a kind, and how many of them are the same. */
export interface KindTally {
  all: number;
  same: number;
  unanswered: number;
}

export interface SignatureTally extends Tally {
  readonly kinds: Record<ItemKind, KindTally>;
}

export interface SignatureOptions {
  readonly interpreter: Interpreter;
  /** The folder of its standard library. */
  readonly library: string;
  /** Where the modules are, if not in the library. */
  readonly folder?: string;
  readonly records: readonly ModuleRecord[];
  readonly progress: (done: number, differing: number) => void;
  /** Told of every difference; the tally keeps the first of each class. */
  readonly differs?: (module: string, difference: Difference) => void;
}

/** Compares what our sources say with what an interpreter has answered. */
export function compareSignatures(options: SignatureOptions): SignatureTally {
  const { interpreter, records, progress } = options;
  const target = parseTarget(interpreter.version);
  if (!target) throw new Error(`no target for CPython ${interpreter.version}`);
  const ours = new Ours(target, options);
  const none = (): KindTally => ({ all: 0, same: 0, unanswered: 0 });
  const tally: SignatureTally = {
    ...emptyTally(),
    kinds: { function: none(), method: none(), class: none() },
  };
  const classes: Record<string, DifferenceClass> = tally.classes;
  records.forEach((record, index) => {
    progress(index, tally.differingFiles);
    if (!record.items) {
      tally.unanswered++;
      return;
    }
    tally.files++;
    const before = tally.differences;
    for (const [name, kind, theirs] of record.items) {
      if (!theirs.parameters) continue;
      tally.items++;
      const counts = tally.kinds[kind];
      counts.all++;
      const answer = ours.signature(record.module, name);
      const cause = typeof answer === 'string' ? answer : difference(answer, theirs, target);
      if (cause === undefined) {
        counts.same++;
        continue;
      }
      tally.differences++;
      if (typeof answer === 'string') counts.unanswered++;
      const key = `${kind}: ${cause}`;
      const mine = typeof answer === 'string' ? answer : shortText(answer);
      const example = { class: key, where: name, ours: mine, theirs: theirText(theirs) };
      options.differs?.(record.module, example);
      classes[key] ??= { count: 0, file: record.module, example };
      classes[key].count++;
    }
    if (tally.differences > before) tally.differingFiles++;
  });
  return tally;
}

/** The sources of one library. */
class Ours {
  private readonly program: Program;
  private readonly evaluator: RequestEvaluator;

  constructor(target: Target, { library, folder }: SignatureOptions) {
    const standard = [library, `${library}/lib-dynload`];
    const searchPath = { own: folder === undefined ? [] : [folder], standard, site: [] };
    this.program = new Program({ target, files: nodeFiles, searchPath, bundled: bundledFor(target) });
    this.evaluator = createEvaluator(this.program);
  }

  /** A signature, or why there is none. */
  signature(moduleName: string, name: string): Signature | string {
    const module = this.program.module(moduleName);
    if (module?.kind !== 'source') return 'no source of the module';
    return this.evaluator.request(() => {
      const found = this.find(module, name);
      if (typeof found === 'string') return found;
      const callable = callableOf(this.evaluator, found[0]);
      if (!callable) return `no signature of a ${found[0].type}`;
      return answerOf(callable);
    });
  }

  private find(module: SourceModule, name: string): Values | string {
    const [first, ...others] = name.split('.');
    let values = this.evaluator.moduleMember(module, first);
    if (values.length === 0) return 'name not found';
    const scope: EvaluationScope = {
      module,
      entry: module.analysis.symbolTable.top,
      offset: module.analysis.text.length,
      frame: undefined,
    };
    for (const part of others) {
      const owner = values[0];
      values = this.evaluator.attribute(owner, part, scope);
      if (values.length === 0) return `attribute of a ${owner.type} not found`;
    }
    return values;
  }
}

const answerOf = ({ signature, error }: Callable): Signature | string =>
  signature ?? `no signature: ${(error ?? 'unknown').replace(/<.*>/, '<…>')}`;

/** In what a signature differs from CPython's; undefined if in nothing. */
function difference(
  ours: Signature,
  { parameters: theirs = [], returns }: TheirSignature,
  target: Target,
): string | undefined {
  const mine = ours.parameters;
  const names = (list: readonly string[]): string => list.join(', ');
  if (names(mine.map(({ name }) => name)) !== names(theirs.map(([name]) => name))) return 'names';
  for (const [i, parameter] of mine.entries()) {
    const [, kind, value, annotation] = theirs[i];
    if (parameter.kind !== kind) return 'kinds';
    if ((parameter.default === undefined) !== (value === null)) return 'which have defaults';
    if (value !== null && parameter.default !== value && isLiteral(parameter, target)) return 'default';
    if ((parameter.annotation ?? null) !== annotation) return 'annotation';
  }
  return ours.returnAnnotation === returns ? undefined : 'return annotation';
}

/** Whether a default that differs was shown as a value, and not as the source's text. */
function isLiteral({ default: text = '' }: Parameter, target: Target): boolean {
  const { module, parsed } = analyze(text, target);
  // `<class 'int'>` is no source.
  if (parsed.errors.length > 0) return true;
  const [statement] = module.body;
  return statement?.kind === NodeKind.Expr && foldConstant(statement.value) !== undefined;
}

const KIND_MARKS = ['/', '', '*', '~', '**'];

function shortText({ parameters, returnAnnotation }: Signature): string {
  const parts = parameters.map(({ name, kind, default: value, annotation }) =>
    partText(name, kind, value, annotation),
  );
  return `(${parts.join(', ')})${returnAnnotation === undefined ? '' : ` -> ${returnAnnotation}`}`;
}

function theirText({ parameters = [], returns }: TheirSignature): string {
  const parts = parameters.map(([name, kind, value, annotation]) =>
    partText(name, kind, value ?? undefined, annotation ?? undefined),
  );
  return `(${parts.join(', ')})${returns === undefined ? '' : ` -> ${returns}`}`;
}

const partText = (name: string, kind: number, value?: string, annotation?: string): string =>
  `${KIND_MARKS[kind]}${name}${annotation === undefined ? '' : `: ${annotation}`}${value === undefined ? '' : `=${value}`}`;
