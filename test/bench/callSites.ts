// `npm run bench:calls`: signature help at every call in large modules of the standard library, or with --python of
// packages that an interpreter can import, asked of the server as editors ask it. How many calls it answers; whether the answer is the signature that inspect finds in a real interpreter,
// where that can be told without running anything; how long it takes, and how much memory.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { SignatureHelp } from 'vscode-languageserver-protocol/node';
import { CACHE, digest } from '../oracle/cache.ts';
import { libraryFolder } from '../oracle/corpora.ts';
import { findInterpreters, type Interpreter, matching } from '../oracle/interpreters.ts';
import { table } from '../oracle/report.ts';
import { askLines } from './ask.ts';
import { type Answer, compare } from './signatures.ts';
import { ServerProcess } from './serverProcess.ts';

const HELP = `usage: npm run bench:calls -- [--target VERSION | --python PATH] [--out FILE] [MODULE…]

  --target VERSION  the CPython to ask, and the target (native:3.13); as for npm run oracle
  --python PATH     the interpreter of an environment, bin/python in it: modules of packages that it can import
  --out FILE        writes every call that is not answered, or not as CPython does
  MODULE            such modules only`;

/** Large modules of the standard library, of all kinds. */
const MODULES = [
  ...[
    'argparse',
    'ast',
    'asyncio.base_events',
    'asyncio.selector_events',
    'asyncio.sslproto',
    'asyncio.streams',
  ],
  ...['asyncio.tasks', 'asyncio.unix_events', 'configparser', 'dataclasses', 'difflib', 'doctest'],
  ...[
    'email._header_value_parser',
    'email.message',
    'enum',
    'ftplib',
    'functools',
    'http.client',
    'http.cookiejar',
  ],
  ...[
    'imaplib',
    'inspect',
    'ipaddress',
    'json.decoder',
    'json.encoder',
    'logging',
    'logging.handlers',
    'optparse',
  ],
  ...['pathlib._local', 'pdb', 'pickle', 'shutil', 'socket', 'subprocess', 'tarfile', 'threading', 'typing'],
  ...['unittest.case', 'unittest.mock', 'urllib.request', 'zipfile'],
];

/** Modules of packages that people use, as far as they are there. */
const PACKAGE_MODULES = [
  'requests.sessions',
  'requests.adapters',
  'click.core',
  'click.decorators',
  'jinja2.environment',
  'jinja2.compiler',
  'celery.app.base',
  'celery.app.task',
  'celery.canvas',
  'boto3.session',
  'boto3.resources.factory',
  'botocore.client',
  'botocore.utils',
  'pandas.core.frame',
  'pandas.core.series',
  'pandas.core.arrays.datetimes',
  'pandas.io.parsers.readers',
  'matplotlib.figure',
  'matplotlib.axes._axes',
  'matplotlib.pyplot',
  'starlette.routing',
  'starlette.responses',
  'fastapi.routing',
  'fastapi.applications',
  'pydantic.main',
  'pydantic.fields',
  'attr._make',
  'sqlalchemy.sql.selectable',
  'sqlalchemy.orm.query',
  'sqlalchemy.engine.base',
  'zope.interface.interface',
  'zope.interface.declarations',
  'django.db.models.query',
  'django.forms.models',
  'django.http.request',
  'twisted.internet.base',
  'twisted.web.http',
  'twisted.internet.defer',
  'flask.app',
  'werkzeug.routing.map',
  'rich.console',
  'networkx.algorithms.shortest_paths.weighted',
  'httpx._client',
  'aiohttp.client',
  'docutils.nodes',
  'sphinx.application',
  '_pytest.fixtures',
  'hypothesis.core',
  'tornado.web',
  'marshmallow.schema',
  'paramiko.transport',
  'sympy.core.expr',
  'traitlets.traitlets',
  'urllib3.connectionpool',
  'prompt_toolkit.application.application',
  'redis.client',
  'trio._core._run',
  'setuptools.dist',
];

const SCRIPT = path.join(import.meta.dirname, 'callSites.py');

type CallSite = readonly [
  line: number,
  character: number,
  callee: string,
  category: string,
  answer: Answer | null,
];

interface Outcome {
  readonly place: string;
  readonly callee: string;
  readonly category: string;
  readonly verdict: 'unanswered' | 'right' | 'texts differ' | 'right, not first' | 'wrong' | 'not asked';
  readonly ours: string;
  readonly theirs: string;
}

const isAsked = ({ verdict }: Outcome): boolean => verdict !== 'not asked' && verdict !== 'unanswered';

function judge(place: string, site: CallSite, help: SignatureHelp | null): Outcome {
  const [, , callee, category, answer] = site;
  const theirs = answer === null ? '' : 'error' in answer ? answer.error : answer.text;
  const outcome = (verdict: Outcome['verdict']): Outcome => ({
    place,
    callee,
    category,
    verdict,
    ours: help?.signatures[help.activeSignature ?? 0]?.label ?? '',
    theirs,
  });
  if (!help || help.signatures.length === 0) return outcome('unanswered');
  if (!answer) return outcome('not asked');
  const verdicts = help.signatures.map(signature => compare(signature, answer));
  const first = verdicts[help.activeSignature ?? 0];
  if (first !== 'wrong') return outcome(first);
  return outcome(verdicts.some(verdict => verdict !== 'wrong') ? 'right, not first' : 'wrong');
}

