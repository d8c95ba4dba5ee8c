// `npm run bench`: how many megabytes of source each pass takes in a second, over a standard library that is in
// memory, beside CPython's own compile() on the same files in the same run; whole code objects beside the compile() of
// every version that is found (wholeCode.ts); and how long the command takes to start.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Bench, type Task } from 'tinybench';
import { treePieces } from '../../server/src/features/passes/astText.ts';
import { analyze, analyzeBytes } from '../../server/src/python/index.ts';
import { LineIndex } from '../../server/src/python/text/lineIndex.ts';
import { tokenize } from '../../server/src/python/tokenizer/tokenize.ts';
import { parseTarget, type Target } from '../../server/src/python/versions/target.ts';
import { CACHE } from '../oracle/cache.ts';
import { folderSources, libraryFolder } from '../oracle/corpora.ts';
import {
  findInterpreters,
  matching,
  REPOSITORY,
  seriesOf,
  type Interpreter,
} from '../oracle/interpreters.ts';
import { table } from '../oracle/report.ts';
import { WHOLE_CODE_HEAD, wholeCode, type WholeCode } from './wholeCode.ts';

const HELP = `usage: npm run bench -- [--target VERSION] [--runs N] [--limit N] [--only PART]

  --target VERSION  the CPython to compare with, and the target (3.13); as for npm run oracle
  --runs N          runs over the whole library, of which the median counts (5)
  --limit N         only every so many files, N in all
  --only PART       passes: each pass of ours; whole: whole code objects beside compile(), for the version that is
                    asked for, or else for every one that is found`;

const COMPILE = fileURLToPath(new URL('compile.py', import.meta.url));
const MEGABYTE = 1_000_000;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', short: 'h' },
      target: { type: 'string' },
      runs: { type: 'string', default: '5' },
      limit: { type: 'string', default: '1000000' },
      only: { type: 'string' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const interpreters = await findInterpreters();
  const fitting = matching(interpreters, values.target ?? '3.13');
  const interpreter = fitting.findLast(({ kind }) => kind === 'native') ?? fitting.at(-1);
  if (!interpreter) throw new Error(`no CPython ${values.target ?? '3.13'} on this machine`);
  const runs = Number(values.runs);
  const limit = Number(values.limit);
  console.log(`Node ${process.version}, ${os.cpus()[0].model}; median of ${runs} runs, without warming up`);
  if (values.only !== 'whole') {
    const target = parseTarget(interpreter.version)!;
    const corpus = await readCorpus(interpreter, interpreters, target, limit);
    const megabytes = (corpus.bytes / MEGABYTE).toFixed(1);
    console.log(`CoLens for ${target.version}: ${corpus.texts.length} files that compile, ${megabytes} MB\n`);
    const rows = [...(await ourPasses(corpus, target, runs)), ...cpython(interpreter, corpus, runs)];
    console.log(table(['pass', 'MB/s', 'ms', 'from', 'to'], rows));
    console.log(`\n${startUp(runs)}`);
  }
  if (values.only !== 'passes')
    await whole(interpreter, values.target === undefined, interpreters, runs, limit);
}

/** Whole code objects: for the version that was asked for, and with `all` for the newest native interpreter of each series. */
async function whole(
  chosen: Interpreter,
  all: boolean,
  interpreters: readonly Interpreter[],
  runs: number,
  limit: number,
): Promise<void> {
  const bySeries = new Map<string, Interpreter>();
  for (const each of interpreters) if (all && each.kind === 'native') bySeries.set(seriesOf(each), each);
  bySeries.set(seriesOf(chosen), chosen);
  const measured: WholeCode[] = [];
  for (const each of bySeries.values()) {
    const target = parseTarget(each.version);
    if (!target) continue;
    const { files, bytes } = await readCorpus(each, interpreters, target, limit);
    measured.push(await wholeCode(each, files, bytes, runs));
  }
  console.log(
    '\nwhole code objects beside compile() on the same files in turn, MB for a second of CPU time\n',
  );
  console.log(
    table(
      WHOLE_CODE_HEAD,
      measured.map(({ row }) => row),
    ),
  );
  for (const { about } of measured) console.log(about);
}

interface Corpus {
  readonly texts: readonly string[];
  readonly files: readonly string[];
  readonly bytes: number;
}

