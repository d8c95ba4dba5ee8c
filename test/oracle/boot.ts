// `npm run oracle -- --boot`: a copy of the interpreter's library whose every source we compiled boots the interpreter,
// and its own tests have the outcome that they have with the files that the interpreter compiled. The files are marked
// as those whose source is never looked at, and so is proved that it runs them.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { main as colens } from '../../server/src/cli/main.ts';
import { nodePlatform } from '../../server/src/node/platform.ts';
import { parseTarget } from '../../server/src/python/versions/target.ts';
import { hash } from './cache.ts';
import { seriesOf, type Interpreter } from './interpreters.ts';
import type { Plan } from './plan.ts';

/** Tests of what a compiler can get wrong; those that a version has. */
const TESTS = process.env.BOOT_TESTS
  ? process.env.BOOT_TESTS.split(' ')
  : [
      'test_grammar test_compile test_dis test_generators test_coroutines test_asyncgen test_patma test_exceptions',
      'test_with test_fstring test_listcomps test_type_params test_scope test_descr test_dataclasses test_inspect',
      'test_json test_re test_asyncio',
    ].flatMap(line => line.split(' '));

/** Without these the interpreter has some of its library in itself. */
const FROM_FILES = ['-X', 'frozen_modules=off'];

/** Test files at a time. */
const AT_A_TIME = 3;

/** What the tests of a library have come to: the outcome of each, by its name. */
type Outcomes = ReadonlyMap<string, string>;

/** Boots interpreters one after the other; returns whether all had the same outcomes. */
export async function boot({ interpreters, tests = TESTS }: Plan): Promise<boolean> {
  let same = true;
  for (const interpreter of interpreters) {
    if (interpreter.kind !== 'native' || !interpreter.stdlib) continue;
    if (!parseTarget(interpreter.version)) continue;
    if (!fs.existsSync(path.join(interpreter.stdlib, 'test', 'test_grammar.py'))) {
      console.log(`${interpreter.version}: no tests in its library`);
      continue;
    }
    const copy = new LibraryCopy(interpreter, interpreter.stdlib);
    try {
      same = (await compare(copy, interpreter.version, tests)) && same;
    } finally {
      copy.remove();
    }
  }
  return same;
}

async function compare(copy: LibraryCopy, version: string, names: readonly string[]): Promise<boolean> {
  const tests = names.filter(name => copy.has(`test/${name}.py`) || copy.has(`test/${name}/__init__.py`));
  const theirs = await copy.test(tests);
  const { compiled, refused } = await copy.compileByColens(version);
  const proof = copy.prove(tests);
  const before = copy.digests();
  const ours = await copy.test(tests);
  const after = copy.digests();
  const rewritten = [...before].filter(([file, digest]) => after.get(file) !== digest).map(([file]) => file);
  const differing = [...new Set([...theirs.keys(), ...ours.keys()])].filter(
    name => theirs.get(name) !== ours.get(name),
  );
  const count = (outcome: string): number => [...ours.values()].filter(each => each === outcome).length;
  console.log(
    `${version}: ${compiled} files compiled, ${refused} refused; ${tests.length} test files, ${ours.size - tests.length} tests: ` +
      `${count('passed')} passed, ${count('skipped')} skipped, ${count('failed')} failed; ` +
      `${differing.length} with another outcome than with the interpreter's own files`,
  );
  console.log(`    ${proof.text}; ${rewritten.length} files written anew`);
  for (const name of differing.slice(0, 20))
    console.log(`    ${name}: ${theirs.get(name) ?? 'absent'}, with ours ${ours.get(name) ?? 'absent'}`);
  return differing.length === 0 && rewritten.length === 0 && proof.holds && ours.size > 0;
}

/** An installation with a copy of an interpreter's library. */
class LibraryCopy {
  private readonly root = fs.mkdtempSync(path.join(os.tmpdir(), 'colens-boot-'));
  private readonly library: string;
  private readonly executable: string;

  constructor(interpreter: Interpreter, stdlib: string) {
    const name = `python${seriesOf(interpreter)}`;
    this.library = path.join(this.root, 'lib', name);
    fs.cpSync(stdlib, this.library, {
      recursive: true,
      dereference: true,
      filter: source => !/(?:__pycache__|site-packages|dist-packages)$/.test(source) && fs.existsSync(source),
    });
    this.executable = path.join(this.root, 'bin', name);
    fs.mkdirSync(path.dirname(this.executable));
    // The folder that an interpreter stands in is where it looks for its library.
    const program = fs.readFileSync(programOf(interpreter));
    const isScript = program.subarray(0, 2).toString() === '#!';
    const script = (): string =>
      program
        .toString()
        .replace(/PYTHONHOME=\S+/, `PYTHONHOME='${this.root}'`)
        .replace(/--argv0 \S+/, '--argv0 "$0"');
    fs.writeFileSync(this.executable, isScript ? script() : program, { mode: 0o755 });
  }

  has(name: string): boolean {
    return fs.existsSync(path.join(this.library, name));
  }

  remove(): void {
    fs.rmSync(this.root, { recursive: true });
  }

