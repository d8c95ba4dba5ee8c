// npm run pictures [-- FOLDER THEME]: takes the pictures of a real VS Code with CoLens installed and the sample workspace
// open, driven as a person would: those in images/, or others to look at, such as `/tmp/light 'Default Light Modern'`.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { atEnd, Failure, npm, root, script, step } from './console.mjs';
import { findChromium, launchBrowser } from './vscode-host/browser.mjs';
import { installHost, isHostInstalled } from './vscode-host/install.mjs';
import { runCommand, startServer, temporaryHome } from './vscode-host/server.mjs';

const [folderOfPictures = 'images', theme = 'Default Dark Modern'] = process.argv.slice(2);
const pictures = path.resolve(root, folderOfPictures);

const SETTINGS = {
  'workbench.colorTheme': theme,
  'workbench.activityBar.location': 'hidden',
  'workbench.reduceMotion': 'on', // nothing is half faded in
  'window.commandCenter': false,
  'window.title': '${activeEditorShort}',
  'workbench.layoutControl.enabled': false,
  'breadcrumbs.enabled': false,
  'editor.stickyScroll.enabled': false,
  'editor.fontSize': 13,
  'editor.cursorBlinking': 'solid',
  'editor.scrollbar.vertical': 'hidden',
  'editor.overviewRulerBorder': false,
  'editor.occurrencesHighlight': 'off',
};

/** @typedef {import('playwright-core').Page} Page */

/** @param {Page} page @param {string} text of a line that is in view */
function line(page, text) {
  return page.locator('.view-line', { hasText: text }).first();
}

/** Runs a command by its title. @param {Page} page @param {string} title */
async function command(page, title) {
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input[type=text]').fill(`>${title}`);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().waitFor();
  await page.keyboard.press('Enter');
}

/** Puts the cursor at a line, or line and column, which scrolls it into view. @param {Page} page @param {number | string} place */
async function goTo(page, place) {
  await page.keyboard.press('Control+g');
  await page.locator('.quick-input-widget input[type=text]').fill(`:${place}`);
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

/** @type {Record<string, (page: Page) => Promise<void>>} what is to be seen, in this order */
const PICTURES = {
  async 'code-lens'(page) {
    await goTo(page, 31);
    await page.locator('.codelens-decoration a', { hasText: 'CO_GENERATOR' }).waitFor();
  },

  async hover(page) {
    await goTo(page, '26,9');
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Control+i');
    await page.locator('.monaco-hover:visible', { hasText: 'free' }).waitFor();
  },

  async 'call-hover'(page) {
    await page.keyboard.press('Escape');
    await goTo(page, '60,33');
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Control+i');
    await page.locator('.monaco-hover:visible', { hasText: 'weight' }).waitFor();
  },

  async 'signature-help'(page) {
    await page.keyboard.press('Escape');
    await goTo(page, 60);
    await page.keyboard.press('End');
    await page.keyboard.type('\nshipping(12, "BE", express=');
    await page.locator('.parameter-hints-widget.visible').waitFor();
  },

  async 'code-object'(page) {
    await page.keyboard.press('Escape');
    await command(page, 'File: Revert File');
    await goTo(page, 38);
    await page.waitForTimeout(1000); // the lenses of the text before are going
    await page.locator('.codelens-decoration a', { hasText: 'CO_GENERATOR' }).click();
    await line(page, 'RETURN_GENERATOR').waitFor();
    await page.mouse.move(5, 5);
  },

  async 'control-flow'(page) {
    await page.keyboard.press('Control+1'); // the source
    await goTo(page, 49);
    await command(page, 'CoLens: Show Control Flow (Picture)');
    const picture = page.frameLocator('iframe.webview.ready').frameLocator('iframe');
    await picture.locator('.block').first().waitFor();
    await page.keyboard.press('Control+1');
    await page.keyboard.press('End');
  },

  async 'syntax-tree'(page) {
    await command(page, 'CoLens: Show Abstract Syntax Tree (python -m ast)');
    await line(page, 'Module(').waitFor();
    await page.keyboard.press('Control+1');
    await goTo(page, '38,10');
    await page.keyboard.press('ArrowRight');
    await page.waitForTimeout(700);
  },

  async target(page) {
    await page.keyboard.press('Control+1');
    await command(page, 'CoLens: Select Target Version');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'CPython 3.8' }).waitFor();
  },

  async status(page) {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+1'); // the source
    await page.locator('[id="status.languageStatus"]').click();
    await page
      .locator('.hover-language-status:visible', { hasText: 'CPython' })
      .first()
      .waitFor({ timeout: 8_000 });
  },
};

/** A screenshot in a tenth of its size, which the VSIX is small by. @param {import('playwright-core').Browser} browser @param {Buffer} png */
async function toWebp(browser, png) {
  const page = await browser.newPage();
  try {
    const url = await page.evaluate(
      async source => {
        const image = new Image();
        image.src = source;
        await image.decode();
        const canvas = document.createElement('canvas');
        canvas.width = image.width;
        canvas.height = image.height;
        canvas.getContext('2d')?.drawImage(image, 0, 0);
        return canvas.toDataURL('image/webp', 0.82);
      },
      `data:image/png;base64,${png.toString('base64')}`,
    );
    return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
  } finally {
    await page.close();
  }
}

await script(async () => {
  mkdirSync(pictures, { recursive: true });
  if (!findChromium()) throw new Failure('Pictures need a Chromium.');
  if (!isHostInstalled()) await step('Installing a VS Code for the browser, once', installHost);
  await step('Building the extension', () => npm(['run', '--silent', 'package'], { log: 'package' }));
  const home = temporaryHome();
  atEnd(home.remove);
  const folder = path.join(home.folder, 'sample');
  cpSync(path.join(root, 'sample'), folder, { recursive: true });
  await runCommand(home, ['--install-extension', path.join(root, 'dist', 'colens.vsix')]);
  const server = await startServer(home, { settings: SETTINGS });
  atEnd(server.stop);
  const browser = await launchBrowser();
  atEnd(() => browser.close());

  const page = await browser.newPage({ viewport: { width: 1280, height: 720 }, deviceScaleFactor: 1.5 });
  page.setDefaultTimeout(60_000);
  await page.goto(server.address({ folder, file: path.join(folder, 'orders.py') }));
  await page.locator('.codelens-decoration a:visible').first().waitFor();
  await page.keyboard.press('Control+b'); // no side bar
  for (const [name, arrange] of Object.entries(PICTURES)) {
    await step(name, async () => {
      try {
        await arrange(page);
      } finally {
        await page.waitForTimeout(700); // colours and widths settle
        const picture = await page.screenshot();
        writeFileSync(path.join(pictures, `${name}.webp`), await toWebp(browser, picture));
      }
    });
  }
});
