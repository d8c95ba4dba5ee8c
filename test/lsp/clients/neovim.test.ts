// A second client: a real Neovim, headless, where there is one. It runs a lens to a listing that can be seen.
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundle } from '../../bench/serverProcess.ts';
import { dedent } from '../../support/fixture.ts';

const SOURCE = dedent(`
  import os


  # Comments stay what they are.
  def numbers(count):
      yield from range(count)
  numbers(1)
`);

const hasNeovim = spawnSync('nvim', ['--version']).status === 0;
const here = path.dirname(fileURLToPath(import.meta.url));

interface Answers {
  readonly hover: string;
  readonly signature: string;
  readonly lens: string;
  readonly listing: string;
  readonly codeObject: { readonly name: string; readonly argcount: number };
}

describe('Neovim', () => {
  it('shows hovers, signatures, lenses, and the listing that a lens leads to', async function () {
    if (!hasNeovim) this.skip();
    this.timeout(200_000);
    const folder = mkdtempSync(path.join(os.tmpdir(), 'colens-neovim-'));
    try {
      const file = path.join(folder, 'sample.py');
      writeFileSync(file, SOURCE);
      const answersFile = path.join(folder, 'answers.json');
      await bundle(folder);
      const command = [process.execPath, path.join(folder, 'server.cjs'), '--stdio'];
      const script = path.join(here, 'neovim.lua');
      await promisify(execFile)('nvim', ['--headless', '--clean', '-n', file, '-c', `luafile ${script}`], {
        cwd: folder,
        env: { ...process.env, COLENS_SERVER: command.join('\n'), COLENS_ANSWERS: answersFile },
        timeout: 190_000,
      });
      const answers = JSON.parse(readFileSync(answersFile, 'utf8')) as Answers;
      assert.match(answers.hover, /CO_GENERATOR/);
      assert.equal(answers.signature, 'numbers(count)');
      assert.equal(answers.lens, 'CO_GENERATOR');
      assert.match(answers.listing, /^<code object numbers, file "sample\.py", line 5>/);
      assert.match(answers.listing, /RETURN_GENERATOR/);
      assert.equal(answers.codeObject.argcount, 1);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
