// `colens compile`: .pyc files, as python -m py_compile and python -m compileall write them.
import fs from 'node:fs';
import path from 'node:path';
import { type InvalidationMode, sourceHash, type SourceStamp, writePyc } from '../python/code/marshal/pyc.ts';
import { analyzeBytes, type OptimizationLevel } from '../python/index.ts';
import type { Target } from '../python/versions/target.ts';
import { BATCH_HELP, BATCH_OPTIONS, readBatchOptions, runBatch, unreadable } from './batch.ts';
import { UsageError, type Command } from './command.ts';
import { attempt, onDisk, readPlace, type Input } from './inputs.ts';
import { readOptimize, readOptions, readTarget, TARGET_HELP, TARGET_OPTION } from './options.ts';
import type { Answer, Batch, Place, Wanted } from './perFile.ts';
import { cachePath } from './pycPath.ts';
import { mtimeOf } from './sourceTime.ts';
import { traceback } from './syntaxError.ts';

const MODES: readonly InvalidationMode[] = ['timestamp', 'checked-hash', 'unchecked-hash'];

/** All sources below a directory, as compileall finds them. */
const WANTED: Wanted = {
  suffix: '.py',
  skippedFolders: new Set(['__pycache__']),
  what: 'Python sources',
};

export const compile: Command = {
  name: 'compile',
  summary: '.pyc files, as py_compile and compileall write them',
  help: `usage: colens compile [OPTION]... PATH...

Compiles sources to .pyc files in the __pycache__ beside each (PEP 3147), which the target's CPython imports. For
files that do not compile, the error goes to standard error, and the other files are still compiled. In directories,
.pyc files that are up to date by the time stored in them are left alone.

${TARGET_HELP}
  --optimize N      0, 1 (python -O: no asserts) or 2 (-OO: no docstrings either); 0 if not given. May be
                    given more than once
  --invalidation-mode MODE
                    how imports check that a .pyc file fits its source: timestamp, checked-hash or
                    unchecked-hash; timestamp if not given, checked-hash if SOURCE_DATE_EPOCH is set
  -o, --output FILE the .pyc file of one source
  -f, --force       compile what is up to date, too
  -s, --strip DIR   take DIR off the paths stored in code objects (co_filename)
  -p, --prepend DIR put DIR before them
${BATCH_HELP}

PATH is a file, a directory (every .py below it) or @FILE (a list of paths, one a line); with --output, also -
(standard input).`,

  batch,
  async run(args, io) {
    const [variable, ...rest] = [io.libraries.machine?.variable('SOURCE_DATE_EPOCH'), ...args];
    // Passed on as an option, since worker threads have no environment to read it from.
    const call = variable ? ['--invalidation-mode', 'checked-hash', ...rest] : rest;
    return runBatch('compile', call, batch(call), io);
  },
};

interface Options {
  readonly target: Target;
  readonly levels: readonly OptimizationLevel[];
  readonly mode: InvalidationMode;
  readonly output: string | undefined;
  readonly force: boolean;
  readonly filenameOf: (location: string) => string;
}

function batch(args: readonly string[]): Batch {
  const { values, positionals } = readOptions(args, {
    ...TARGET_OPTION,
    ...BATCH_OPTIONS,
    optimize: { type: 'string', multiple: true },
    'invalidation-mode': { type: 'string' },
    output: { type: 'string', short: 'o' },
    force: { type: 'boolean', short: 'f' },
    strip: { type: 'string', short: 's' },
    prepend: { type: 'string', short: 'p' },
  });
  const target = readTarget(values.target);
  const { output, strip, prepend } = values;
  const options: Options = {
    target,
    levels: [...new Set((values.optimize ?? ['0']).map(readOptimize))].sort(),
    mode: readMode(values['invalidation-mode'] ?? 'timestamp'),
    output,
    force: values.force ?? false,
    filenameOf: location => prepended(stripped(location, strip), prepend),
  };
  if (output !== undefined && (positionals.length > 1 || options.levels.length > 1))
    throw new UsageError('--output takes one source, at one level of --optimize');
  if (output === undefined && (positionals.length === 0 || positionals.includes('-')))
    throw new UsageError('no PATH; standard input needs --output');
  if (output !== undefined && isDirectory(positionals[0]))
    throw new UsageError('--output takes one source, no directory');
  return {
    paths: positionals,
    wanted: WANTED,
    ...readBatchOptions(values),
    answer: place => answer(place, options),
  };
}

function readMode(text: string): InvalidationMode {
  const mode = MODES.find(each => each === text);
  if (!mode) throw new UsageError(`--invalidation-mode takes ${MODES.join(', ')}, not '${text}'`);
  return mode;
}