/** Calls of each module at which something is typed. */
const STROKES = 5;

/** How long the answer takes after a character behind a call's parenthesis, which makes it another text. */
async function afterStroke(server: ServerProcess, uri: string, [line, character]: CallSite): Promise<number> {
  const start = { line, character };
  const end = { line, character: character + 1 };
  const begun = performance.now();
  await server.change(uri, { start, end: start }, ' ');
  await server.signatureHelp(uri, end);
  const ended = performance.now();
  await server.change(uri, { start, end }, '');
  return ended - begun;
}

const percent = (part: number, all: number): string =>
  `${all === 0 ? '–' : ((part / all) * 100).toFixed(1)}%`;

function percentile(times: readonly number[], share: number): string {
  const sorted = [...times].sort((a, b) => a - b);
  return `${sorted[Math.floor((sorted.length - 1) * share)].toFixed(2)} ms`;
}

/** The most frequent of some outcomes, by category and callee. */
function causes(outcomes: readonly Outcome[], most: number): string {
  const counts = new Map<string, { count: number; callees: Map<string, number> }>();
  for (const { category, callee } of outcomes) {
    const entry = counts.get(category) ?? { count: 0, callees: new Map<string, number>() };
    entry.count++;
    entry.callees.set(callee, (entry.callees.get(callee) ?? 0) + 1);
    counts.set(category, entry);
  }
  const sorted = [...counts].sort(([, a], [, b]) => b.count - a.count).slice(0, most);
  return table(
    ['calls', 'the callee is', 'most of them'],
    sorted.map(([category, { count, callees }]) => [
      String(count),
      category,
      [...callees]
        .sort(([, a], [, b]) => b - a)
        .slice(0, 5)
        .map(([callee, times]) => (times > 1 ? `${callee} (${times})` : callee))
        .join(', '),
    ]),
  );
}

/** What is asked: of which interpreter, which modules, and what it answers. */
interface Questions {
  readonly interpreter: Pick<Interpreter, 'version'>;
  readonly pythonPath: string;
  readonly modules: readonly ModuleFile[];
  readonly answers: readonly (readonly CallSite[])[];
}

interface ModuleFile {
  readonly name: string;
  readonly file: string;
}

/** The files of modules in the first folder that has them; those that are not there are left out. */
function filesOf(names: readonly string[], roots: readonly string[]): ModuleFile[] {
  return names.flatMap(name => {
    const file = roots
      .map(root => path.join(root, ...name.split('.')))
      .flatMap(base => [`${base}.py`, path.join(base, '__init__.py')])
      .find(candidate => fs.existsSync(candidate));
    return file ? [{ name, file }] : [];
  });
}

async function askLibrary(target: string, names: readonly string[]): Promise<Questions> {
  const interpreters = await findInterpreters();
  const interpreter = matching(interpreters, target).at(-1);
  if (!interpreter) throw new Error(`no CPython ${target} on this machine`);
  const root = await libraryFolder(interpreter, interpreters);
  const modules = filesOf(names.length > 0 ? names : MODULES, [root]);
  const questions = modules.map(({ name, file }) => [name, file]);
  return {
    interpreter,
    // Where its library is: what is started may be a script that only leads there.
    pythonPath: path.resolve(interpreter.stdlib ?? interpreter.command[0], '../..'),
    modules,
    answers: askLines(interpreter, 'callSites.py', questions) as CallSite[][],
  };
}

