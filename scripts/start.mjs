// npm start [-- PATH]: installs and builds what is missing, and opens PATH, or else the sample workspace, in a real VS
// Code with CoLens in it: the desktop's if `code` is on the PATH, else one served to the browser. Plain Node without
// packages, as it runs before there are any.
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { atEnd, Failure, npm, root, run, script, step } from './console.mjs';
import { findDesktop } from './desktop.mjs';
import { unlessFresh } from './fresh.mjs';
import { installPackages, packagesAreMissing } from './install.mjs';
import { installHost, isHostInstalled } from './vscode-host/install.mjs';
import { runCommand, startServer, temporaryHome } from './vscode-host/server.mjs';

const vsix = path.join(root, 'dist', 'colens.vsix');
const sample = { folder: path.join(root, 'sample'), file: path.join(root, 'sample', 'orders.py') };

/** What to open: the sample, or the folder or file that the command line names. */
function workspaceToOpen() {
  const args = process.argv.slice(2);
  if (args.length > 1) throw new Failure('usage: npm start [-- PATH]');
  if (args.length === 0) return sample;
  // npm runs scripts in the project's folder and says where it was called.
  const given = path.resolve(process.env.INIT_CWD ?? process.cwd(), args[0]);
  if (!existsSync(given)) throw new Failure(`There is no file or folder ${given}.`);
  return statSync(given).isDirectory() ? { folder: given } : { file: given };
}

/**
 * Whether it could be opened.
 *
 * @param {{ folder?: string, file?: string }} what @param {import('./desktop.mjs').Desktop} desktop
 */
async function openOnDesktop(what, desktop) {
  await step('Building', () =>
    unlessFresh('build', 'dist/vscode/extension.cjs', () =>
      npm(['run', '--silent', 'build'], { log: 'build' }),
    ),
  );
  const paths = [what.folder, what.file].filter(each => each !== undefined);
  const args = ['--new-window', `--extensionDevelopmentPath=${root}`, ...desktop.options, ...paths];
  try {
    await step(`Opening ${desktop.name}`, () => run(desktop.command, args, { log: 'code' }));
  } catch (error) {
    console.log(`${error instanceof Error ? error.message : error}\nServing VS Code to the browser instead.`);
    return false;
  }
  console.log(`\nCoLens is at work in the new window of ${desktop.name}. Close it when you are done.`);
  return true;
}

/** @param {{ folder?: string, file?: string }} what */
async function openInBrowser(what) {
  await step('Building the extension', () =>
    unlessFresh('package', 'dist/colens.vsix', () => npm(['run', '--silent', 'package'], { log: 'package' })),
  );
  const home = temporaryHome();
  atEnd(home.remove);
  const server = await step('Starting VS Code', async () => {
    await runCommand(home, ['--install-extension', vsix]);
    return startServer(home);
  });
  atEnd(server.stop);
  const address = server.address(what);
  console.log(`\nVS Code with CoLens is served at\n\n    ${address}\n`);
  console.log(
    openBrowser(address) ? 'It opens in your browser.' : 'Open this address in a browser on this machine.',
  );
  console.log('Ctrl-C ends it.');
  process.exitCode = 0; // Ctrl-C is how this is meant to end
  await server.ended;
  throw new Failure('VS Code has ended by itself.');
}

/** Opens the user's browser if there is a screen; whether it was tried. @param {string} address */
function openBrowser(address) {
  const screen = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!screen || process.env.BROWSER === 'none') return false;
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';
  spawn(opener, [address], { stdio: 'ignore', detached: true })
    .on('error', () => console.log('No browser could be opened: open the address yourself.'))
    .unref();
  return true;
}

/** Installs what is missing, all at the same time. @param {boolean} withHost whether a VS Code for the browser is needed */
async function install(withHost) {
  /** @type {{ name: string, work: () => Promise<void> }[]} */
  const missing = [];
  if (packagesAreMissing()) missing.push({ name: 'packages', work: installPackages });
  if (withHost && !isHostInstalled()) {
    missing.push({ name: 'a VS Code for the browser (once, about 600 MB in .cache)', work: installHost });
  }
  if (missing.length === 0) return;
  const title = `Installing ${missing.map(({ name }) => name).join(' and ')}`;
  await step(title, () => Promise.all(missing.map(({ work }) => work())));
}

await script(async () => {
  const what = workspaceToOpen();
  console.log('CoLens');
  const desktop = findDesktop();
  await install(!desktop);
  if (desktop && (await openOnDesktop(what, desktop))) return;
  await install(true);
  await openInBrowser(what);
});
