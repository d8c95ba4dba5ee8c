// The options of the language client: which documents it serves, what the server may assume of VS Code, and what
// `auto` means beside the other extensions for Python.

import { workspace, type TextDocument } from 'vscode';
import type { LanguageClientOptions, Middleware } from 'vscode-languageclient';

import {
  settingsSection,
  showCodeObjectCommand,
  type InitializationOptions,
  type Settings,
} from '../../server/src/lsp/protocol.ts';
import { pythonErrorsAreReported, selectedInterpreter } from './otherExtensions.ts';

/** Python of every scheme: files, untitled documents, notebook cells, and what other extensions serve. */
export const pythonDocuments = [{ language: 'python' }];

export function isPython(document: TextDocument): boolean {
  return document.languageId === 'python';
}

export function clientOptions(): LanguageClientOptions {
  // When the server starts again, the workspace may be trusted.
  const initializationOptions = (): InitializationOptions => ({
    showCodeObjectCommand,
    trusted: workspace.isTrusted,
    targetChanged: true,
  });
  return {
    documentSelector: pythonDocuments,
    initializationOptions,
    // The links in hovers and lenses of the server run this command, and no other.
    markdown: { isTrusted: { enabledCommands: [showCodeObjectCommand] } },
    middleware,
  };
}

const middleware: Middleware = {
  // The server registers for every language, so that any other provider for Python ranks before it.
  provideSignatureHelp: (document, position, context, token, next) =>
    isPython(document) ? next(document, position, context, token) : undefined,
  workspace: {
    configuration: async (params, token, next) => {
      const answers: unknown = await next(params, token);
      if (!Array.isArray(answers)) return [];
      return answers.map((answer: unknown, index) => {
        const { section } = params.items[index];
        if (section === settingsSection) return forServer(answer);
        return section === 'python' ? withInterpreter(answer) : answer;
      });
    },
  },
};

/** The setting is only where Microsoft's extension begins; what has been selected there counts. */
function withInterpreter(settings: unknown): unknown {
  const path = selectedInterpreter();
  return typeof settings === 'object' && path !== undefined
    ? { ...settings, defaultInterpreterPath: path }
    : settings;
}

/** The settings as the server takes them, with `auto` for diagnostics resolved: only VS Code knows which other extensions are there. */
function forServer(settings: unknown): unknown {
  if (typeof settings !== 'object' || settings === null) return settings;
  const { diagnostics } = settings as Partial<Settings>;
  if (diagnostics !== 'auto') return settings;
  return { ...settings, diagnostics: pythonErrorsAreReported() ? 'off' : 'on' };
}
