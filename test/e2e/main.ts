// The suite's entry in the extension host: VS Code calls run(). Bundled to out/e2e by scripts/e2e.mjs.
import path from 'node:path';
import Mocha from 'mocha';

/** Runs the tests; rejects if one fails. */
export async function run(): Promise<void> {
  const mocha = new Mocha({
    timeout: 40_000,
    // Seen from out/e2e.
    reporter: path.resolve(__dirname, '../../scripts/mochaReporter.cjs'),
  });
  mocha.suite.emit('pre-require', globalThis, '', mocha); // describe(), it() and the like
  await import('./editor.test.ts');
  await import('./codeObjectView.test.ts');
  await import('./passes.test.ts');
  await import('./picture.test.ts');
  await import('./target.test.ts');
  await import('./documents.test.ts');
  const failures = await new Promise<number>(resolve => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} of the end-to-end tests failed.`);
}