/** CPython: Lib/compileall.py, compile_file(). */
function answer(place: Place, options: Options): Answer {
  const before = place.bytes
    ? undefined
    : attempt(() => fs.statSync(onDisk(place.location), { bigint: true }));
  if (before && 'problem' in before) return unreadable({ location: place.location, ...before });
  const stat = before?.value;
  const fileOf = (level: OptimizationLevel): string =>
    options.output ?? cachePath(place.location, options.target, level);
  // Only files of a directory: a file that is named is compiled in any case, as py_compile does it.
  const mayBeLeft = place.name !== place.location && options.mode === 'timestamp' && !options.force;
  if (mayBeLeft && stat && options.levels.every(level => isUpToDate(fileOf(level), stat, options)))
    return { ok: true, out: '', complaints: [], kind: 'up to date' };
  const input = readPlace(place);
  if ('problem' in input) return unreadable(input);
  for (const level of options.levels) {
    const problem = compileTo(fileOf(level), input, level, stampOf(input, stat, options), stat, options);
    if (problem !== undefined) return { ok: false, out: '', complaints: [problem], kind: 'failed' };
  }
  return { ok: true, out: '', complaints: [], kind: 'compiled' };
}

/** Compiles a source to a file; why it could not be done, if so. CPython: Lib/py_compile.py, compile(). */
function compileTo(
  file: string,
  { bytes, location }: Input,
  level: OptimizationLevel,
  stamp: SourceStamp,
  source: fs.BigIntStats | undefined,
  { target, filenameOf }: Options,
): string | undefined {
  const analysis = analyzeBytes(bytes, target, level).generateAll();
  const filename = filenameOf(location);
  const error = analysis.errors[0];
  if (error) {
    const text = traceback(error, analysis, filename);
    // An error without a line does not tell its file; among many this must be told.
    return text.startsWith('  File ') ? text : `${text} (${filename})`;
  }
  const pyc = writePyc(analysis.code, stamp, {
    dialect: target.dialect.assembler,
    bytecode: code => analysis.bytecode(code),
    filename,
  });
  if (!pyc) return `colens: ${location}: too long, or nested too deep`;
  // As readable as the source, and writable by its owner. CPython: _calc_mode().
  const mode = (Number(source?.mode ?? 0o666) | 0o200) & 0o666;
  const written = attempt(() => writeAtomically(file, pyc, mode));
  return 'problem' in written ? `colens: ${file}: ${written.problem}` : undefined;
}

/** Writes another file first, which takes the name when it is whole. CPython: _write_atomic(). */
function writeAtomically(file: string, bytes: Uint8Array, mode: number): void {
  const before = fs.lstatSync(onDisk(file), { throwIfNoEntry: false });
  if (before && !before.isFile()) {
    const what = before.isSymbolicLink() ? 'a symbolic link' : 'no regular file';
    throw new Error(`is ${what}, and would be changed into a regular file`);
  }
  const folder = path.dirname(file);
  if (folder !== '') fs.mkdirSync(onDisk(folder), { recursive: true });
  const temporary = `${file}.${process.pid}.${temporaries++}`;
  try {
    fs.writeFileSync(onDisk(temporary), bytes, { flag: 'wx', mode });
    fs.renameSync(onDisk(temporary), onDisk(file));
  } catch (error) {
    fs.rmSync(onDisk(temporary), { force: true });
    throw error;
  }
}

let temporaries = 0;

/** Whether a .pyc file has the time of its source stored. As in compileall, its size is not looked at. */
function isUpToDate(file: string, source: fs.BigIntStats, { target }: Options): boolean {
  const stored = attempt(() => {
    const handle = fs.openSync(onDisk(file), 'r');
    try {
      const head = Buffer.alloc(12);
      return fs.readSync(handle, head) === head.length ? head : undefined;
    } finally {
      fs.closeSync(handle);
    }
  });
  if ('problem' in stored || !stored.value) return false;
  const head = stored.value;
  const magic = (target.dialect.assembler.magic | 0x0a0d0000) >>> 0;
  return (
    head.readUInt32LE(0) === magic && head.readUInt32LE(4) === 0 && head.readUInt32LE(8) === mtimeOf(source)
  );
}

function stampOf(
  { bytes }: Input,
  source: fs.BigIntStats | undefined,
  { mode, target }: Options,
): SourceStamp {
  if (mode === 'timestamp') {
    // Standard input has no time.
    return { mode, mtime: source ? mtimeOf(source) : 0, size: bytes.length >>> 0 };
  }
  return { mode, hash: sourceHash(bytes, target.dialect.assembler) };
}

const isDirectory = (given: string | undefined): boolean =>
  given !== undefined && (fs.statSync(onDisk(given), { throwIfNoEntry: false })?.isDirectory() ?? false);

function stripped(location: string, folder: string | undefined): string {
  if (folder === undefined) return location;
  const [parts, start] = [location.split(path.sep), folder.split(path.sep)];
  if (start.at(-1) === '') start.pop();
  return start.every((part, i) => parts[i] === part) ? parts.slice(start.length).join(path.sep) : location;
}

const prepended = (location: string, folder: string | undefined): string =>
  folder === undefined || location.startsWith('/')
    ? location
    : `${folder}${folder.endsWith('/') ? '' : '/'}${location}`;
