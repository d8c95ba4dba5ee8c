// What node/main.ts and browser/main.ts have in common: puts the language client together with the commands, the
// status item and the view. A platform gives only a way to make the client.

import { commands, extensions, workspace, type ExtensionContext } from 'vscode';
import {
  DidChangeConfigurationNotification,
  type BaseLanguageClient,
  type LanguageClientOptions,
} from 'vscode-languageclient';

import { trustedNotification } from '../../server/src/lsp/protocol.ts';
import { clientOptions } from './clientOptions.ts';
import { provideCodeObjectTree } from './codeObjectTree.ts';
import { provideCodeObjects } from './codeObject/commands.ts';
import { showTargetStatus } from './target.ts';
import { onInterpreterSelected } from './otherExtensions.ts';
import { offerEncodings } from './encoding.ts';
import { openSample } from './sample.ts';
import { toggleSetting } from './settings.ts';

/** Starts the client that `createClient` makes and everything around it; resolves when the server answers. */
export async function startExtension(
  context: ExtensionContext,
  createClient: (options: LanguageClientOptions) => BaseLanguageClient,
): Promise<void> {
  const client = createClient(clientOptions());
  context.subscriptions.push(
    client,
    provideCodeObjects(client, context.extensionUri),
    provideCodeObjectTree(client),
    showTargetStatus(client),
    commands.registerCommand('colens.restartServer', () => restart(client)),
    commands.registerCommand('colens.showOutput', () => client.outputChannel.show()),
    offerEncodings(),
    commands.registerCommand('colens.openSample', openSample),
    commands.registerCommand('colens.toggleCodeLenses', () => toggleSetting('codeLens.enabled')),
    workspace.onDidGrantWorkspaceTrust(() => {
      if (client.isRunning()) void client.sendNotification(trustedNotification);
    }),
    // What `auto` means depends on the other extensions: let the server ask again.
    extensions.onDidChange(() => askAgain(client)),
    workspace.onDidChangeConfiguration(event => {
      if (event.affectsConfiguration('python.languageServer')) askAgain(client);
    }),
  );
  await client.start();
  const follow = await onInterpreterSelected(() => askAgain(client)).catch(() => undefined);
  if (follow) context.subscriptions.push(follow);
}

async function restart(client: BaseLanguageClient): Promise<void> {
  if (client.isRunning()) await client.stop();
  await client.start();
}

function askAgain(client: BaseLanguageClient): void {
  if (!client.isRunning()) return;
  void client.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
}
