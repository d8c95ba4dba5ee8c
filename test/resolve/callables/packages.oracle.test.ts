// Classes of packages that make methods of fields, beside what the packages themselves make: each class of the files
// in packages/ has the signature that inspect finds. Asked of the interpreter that COLENS_PACKAGES names, or else of
// any here that can import them; where none can, there is nothing to compare.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { REPOSITORY } from '../../oracle/interpreters.ts';
import { judges } from '../../support/python.ts';

const FOLDER = path.join(import.meta.dirname, 'packages');
const CLI = path.join(REPOSITORY, 'server', 'src', 'node', 'cli.ts');

/** Prints the version and the program itself (a command may be a shim), then `Name(signature)` of each class of a file. */
const SCRIPT = `
import inspect, platform, runpy, sys
names = runpy.run_path(sys.argv[1], run_name='module')
print(platform.python_version())
print(sys.executable)
for name, value in names.items():
    if isinstance(value, type) and value.__module__ == 'module':
        print(f'{name}{inspect.signature(value)}')
`;

const run = (command: readonly string[], args: readonly string[]): string =>
  execFileSync(command[0], [...command.slice(1), ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  });

/** What the first interpreter says that can import what a file imports. */
async function theirs(
  file: string,
): Promise<{ python: string; version: string; lines: string[] } | undefined> {
  const named = process.env.COLENS_PACKAGES;
  const natives = (await judges()).filter(({ interpreter }) => interpreter.kind === 'native');
  const commands = named === undefined ? natives.map(({ interpreter }) => interpreter.command) : [[named]];
  for (const command of commands) {
    try {
      const [version, program, ...lines] = run(command, ['-c', SCRIPT, file]).trimEnd().split('\n');
      return { python: named ?? program, version, lines };
    } catch {
      // Not there.
    }
  }
  return undefined;
}

describe('models of packages', function () {
  this.timeout(120_000);
  for (const name of fs.readdirSync(FOLDER).filter(each => each.endsWith('.py'))) {
    it(`describe the classes of ${name} as inspect does`, async function () {
      const file = path.join(FOLDER, name);
      const answer = await theirs(file);
      if (!answer) {
        this.skip();
        return;
      }
      const { python, version, lines: expected } = answer;
      const args = ['--target', version, '--python', python, file];
      const ours = run([process.execPath, '--import', 'tsx', CLI, 'signature'], args).split('\n');
      const names = new Set(expected.map(line => line.slice(0, line.indexOf('('))));
      assert.ok(expected.length > 5);
      assert.deepEqual(
        ours.filter(line => names.has(line.slice(0, line.indexOf('(')))).sort(),
        expected.sort(),
      );
    });
  }
});
