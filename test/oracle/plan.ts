// What a run of the oracle is asked to do: its options, and the interpreters and corpora that they mean.
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { parseTarget, TARGETS } from '../../server/src/python/versions/target.ts';
import { callSources } from './calls.ts';
import { folderSources, libraryFolder, snippets, type Source } from './corpora.ts';
import { generatedSources } from './generate.ts';
import { matching, type Interpreter } from './interpreters.ts';
import { mutatedSources } from './mutations.ts';
import { CALL_TWINS, twinsAt } from './twins/all.ts';
import type { OptimizationLevel, Twin } from './twins/twin.ts';

/** Patch levels that compile differently from the newest of their series. */
const PATCH_LEVELS = ['3.12.1', '3.12.7', '3.13.0', '3.13.2', '3.14.2', '3.15.0rc1'];

export const HELP = `usage: npm run oracle -- [TWIN]... [OPTION]...

Compares what CoLens makes of Python sources with what CPython makes of them.

  --target VERSION   3.13, 3.13.2, native:3.13 or pyodide:3.13; may be repeated; default: the best
                     interpreter of each series that this machine has, and of each patch level that
                     differs from it: ${PATCH_LEVELS.join(', ')}
  --twin NAME        ${twinsAt(0)
    .map(({ name }) => name)
    .join(', ')}; may be repeated; default: these;
                     inspect: signatures of whole standard libraries
  --corpus NAME      stdlib, stdlib-3.13, snippets, generated, mutations, calls or a folder or file; may be
                     repeated; default: the first three, and those of the next three options
  --generate N       N generated programs
  --mutations N      N mutated files of the standard library; compares errors alone
  --calls N          N generated calls of functions; compares what they bind, and nothing else
  --optimize N       the level at which code is compiled, 0 (default), 1 or 2; above 0 only by those twins
                     that depend on it
  --seed N           of generated programs, mutations and calls
  --sample           every 40th file only
  --limit N          at most N sources of a corpus, evenly spread
  --drill N          look into N differing files of a twin and corpus (200)
  --jobs N           interpreters at a time (1); each takes up to two cores
  --classes N        show the N most frequent classes of differences of each (5)
  --json FILE        write everything that was found to FILE
  --boot             instead of all this: libraries that we compiled boot their interpreters and pass their
                     tests as with files that those compiled; --test NAME for this one alone, may be repeated
  --verify           instead of all this: what interpreters compile of their libraries is what we say it is,
                     and changed in one place it is not
  --write-readme     write the match rates into README.md

Native interpreters are looked for in the folders of $COLENS_PYTHONS, in pyenv and on PATH, others among
the npm packages. Exit code 1 if anything differs.`;

export interface Plan {
  readonly interpreters: readonly Interpreter[];
  readonly corpora: readonly string[];
  readonly twins: readonly string[];
  readonly generate: number;
  readonly mutations: number;
  readonly calls: number;
  readonly optimize: OptimizationLevel;
  readonly seed: number;
  readonly every: number;
  readonly limit: number;
  readonly drill: number;
  readonly jobs: number;
  readonly classes: number;
  readonly json?: string;
  readonly writeReadme: boolean;
  readonly boot: boolean;
  readonly tests: readonly string[] | undefined;
  readonly verify: boolean;
}

/** The twin that looks at whole libraries. */
export const SIGNATURES = 'inspect';

const SAMPLE = 40;

/** Reads the command line; undefined if it asks for help. Throws an Error that says what is wrong with it. */
export function readPlan(args: string[], interpreters: readonly Interpreter[]): Plan | undefined {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      target: { type: 'string', multiple: true },
      twin: { type: 'string', multiple: true },
      corpus: { type: 'string', multiple: true },
      generate: { type: 'string' },
      mutations: { type: 'string' },
      calls: { type: 'string' },
      optimize: { type: 'string' },
      seed: { type: 'string' },
      sample: { type: 'boolean' },
      limit: { type: 'string' },
      drill: { type: 'string' },
      jobs: { type: 'string' },
      classes: { type: 'string' },
      json: { type: 'string' },
      'write-readme': { type: 'boolean' },
      boot: { type: 'boolean' },
      test: { type: 'string', multiple: true },
      verify: { type: 'boolean' },
    },
  });
  if (values.help) return undefined;
  const named = [...(values.twin ?? []), ...positionals];
  const optimize = number('optimize', values.optimize, 0);
  if (optimize !== 0 && optimize !== 1 && optimize !== 2)
    throw new Error(`--optimize takes 0, 1 or 2, not ${optimize}`);
  const all = twinsAt(optimize).map(({ name }) => name);
  const twins = named.length > 0 ? named : all;
  const unknown = twins.find(name => name !== SIGNATURES && !all.includes(name));
  if (unknown) throw new Error(`no twin '${unknown}'`);
  const generate = number('generate', values.generate, values.corpus?.includes('generated') ? 1000 : 0);
  const mutations = number('mutations', values.mutations, values.corpus?.includes('mutations') ? 1000 : 0);
  const calls = number('calls', values.calls, values.corpus?.includes('calls') ? 10_000 : 0);
  const made = values.generate ?? values.mutations ?? values.calls;
  const chosenCorpora = values.corpus ?? (made ? [] : ['stdlib', 'stdlib-3.13', 'snippets']);
  const corpora = new Set(chosenCorpora);
  if (generate > 0) corpora.add('generated');
  if (mutations > 0) corpora.add('mutations');
  if (calls > 0) corpora.add('calls');
  return {
    interpreters: values.target
      ? values.target.flatMap(wanted => chosen(interpreters, wanted))
      : byDefault(interpreters),
    corpora: [...corpora],
    twins,
    generate,
    mutations,
    calls,
    optimize,
    seed: number('seed', values.seed, 1),
    every: values.sample ? SAMPLE : 1,
    limit: number('limit', values.limit, Number.MAX_SAFE_INTEGER),
    drill: number('drill', values.drill, 200),
    jobs: number('jobs', values.jobs, 1),
    classes: number('classes', values.classes, 5),
    json: values.json,
    writeReadme: values['write-readme'] ?? false,
    boot: values.boot ?? false,
    tests: values.test,
    verify: values.verify ?? false,
  };
}

