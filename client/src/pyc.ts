// .pyc files: opened, they are shown as a text that cannot be changed; a command says of one, or of all in a folder, whether
// they are what their sources compile to. Files are read here and sent to the server, which has none on the web.

import {
  commands,
  Disposable,
  FileType,
  l10n,
  ProgressLocation,
  RelativePattern,
  Uri,
  window,
  workspace,
  type OutputChannel,
  type WebviewPanel,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { Utils } from 'vscode-uri';

import { pycRequest, type PycParams, type PycResult } from '../../server/src/lsp/protocol.ts';

/** `__pycache__/spam.cpython-313.opt-1.pyc`: PEP 3147 and PEP 488. */
const CACHED = /^(.*)\.cpython-\d+(?:\.opt-([12]))?\.pyc$/;

/** Asks the server about a .pyc file, with its source if that is where PEP 3147 has it. */
export async function askAboutPyc(client: BaseLanguageClient, uri: Uri): Promise<PycResult> {
  const name = Utils.basename(uri);
  const cached = CACHED.exec(name);
  const source = cached
    ? Uri.joinPath(uri, '..', '..', `${cached[1]}.py`)
    : uri.with({ path: uri.path.replace(/\.pyc$/, '.py') });
  const params: PycParams = {
    name,
    bytes: toBase64(await workspace.fs.readFile(uri)),
    ...(cached && { optimize: Number(cached[2] ?? 0) }),
  };
  try {
    const [bytes, { mtime }] = await Promise.all([workspace.fs.readFile(source), workspace.fs.stat(source)]);
    params.source = { bytes: toBase64(bytes), mtime: Math.floor(mtime / 1000) };
  } catch {
    // There is no source: that is what will be said.
  }
  if (!client.isRunning()) await client.start();
  return client.sendRequest<PycResult>(pycRequest, params);
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000)
    text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}

/** Registers what opens .pyc files, with `show` for showing their text, and the command that verifies them. */
export function providePycFiles(client: BaseLanguageClient, show: (uri: Uri) => Promise<void>): Disposable {
  const report = window.createOutputChannel(l10n.t('CoLens: Verify'));
  return Disposable.from(
    report,
    window.registerCustomEditorProvider('colens.pyc', {
      openCustomDocument: (uri: Uri) => ({ uri, dispose: () => undefined }),
      // The text takes its place: it can be searched, folded and copied as any other.
      async resolveCustomEditor({ uri }: { readonly uri: Uri }, panel: WebviewPanel) {
        await show(uri);
        panel.dispose();
      },
    }),
    commands.registerCommand('colens.verifyPyc', (uri?: Uri) => verify(client, report, uri)),
  );
}

async function verify(client: BaseLanguageClient, report: OutputChannel, chosen?: Uri): Promise<void> {
  const uri = chosen ?? workspace.workspaceFolders?.at(0)?.uri;
  if (!uri) return;
  const { type } = await workspace.fs.stat(uri);
  const isFolder = (type & FileType.Directory) !== 0;
  const files = isFolder ? await workspace.findFiles(new RelativePattern(uri, '**/*.pyc'), null) : [uri];
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  report.clear();
  report.show(true);
  if (files.length === 0) report.appendLine(l10n.t('There are no .pyc files in {0}.', uri.fsPath));
  const title = l10n.t('Verifying .pyc files');
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  await window.withProgress(options, async (progress, token) => {
    const counts = new Map<string, number>();
    for (const file of files) {
      if (token.isCancellationRequested) return;
      const { verdict } = await askAboutPyc(client, file);
      report.appendLine(`${workspace.asRelativePath(file)}: ${verdict}`);
      const status = verdict.split(':')[0];
      counts.set(status, (counts.get(status) ?? 0) + 1);
      progress.report({ increment: 100 / files.length, message: Utils.basename(file) });
    }
    const sums = [...counts].map(([status, count]) => `${count} ${status}`);
    if (files.length > 1) report.appendLine(l10n.t('{0} files: {1}', files.length, sums.join(', ')));
  });
}