  private run(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const result = spawnSync(this.executable, [...FROM_FILES, ...args], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      env: { ...this.environment(), ...env },
    });
    if (result.error) throw result.error;
    return result;
  }

  private environment(): NodeJS.ProcessEnv {
    const own = Object.entries(process.env).filter(([name]) => !/^PYTHON(?:HOME|PATH)$/.test(name));
    return { ...Object.fromEntries(own), PYTHON_FROZEN_MODULES: 'off', PYTHONNOUSERSITE: '1' };
  }

  async compileByColens(version: string): Promise<{ compiled: number; refused: number }> {
    for (const file of this.compiledFiles()) fs.rmSync(file);
    fs.writeFileSync(this.marked, 'MARK = "compiled"\n');
    const complaints: string[] = [];
    await colens(['compile', '--target', version, '--invalidation-mode', 'unchecked-hash', this.library], {
      readInput: () => Promise.reject(new Error('there is no input')),
      write: () => Promise.resolve(),
      complain: line => complaints.push(line),
      folder: process.cwd(),
      libraries: nodePlatform,
    });
    fs.writeFileSync(this.marked, 'MARK = "source"\n');
    // What complains of something else than a source has failed.
    const failed = complaints.find(line => line.startsWith('colens: '));
    if (failed !== undefined) throw new Error(failed);
    return { compiled: this.compiledFiles().length, refused: complaints.length };
  }

  private get marked(): string {
    return path.join(this.library, 'colens_marked.py');
  }

  /** That a changed source changes nothing, and that all that is imported for the tests comes from compiled files. */
  prove(tests: readonly string[]): { readonly text: string; readonly holds: boolean } {
    const mark = this.run(['-c', 'import colens_marked; print(colens_marked.MARK)']).stdout.trim();
    const imports = tests.map(name => `test.${name}`).join(', ');
    const { stderr } = this.run(['-c', `import test.libregrtest, ${imports}`], { PYTHONVERBOSE: '1' });
    const origins = [...stderr.matchAll(/^# code object from '?([^'\n]*)'?$/gm)].map(match => match[1]);
    const compiled = origins.filter(file => file.startsWith(this.library) && file.endsWith('.pyc')).length;
    return {
      text: `a marked file: '${mark}'; ${compiled} modules from compiled files, ${origins.length - compiled} from others`,
      holds: mark === 'compiled' && compiled > 50 && compiled === origins.length,
    };
  }

  private compiledFiles(): string[] {
    return fs
      .readdirSync(this.library, { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.pyc'))
      .map(name => path.join(this.library, name));
  }

  digests(): Map<string, string> {
    return new Map(this.compiledFiles().map(file => [file, hash(fs.readFileSync(file))]));
  }

  /** Runs test files, each in a process of its own, some at a time: many wait more than they work. */
  async test(tests: readonly string[]): Promise<Outcomes> {
    const found = new Map<string, Outcomes>();
    // Those of asyncio take as long as all others, and are waiting most of the time.
    const waiting = [...tests].sort((a, b) => Number(b === 'test_asyncio') - Number(a === 'test_asyncio'));
    const work = async (): Promise<void> => {
      for (let test = waiting.shift(); test !== undefined; test = waiting.shift())
        found.set(test, await this.testFile(test));
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, work));
    return new Map(tests.flatMap(test => [...found.get(test)!]));
  }

  private async testFile(test: string): Promise<Outcomes> {
    const folder = fs.mkdtempSync(path.join(this.root, 'work-'));
    const report = `${folder}.xml`;
    const args = ['-m', 'test', '--junit-xml', report, '--timeout', '1200', test];
    const code = await new Promise<number | null>((resolve, reject) => {
      const child = spawn(this.executable, [...FROM_FILES, ...args], {
        cwd: folder,
        stdio: 'ignore',
        env: this.environment(),
      });
      child.on('error', reject);
      child.on('close', resolve);
    });
    const outcomes = new Map([[`${test}: exit code`, String(code)]]);
    if (!fs.existsSync(report)) return outcomes;
    for (const [name, outcome] of outcomesOf(fs.readFileSync(report, 'utf8')))
      outcomes.set(`${test}: ${name}`, outcome);
    fs.rmSync(folder, { recursive: true, force: true });
    return outcomes;
  }
}

/** The program of an interpreter; what starts it, if it does not run by itself. */
function programOf({ command: [executable, ...before] }: Interpreter): string {
  const ask = 'import os, sys; print(os.path.realpath(sys.executable))';
  const program = spawnSync(executable, [...before, '-c', ask], { encoding: 'utf8' }).stdout.trim();
  return spawnSync(program, ['-c', '']).status === 0 ? program : fs.realpathSync(executable);
}

/** The outcomes of tests in a report, by name. */
function outcomesOf(xml: string): Map<string, string> {
  const outcomes = new Map<string, string>();
  for (const [, attributes, body = ''] of xml.matchAll(/<testcase ([^>]*?)(?:\/>|>(.*?)<\/testcase>)/gs)) {
    const name = /\bname="([^"]*)"/.exec(attributes)![1];
    const isFailure = /<(?:error|failure)\b/.test(body);
    outcomes.set(name, isFailure ? 'failed' : /<skipped\b/.test(body) ? 'skipped' : 'passed');
  }
  return outcomes;
}
