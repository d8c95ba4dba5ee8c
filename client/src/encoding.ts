// Files whose coding cookie (PEP 263) names another encoding than VS Code has read them in: what is shown then is not what
// is in the file, and neither are the errors. Says so once for a document, and offers to read it again.

import { commands, Disposable, l10n, window, workspace, type TextDocument } from 'vscode';
import { Utils } from 'vscode-uri';

import { isPython } from './clientOptions.ts';

const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const UTF_8 = /^utf[-_]?8(?:$|[-_])/i;

/** What stands where bytes were no text in the encoding that was tried. */
const REPLACEMENT = '\ufffd';

/** Watches the documents that are opened. */
export function offerEncodings(): Disposable {
  const told = new Set<string>();
  const look = (document: TextDocument): void => {
    const cookie = isPython(document) ? cookieOf(document) : undefined;
    const uri = document.uri.toString();
    if (cookie === undefined || told.has(uri) || !document.getText().includes(REPLACEMENT)) return;
    told.add(uri);
    void offer(document, cookie);
  };
  workspace.textDocuments.forEach(look);
  return Disposable.from(
    workspace.onDidOpenTextDocument(look),
    workspace.onDidCloseTextDocument(({ uri }) => told.delete(uri.toString())),
  );
}

/** The encoding that a document names, if it is not UTF-8. */
function cookieOf(document: TextDocument): string | undefined {
  for (let line = 0; line < Math.min(2, document.lineCount); line++) {
    const { text } = document.lineAt(line);
    const found = COOKIE.exec(text)?.[1];
    if (found !== undefined) return UTF_8.test(found) ? undefined : found;
    if (!/^[ \t\f]*(?:#.*)?$/.test(text)) return undefined;
  }
  return undefined;
}

async function offer(document: TextDocument, encoding: string): Promise<void> {
  const reopen = l10n.t('Reopen with Encoding');
  const name = Utils.basename(document.uri);
  const words = l10n.t('{0} says that it is in {1}, but was read in another encoding.', name, encoding);
  if ((await window.showWarningMessage(words, reopen)) !== reopen) return;
  await window.showTextDocument(document);
  await commands.executeCommand('workbench.action.editor.changeEncoding');
}
