// `npm run bench:called`: signature help at the calls of packages, beside the callables that they call while the
// packages' own tests run: whether one that is shown is the one that is called, by name and parameters.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { SignatureHelp } from 'vscode-languageserver-protocol/node';
import { table } from '../oracle/report.ts';
import { askLines } from './ask.ts';
import { ServerProcess } from './serverProcess.ts';
import { type Answer, compare } from './signatures.ts';

const HELP = `usage: npm run bench:called -- --python PATH [--path FOLDER] [--out FILE] [--tests TEST]… MODULE…

  --python PATH  an interpreter with sys.monitoring: 3.12 or later
  --path FOLDER  where it imports from as well; may be repeated
  --tests TEST   what is run: an argument of pytest (a package), or unittest:NAME; the modules' packages if not given
  --out FILE     writes every call that calls something else than is shown
  MODULE         whose calls are looked at; a package stands for all its modules but tests`;

/** A callable that a call has called, by its name. */
type CalledAnswer = Answer & { readonly name: string };
type CalledSite = readonly [line: number, character: number, callee: string, called: readonly CalledAnswer[]];

type Verdict = 'unanswered' | 'not inspected' | 'first' | 'shown' | 'promised' | 'other';

/** Whether each callable that was called is among those that are shown. */
function judge(help: SignatureHelp | null, called: readonly CalledAnswer[]): Verdict {
  if (!help || help.signatures.length === 0) return 'unanswered';
  const documentation = JSON.stringify(help.signatures[0].documentation ?? '');
  // What an annotation says of callables of which none is named.
  if (documentation.includes('As its annotation says')) return 'promised';
  const isShown = (answer: CalledAnswer, signatures: SignatureHelp['signatures']): boolean =>
    signatures.some(
      signature =>
        signature.label.slice(0, signature.label.indexOf('(')) === answer.name &&
        compare(signature, answer) !== 'wrong',
    );
  const asked = called.filter(answer => !('error' in answer && answer.error === ''));
  if (asked.length === 0) return 'not inspected';
  const active = help.signatures[help.activeSignature ?? 0];
  if (asked.every(answer => isShown(answer, [active]))) return 'first';
  return asked.every(answer => isShown(answer, help.signatures)) ? 'shown' : 'other';
}

/** The files of a module, or of all modules of a package that are no tests, with their names. */
function filesOf(name: string, roots: readonly string[]): [string, string][] {
  for (const root of roots) {
    const base = path.join(root, ...name.split('.'));
    if (fs.existsSync(`${base}.py`)) return [[name, `${base}.py`]];
    if (!fs.existsSync(path.join(base, '__init__.py'))) continue;
    return fs
      .readdirSync(base, { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.py') && !/(?:^|[\\/])(?:tests?|testing)[\\/]/.test(file))
      .map((file): [string, string] => [
        `${name}.${file.replace(/(?:[\\/]?__init__)?\.py$/, '').replaceAll(/[\\/]/g, '.')}`.replace(
          /\.$/,
          '',
        ),
        path.join(base, file),
      ]);
  }
  return [];
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: {
      help: { type: 'boolean', short: 'h' },
      python: { type: 'string' },
      path: { type: 'string', multiple: true, default: [] },
      tests: { type: 'string', multiple: true },
      out: { type: 'string' },
    },
    allowPositionals: true,
  });
  const { python, out } = values;
  if (values.help || python === undefined) {
    console.log(HELP);
    return;
  }
  const interpreter = { kind: 'native', version: '', command: [python] } as const;
  const modules = positionals.flatMap(name => filesOf(name, values.path));
  if (modules.length === 0) throw new Error('none of the modules is there');
  const tests = values.tests ?? positionals;
  const answers = askLines(interpreter, 'calledSites.py', {
    path: values.path,
    modules,
    tests,
  }) as CalledSite[][];
  const server = await ServerProcess.start({
    signatureHelp: 'on',
    pythonPath: path.resolve(python),
    searchPaths: values.path,
  });
  const counts = new Map<Verdict, number>();
  const rows: string[][] = [];
  const lines: string[] = [];
  for (const [i, [name, file]] of modules.entries()) {
    if (answers[i].length === 0) continue;
    const uri = pathToFileURL(file).href;
    await server.open(uri, fs.readFileSync(file, 'utf8').replace(/^\ufeff/, ''));
    const own = new Map<Verdict, number>();
    for (const [line, character, callee, called] of answers[i]) {
      const help = await server.signatureHelp(uri, { line, character });
      const verdict = judge(help, called);
      counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
      own.set(verdict, (own.get(verdict) ?? 0) + 1);
      if (verdict !== 'other') continue;
      const ours = help?.signatures.map(({ label }) => label).join(' | ');
      const theirs = called.map(({ name, ...said }) => name + ('text' in said ? said.text : `(…)`));
      lines.push([`${name}:${line + 1}`, callee, ours, theirs.join(' | ')].join('\t'));
    }
    await server.close(uri);
    rows.push([
      name,
      String(answers[i].length),
      ...(['first', 'shown', 'other'] as const).map(verdict => String(own.get(verdict) ?? 0)),
    ]);
  }
  await server.stop();
  console.log(table(['module', 'calls that ran', 'shown first', 'shown', 'something else'], rows));
  const count = (verdict: Verdict): number => counts.get(verdict) ?? 0;
  const right = count('first') + count('shown');
  const judged = right + count('other');
  console.log(`
calls that ran          ${[...counts.values()].reduce((sum, each) => sum + each, 0)}
not answered            ${count('unanswered')}
what an annotation says ${count('promised')}
nothing to compare      ${count('not inspected')}
answered and compared   ${judged}
what was called         ${((right / judged) * 100).toFixed(2)}%, first ${((count('first') / judged) * 100).toFixed(2)}%`);
  if (out !== undefined) fs.writeFileSync(out, `${lines.sort().join('\n')}\n`);
}

await main();
