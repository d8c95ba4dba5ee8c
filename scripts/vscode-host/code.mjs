#!/usr/bin/env node
// Takes the place of VS Code's executable for @vscode/test-electron: understands the arguments of runTests(), runs the
// suite in the extension host of a served VS Code, prints what the suite prints, and ends with its exit code.
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, parseArgs } from 'node:util';
import { atEnd, script } from '../console.mjs';
import { launchBrowser } from './browser.mjs';
import { startServer, temporaryHome } from './server.mjs';

const LIMIT_MS = Number(process.env.COLENS_E2E_LIMIT_S ?? 300) * 1000;
/** The suite's console comes through the same function as VS Code's own log; these are lines of the latter. */
const CHATTER =
  /^(Resolv(ing|ed) connection token|Creating a socket|Ignoring fetching|Updating additional builtin|Canceled: Canceled|\[[\w: -]+\]|%c|\s+ERR )/;

const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  strict: false, // a desktop has many more options
  allowPositionals: true,
  options: { extensionDevelopmentPath: { type: 'string' }, extensionTestsPath: { type: 'string' } },
});

await script(async () => {
  const home = temporaryHome();
  atEnd(home.remove);
  // VS Code reports success also if the extension host dies halfway. So the suite runs behind a module that leaves a
  // witness once run() has ended well; no witness, no success.
  const witness = path.join(home.folder, 'passed');
  const suite = path.join(home.folder, 'suite.cjs');
  writeFileSync(
    suite,
    `exports.run = async () => {
      await require(${JSON.stringify(path.resolve(String(values.extensionTestsPath)))}).run();
      require('node:fs').writeFileSync(${JSON.stringify(witness)}, '');
      await new Promise(resolve => setTimeout(resolve, 200)); // the console's last lines are on their way
    };`,
  );
  const server = await startServer(home, { driver: true });
  atEnd(server.stop);
  const browser = await launchBrowser();
  atEnd(() => browser.close());

  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  /** @type {Promise<number>} */
  const ended = new Promise(resolve => {
    setTimeout(() => {
      console.error(`No result after ${LIMIT_MS / 1000} s.`);
      resolve(124);
    }, LIMIT_MS);
    page.on('crash', () => resolve(1));
    void page.exposeFunction('codeAutomationExit', resolve);
  });
  await page.exposeFunction(
    'codeAutomationLog',
    (/** @type {string} */ type, /** @type {unknown[]} */ args) => {
      const line = format(...args);
      if (process.env.COLENS_E2E_VERBOSE || !CHATTER.test(line))
        console[type === 'error' ? 'error' : 'log'](line);
    },
  );
  await page.goto(
    server.address({
      folder: positionals[0],
      extensions: [String(values.extensionDevelopmentPath)],
      tests: suite,
    }),
  );
  const code = await ended;
  if (code !== 0) return code;
  if (existsSync(witness)) return 0;
  console.error('The extension host ended before the suite did.');
  return 1;
});
