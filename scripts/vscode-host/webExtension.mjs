// Runs CoLens where there are no processes, as on vscode.dev: as a web extension, the server a web worker. The mocha
// suite needs Node; this drives the workbench instead, and looks whether the worker answers.
import { appendFileSync, cpSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { atEnd, Failure, root } from '../console.mjs';
import { launchBrowser } from './browser.mjs';
import { serverFolder } from './install.mjs';
import { startServer, temporaryHome } from './server.mjs';

/** Name of the folder in VS Code's own that the extension is served from. */
const SERVED = 'colens-web-extension';

/**
 * Has the workbench load a web extension under development. It takes that only from the page that embeds it, so its
 * configuration is changed before it starts. Runs in the page.
 *
 * @param {string} folder its path on the server
 */
function embedExtension(folder) {
  const observer = new MutationObserver(() => {
    const configuration = document.getElementById('vscode-workbench-web-configuration');
    if (!configuration) return;
    observer.disconnect();
    const options = JSON.parse(configuration.getAttribute('data-settings') ?? '{}');
    const extension = { scheme: 'http', authority: location.host, path: folder };
    options.developmentOptions = { ...options.developmentOptions, extensions: [extension] };
    configuration.setAttribute('data-settings', JSON.stringify(options));
  });
  observer.observe(document, { childList: true, subtree: true });
}

/** @param {string} workspace */
export async function testWebExtension(workspace) {
  const served = path.join(serverFolder(), SERVED);
  const { quality, commit } = JSON.parse(readFileSync(path.join(serverFolder(), 'product.json'), 'utf8'));
  const address = `/${quality}-${commit}/static/${SERVED}`;

  atEnd(() => rmSync(served, { recursive: true, force: true }));
  for (const part of ['package.json', 'package.nls.json', 'dist', 'syntaxes']) {
    cpSync(path.join(root, part), path.join(served, part), { recursive: true });
  }
  const home = temporaryHome();
  atEnd(home.remove);
  const server = await startServer(home, { driver: true });
  atEnd(server.stop);
  const browser = await launchBrowser();
  atEnd(() => browser.close());

  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.addInitScript(embedExtension, address);
  /** @type {string[]} */
  const said = [];
  page.on('console', message => said.push(message.text()));
  const since = performance.now();
  let passed = false;
  try {
    await page.goto(server.address({ folder: workspace, file: path.join(workspace, 'shapes.py') }));
    const lens = page.locator('.codelens-decoration a', { hasText: 'CO_VARARGS | CO_GENERATOR' });
    await lens.click({ timeout: 120_000 });
    await page.locator('.view-line', { hasText: 'code object' }).waitFor({ timeout: 20_000 });
    passed = true;
    console.log(
      `  as a web extension\n    ✔ shows lenses and the code object (${Math.round(performance.now() - since)}ms)`,
    );
  } catch (error) {
    const about = said.filter(text => /colens/i.test(text));
    throw new Failure(`As a web extension CoLens showed nothing: ${[error, ...about].join('\n')}`);
  } finally {
    const counts = process.env.COLENS_TEST_COUNTS;
    if (counts) {
      appendFileSync(
        counts,
        `${JSON.stringify({ passes: passed ? 1 : 0, failures: passed ? 0 : 1, pending: 0 })}\n`,
      );
    }
  }
}