function number(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^\d+$/.test(text)) throw new Error(`--${option} takes a number, not '${text}'`);
  return Number(text);
}

/** The best of each series, and older patch levels that are targets of their own. */
function byDefault(interpreters: readonly Interpreter[]): Interpreter[] {
  const wanted = [...TARGETS.map(({ series }) => series), ...PATCH_LEVELS];
  return [...new Set(wanted.flatMap(version => bestOf(matching(interpreters, version)).slice(0, 1)))];
}

/** For a series its best native and its best in WebAssembly; for a release what there is of it. */
function chosen(interpreters: readonly Interpreter[], wanted: string): Interpreter[] {
  const found = bestOf(matching(interpreters, wanted));
  if (found.length === 0) throw new Error(`no CPython ${wanted} on this machine (see --help)`);
  const [best] = found;
  const other = found.find(({ kind }) => kind !== best.kind);
  // A native of an older patch level than the target's says nothing that the better one does not.
  return other && best.kind === 'native' ? [best, other] : [best];
}

/** The target's own release first, then the newest; of one release the native first. */
function bestOf(interpreters: readonly Interpreter[]): Interpreter[] {
  const isTarget = ({ version }: Interpreter) => Number(TARGETS.some(target => target.version === version));
  const isNative = ({ kind }: Interpreter) => Number(kind === 'native');
  return [...interpreters]
    .reverse()
    .sort((a, b) => isTarget(b) - isTarget(a) || (a.version === b.version ? isNative(b) - isNative(a) : 0));
}

/** What a corpus is compared by: mutations say nothing but whether they are refused, calls what they bind. */
export function twinsFor(corpus: string, { twins, optimize }: Plan): readonly Twin[] {
  if (corpus === 'calls') return CALL_TWINS;
  return twinsAt(optimize).filter(({ name }) =>
    corpus === 'mutations' ? name === 'errors' : twins.includes(name),
  );
}

/** The sources of a corpus for an interpreter, thinned out as the plan says. */
export async function corpusSources(
  corpus: string,
  interpreter: Interpreter,
  all: readonly Interpreter[],
  plan: Plan,
): Promise<Source[]> {
  return thinnedOut(await everySource(corpus, interpreter, all, plan), plan);
}

/** What a plan leaves of a list: every so many, at most so many of them. */
export function thinnedOut<Item>(items: readonly Item[], { every, limit }: Plan): Item[] {
  const sampled = items.filter((_, index) => index % every === 0);
  if (sampled.length <= limit) return sampled;
  const step = sampled.length / limit;
  return Array.from({ length: limit }, (_, index) => sampled[Math.floor(index * step)]);
}

async function everySource(
  corpus: string,
  interpreter: Interpreter,
  all: readonly Interpreter[],
  plan: Plan,
) {
  const target = parseTarget(interpreter.version)!;
  switch (corpus) {
    case 'stdlib':
      return folderSources(await libraryFolder(interpreter, all));
    case 'snippets':
      return snippets(interpreter, all);
    case 'generated':
      return generatedSources(plan.generate, plan.seed, target);
    case 'calls':
      return callSources(plan.calls, plan.seed);
    case 'mutations':
      return mutatedSources(folderSources(await libraryFolder(interpreter, all)), plan.mutations, plan.seed);
  }
  const library = /^stdlib-(.*)$/.exec(corpus);
  if (library) return sharedLibrary(library[1], interpreter, all);
  if (!fs.existsSync(corpus)) throw new Error(`no corpus '${corpus}'`);
  if (fs.statSync(corpus).isDirectory()) return folderSources(corpus);
  return [{ name: corpus, read: () => fs.readFileSync(corpus) }];
}

/** The library of another version, in which there is much that this one refuses; nothing if it is this one's own. */
async function sharedLibrary(version: string, interpreter: Interpreter, all: readonly Interpreter[]) {
  const [other] = bestOf(matching(all, version));
  if (!other) throw new Error(`no CPython ${version} on this machine`);
  const folder = await libraryFolder(other, all);
  return folder === (await libraryFolder(interpreter, all)) ? [] : folderSources(folder);
}
