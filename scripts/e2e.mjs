// npm run e2e: the tests of test/e2e inside a real VS Code, through @vscode/test-electron. That is $VSCODE_EXECUTABLE if
// given; else one that test-electron downloads; else, where there is no screen or no download, VS Code served to a
// Chromium without a display.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { atEnd, Failure, root, script, step } from './console.mjs';
import { findChromium } from './vscode-host/browser.mjs';
import { testWebExtension } from './vscode-host/webExtension.mjs';
import { installHost, isHostInstalled } from './vscode-host/install.mjs';

/** Exit code for: there is no VS Code to be had, nothing was tested. */
export const SKIPPED = 77;

const DOWNLOADS = 'https://update.code.visualstudio.com/api/releases/stable';
const standIn = path.join(root, 'scripts', 'vscode-host', 'code.mjs');

/** The executable for runTests(); undefined lets it download one; null where there is none. */
async function findExecutable() {
  if (process.env.VSCODE_EXECUTABLE) return path.resolve(process.env.VSCODE_EXECUTABLE);
  if (await canRunDesktop()) return undefined;
  if (process.platform === 'win32' || !findChromium()) return null;
  if (!isHostInstalled()) await step('Installing a VS Code for the browser, once', installHost);
  return standIn;
}

async function canRunDesktop() {
  const { platform, env } = process;
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return false;
  try {
    return (await fetch(DOWNLOADS, { method: 'HEAD', signal: AbortSignal.timeout(10_000) })).ok;
  } catch {
    return false; // no way to there
  }
}

/** The suite is CommonJS, as VS Code loads it with require(). */
async function buildSuite() {
  const outfile = path.join(root, 'out', 'e2e', 'suite.cjs');
  const { build } = await import('esbuild');
  await build({
    entryPoints: [path.join(root, 'test', 'e2e', 'main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return outfile;
}

await script(async () => {
  const executable = await findExecutable();
  if (executable === null) {
    console.error(
      'SKIPPED: the end-to-end tests. They need a VS Code (which could not be downloaded) or a Chromium.',
    );
    return SKIPPED;
  }
  const suite = await buildSuite();
  const { runTests } = await import('@vscode/test-electron');
  const workspace = mkdtempSync(path.join(os.tmpdir(), 'colens-e2e-')); // tests change files
  atEnd(() => rmSync(workspace, { recursive: true, force: true }));
  cpSync(path.join(root, 'test', 'e2e', 'workspace'), workspace, { recursive: true });
  try {
    await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: root,
      extensionTestsPath: suite,
      launchArgs: [workspace, '--disable-extensions', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    });
  } catch (error) {
    throw new Failure(`The end-to-end tests failed: ${error instanceof Error ? error.message : error}`);
  }
  if (executable === standIn) await testWebExtension(workspace);
});