/** Each module is imported in a process of its own, so that none sees what another has brought along. */
function askPackages(python: string, names: readonly string[]): Questions {
  const probe = 'import platform, site; print(platform.python_version(), *site.getsitepackages(), sep="\\n")';
  const [version, ...roots] = execFileSync(python, ['-c', probe], { encoding: 'utf8' }).trim().split('\n');
  const modules: ModuleFile[] = [];
  const answers: CallSite[][] = [];
  const cache = path.join(
    CACHE,
    'callSites',
    digest(roots.join('\n') + version + fs.readFileSync(SCRIPT, 'utf8')),
  );
  fs.mkdirSync(cache, { recursive: true });
  for (const { name, file } of filesOf(names.length > 0 ? names : PACKAGE_MODULES, roots)) {
    const kept = path.join(cache, `${name}.json`);
    if (!fs.existsSync(kept)) {
      const interpreter: Interpreter = { kind: 'native', version, command: [python] };
      try {
        const [found] = askLines(interpreter, 'callSites.py', [[name, file]]);
        fs.writeFileSync(kept, JSON.stringify(found));
      } catch {
        console.log(`${name} cannot be imported`);
        continue;
      }
    }
    modules.push({ name, file });
    answers.push(JSON.parse(fs.readFileSync(kept, 'utf8')) as CallSite[]);
  }
  return { interpreter: { version }, pythonPath: path.resolve(python), modules, answers };
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: {
      help: { type: 'boolean', short: 'h' },
      target: { type: 'string', default: 'native:3.13' },
      python: { type: 'string' },
      out: { type: 'string' },
    },
    allowPositionals: true,
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const { interpreter, pythonPath, modules, answers } =
    values.python === undefined
      ? await askLibrary(values.target, positionals)
      : askPackages(values.python, positionals);

  if (modules.length === 0) throw new Error('none of the modules is there');
  const server = await ServerProcess.start({
    target: interpreter.version,
    signatureHelp: 'on',
    pythonPath,
  });
  const outcomes: Outcome[] = [];
  const times: number[] = [];
  const strokes: number[] = [];
  const slow: { readonly place: string; readonly time: number }[] = [];
  const firsts: number[] = [];
  const rows: string[][] = [];
  for (const [i, { name, file }] of modules.entries()) {
    const uri = pathToFileURL(file).href;
    const text = fs.readFileSync(file, 'utf8').replace(/^\ufeff/, '');
    const opened = performance.now();
    await server.open(uri, text);
    const own: Outcome[] = [];
    let isFirst = true;
    for (const site of answers[i]) {
      const [line, character] = site;
      const begun = performance.now();
      const help = await server.signatureHelp(uri, { line, character });
      const ended = performance.now();
      if (isFirst) firsts.push(ended - opened);
      else times.push(ended - begun);
      if (!isFirst && ended - begun > 10)
        slow.push({ place: `${name}:${line + 1} ${site[2]}`, time: ended - begun });
      isFirst = false;
      own.push(judge(`${name}:${line + 1}:${character}`, site, help));
    }
    for (const site of answers[i].filter((_, n) => n % Math.ceil(answers[i].length / STROKES) === 0)) {
      strokes.push(await afterStroke(server, uri, site));
    }
    await server.close(uri);
    outcomes.push(...own);
    const asked = own.filter(isAsked);
    rows.push([
      name,
      String(own.length),
      percent(own.filter(({ verdict }) => verdict !== 'unanswered').length, own.length),
      String(asked.length),
      percent(
        asked.filter(({ verdict }) => verdict === 'right' || verdict === 'texts differ').length,
        asked.length,
      ),
    ]);
  }
  const memory = server.peakMemory();
  await server.stop();

  console.log(table(['module', 'calls', 'answered', 'asked', 'right'], rows));
  const of = (verdict: Outcome['verdict']): Outcome[] =>
    outcomes.filter(outcome => outcome.verdict === verdict);
  const asked = outcomes.filter(isAsked);
  const right = of('right').length + of('texts differ').length;
  console.log(`
CPython ${interpreter.version}: ${outcomes.length} calls in ${modules.length} modules
answered              ${percent(outcomes.length - of('unanswered').length, outcomes.length)}
  with a signature    ${percent(outcomes.filter(({ ours }) => ours !== '' && !ours.endsWith('(…)')).length, outcomes.length)}
asked of inspect      ${asked.length}
  right               ${percent(right, asked.length)}  (names, kinds, which have defaults)
  texts as well       ${percent(of('right').length, asked.length)}  (literal defaults, annotations)
  not the first       ${of('right, not first').length}
  wrong               ${of('wrong').length}
time to answer        p50 ${percentile(times, 0.5)}, p90 ${percentile(times, 0.9)}, p99 ${percentile(times, 0.99)}, most ${percentile(times, 1)}
first after opening   p50 ${percentile(firsts, 0.5)}, most ${percentile(firsts, 1)}
after a stroke        p50 ${percentile(strokes, 0.5)}, p90 ${percentile(strokes, 0.9)}, most ${percentile(strokes, 1)}
peak memory           ${memory === undefined ? 'not known here' : `${(memory / 2 ** 20).toFixed(0)} MB`}`);
  console.log(`\nNot answered:\n${causes(of('unanswered'), 25)}`);
  console.log(`\nNot as CPython:\n${causes([...of('wrong'), ...of('right, not first')], 25)}`);
  const slowest = slow.sort((a, b) => b.time - a.time).slice(0, 10);
  console.log(`\nOver 10 ms: ${slow.length}`);
  for (const { place, time } of slowest) console.log(`${time.toFixed(1).padStart(8)} ms  ${place}`);
  if (server.log.length > 0)
    console.log(`\nThe server complained ${server.log.length} times: ${server.log[0]}`);
  if (values.out !== undefined) {
    const lines = outcomes
      .filter(({ verdict }) => verdict !== 'right' && verdict !== 'not asked')
      .map(({ place, callee, category, verdict, ours, theirs }) =>
        [verdict, category, place, callee, `ours: ${ours}`, `theirs: ${theirs}`].join('\t'),
      );
    fs.writeFileSync(values.out, `${lines.sort().join('\n')}\n`);
  }
}

await main();