/** The library's files that compile for the target, as texts, and as a folder for CPython to read. */
async function readCorpus(
  interpreter: Interpreter,
  interpreters: readonly Interpreter[],
  target: Target,
  limit: number,
): Promise<Corpus> {
  const root = await libraryFolder(interpreter, interpreters);
  const all = folderSources(root);
  const step = Math.max(1, Math.floor(all.length / limit));
  const texts: string[] = [];
  const files: string[] = [];
  let bytes = 0;
  for (const source of all.filter((_, index) => index % step === 0)) {
    const content = source.read();
    const analysis = analyzeBytes(content, target);
    if (analysis.errors.length > 0) continue;
    texts.push(analysis.text);
    files.push(path.join(root, source.name));
    bytes += content.length;
  }
  return { texts, files, bytes };
}

/** Each pass on its own text: what it takes to get there from the text is in it. */
async function ourPasses({ texts, bytes }: Corpus, target: Target, runs: number): Promise<string[][]> {
  const bench = new Bench({ iterations: runs, time: 0, warmupIterations: 1, warmupTime: 0, throws: true });
  // What is computed is used, so that no engine can leave it out.
  let used = 0;
  const each = (work: (text: string) => number) => (): void => {
    for (const text of texts) used += work(text);
  };
  bench.add(
    'text → lines',
    each(text => new LineIndex(text).starts.length),
  );
  bench.add(
    'text → tokens',
    each(text => tokenize(text, target.dialect.tokenizer).tokens.count),
  );
  bench.add(
    'text → AST',
    each(text => analyze(text, target).module.body.length),
  );
  bench.add(
    'text → AST, printed with its places',
    each(text => {
      let length = 0;
      for (const piece of treePieces(analyze(text, target), { includeAttributes: true }))
        length += piece.length;
      return length;
    }),
  );
  bench.add(
    'text → symbol table',
    each(text => analyze(text, target).symbolTable.top.children.length),
  );
  bench.add(
    'text → facts',
    each(text => analyze(text, target).code.children.length),
  );
  await bench.run();
  if (used === 0) throw new Error('nothing was computed');
  return bench.tasks.map(task => [task.name, ...figures(samplesOf(task), bytes)]);
}

function samplesOf({ name, result }: Task): number[] {
  if (!('latency' in result)) throw new Error(`${name} was not measured`);
  const { p50, min, max } = result.latency;
  return [min, p50, max];
}

/** MB/s of the median, its time, and the slowest and fastest MB/s. */
function figures([fastest, median, slowest]: readonly number[], bytes: number): string[] {
  const rate = (milliseconds: number) => ((bytes / MEGABYTE / milliseconds) * 1000).toFixed(1);
  return [rate(median), median.toFixed(0), rate(slowest), rate(fastest)];
}

/** ast.parse() and compile() of the interpreter on the same files, read beforehand. */
function cpython(interpreter: Interpreter, { files, bytes }: Corpus, runs: number): string[][] {
  const list = path.join(CACHE, 'bench-files.txt');
  fs.mkdirSync(CACHE, { recursive: true });
  fs.writeFileSync(list, files.join('\n'));
  const [executable, ...before] = interpreter.command;
  const folders = [CACHE, path.parse(files[0]).root + files[0].split(path.sep)[1]];
  const mounts = interpreter.kind === 'pyodide' ? folders.flatMap(folder => ['--mount', folder]) : [];
  const output = execFileSync(executable, [...before, ...mounts, COMPILE, list, String(runs)], {
    encoding: 'utf8',
  });
  const name = `CPython ${interpreter.version}${interpreter.kind === 'native' ? '' : ' in WebAssembly'}`;
  return Object.entries(JSON.parse(output) as Record<string, number[]>).map(([pass, times]) => {
    const sorted = times.map(seconds => seconds * 1000).sort((a, b) => a - b);
    const median = sorted[Math.floor(sorted.length / 2)];
    return [`${name}: ${pass}`, ...figures([sorted[0], median, sorted.at(-1)!], bytes)];
  });
}

/** Wall time of a call that does nothing, and of one that dumps a small file. */
function startUp(runs: number): string {
  const command = path.join(REPOSITORY, 'dist', 'cli.js');
  if (!fs.existsSync(command)) return 'start-up: dist/cli.js is not there; npm run build makes it';
  const time = (...args: string[]): string => {
    const times = Array.from({ length: Math.max(runs, 5) }, () => {
      const begun = performance.now();
      execFileSync(process.execPath, [command, ...args], { input: 'def f(x): return x\n' });
      return performance.now() - begun;
    }).sort((a, b) => a - b);
    return `${times[Math.floor(times.length / 2)].toFixed(0)} ms`;
  };
  return `start-up: colens --version ${time('--version')}, colens dump - ${time('dump', '-')}`;
}

await main();
