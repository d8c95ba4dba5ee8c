// The code objects of the Python file in the editor, as a tree in the Explorer: what each is and its notable flags. It is
// there once a file has been seen, and follows the cursor.

import {
  commands,
  Disposable,
  EventEmitter,
  l10n,
  MarkdownString,
  Selection,
  TextEditorRevealType,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  ViewColumn,
  window,
  workspace,
  type TextDocument,
  type TreeDataProvider,
  type TreeView,
} from 'vscode';
import { State, type BaseLanguageClient } from 'vscode-languageclient';
import { Utils } from 'vscode-uri';

import {
  codeObjectTreeRequest,
  settingsSection,
  showCodeObjectCommand,
  targetChangedNotification,
  type CodeObjectTree,
  type CodeObjectTreeItem,
  type ShowCodeObjectArguments,
} from '../../server/src/lsp/protocol.ts';
import { isPython } from './clientOptions.ts';
import { toRange } from './codeObject/listingLanguage.ts';

const VIEW = 'colens.codeObjects';

/** Whether there is anything to show, for package.json. */
const HAS_DATA = 'colens.hasCodeObjects';

const REST_MS = 250;

const revealCommand = 'colens.revealCodeObject';

/** Registers the view and its commands. */
export function provideCodeObjectTree(client: BaseLanguageClient): Disposable {
  return new CodeObjectTreeView(client);
}

/** An item, and which document it is of. */
interface Element {
  readonly uri: string;
  readonly item: CodeObjectTreeItem;
  readonly index: number;
}

class CodeObjectTreeView implements TreeDataProvider<Element>, Disposable {
  private uri: string | undefined;
  private elements: readonly Element[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private cursorTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly changed = new EventEmitter<void>();
  private readonly view: TreeView<Element>;
  private readonly subscriptions: Disposable;
  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly client: BaseLanguageClient) {
    this.view = window.createTreeView(VIEW, { treeDataProvider: this, showCollapseAll: true });
    this.subscriptions = Disposable.from(
      this.view,
      this.changed,
      window.onDidChangeActiveTextEditor(editor => {
        if (editor && isPython(editor.document)) this.turnTo(editor.document);
      }),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && document.uri.toString() === this.uri) this.updateLater();
      }),
      workspace.onDidCloseTextDocument(document => {
        if (document.uri.toString() !== this.uri) return;
        this.uri = undefined;
        void this.show([]);
      }),
      workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration(settingsSection)) this.updateLater();
      }),
      window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
        if (kind === undefined || textEditor.document.uri.toString() !== this.uri) return;
        clearTimeout(this.cursorTimer);
        this.cursorTimer = setTimeout(() => void this.select(textEditor.selection), REST_MS);
      }),
      client.onDidChangeState(({ newState }) => {
        if (newState === State.Running) this.updateLater();
      }),
      client.onNotification(targetChangedNotification, () => this.updateLater()),
      commands.registerCommand(revealCommand, (element: Element) => reveal(element)),
      commands.registerCommand('colens.showCodeObjectOfItem', ({ uri, item }: Element) => {
        const argument: ShowCodeObjectArguments = { uri, key: item.key };
        return commands.executeCommand(showCodeObjectCommand, argument);
      }),
    );
    const active = window.activeTextEditor?.document;
    if (active && isPython(active)) this.turnTo(active);
  }

  dispose(): void {
    clearTimeout(this.timer);
    clearTimeout(this.cursorTimer);
    this.subscriptions.dispose();
  }

  private turnTo({ uri }: TextDocument): void {
    if (this.uri === uri.toString()) return;
    this.uri = uri.toString();
    void this.update();
  }

  private updateLater(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.update(), REST_MS);
  }

  private async update(): Promise<void> {
    const { uri, client } = this;
    if (uri === undefined || !client.isRunning()) return;
    const tree = await client.sendRequest<CodeObjectTree | null>(codeObjectTreeRequest, {
      textDocument: { uri },
    });
    if (uri !== this.uri) return;
    await this.show((tree?.items ?? []).map((item, index) => ({ uri, item, index })));
  }

  private async show(elements: readonly Element[]): Promise<void> {
    const before = JSON.stringify(this.elements);
    const { length } = this.elements;
    this.elements = elements;
    if (length > 0 !== elements.length > 0)
      await commands.executeCommand('setContext', HAS_DATA, elements.length > 0);
    this.view.description = this.uri && Utils.basename(Uri.parse(this.uri));
    if (JSON.stringify(elements) !== before) this.changed.fire();
  }

  /** Selects the innermost code object around the cursor, if the view can be seen. */
  private async select({ active }: Selection): Promise<void> {
    if (!this.view.visible) return;
    // Children come after their parents.
    const found = this.elements.findLast(({ item }) => toRange(item.range).contains(active));
    if (found) await this.view.reveal(found, { select: true, focus: false });
  }

  // ---- Data --------------------------------------------------------------------------------------------------

  getChildren(parent?: Element): Element[] {
    const at = parent?.index ?? null;
    return this.elements.filter(({ item }) => item.parent === at);
  }

  getParent({ item }: Element): Element | undefined {
    return item.parent === null ? undefined : this.elements[item.parent];
  }

  getTreeItem(element: Element): TreeItem {
    const { item, index } = element;
    const hasChildren = this.elements.some(({ item: { parent } }) => parent === index);
    const made = new TreeItem(
      item.name,
      hasChildren ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.None,
    );
    made.id = `${element.uri} ${item.key}`;
    made.description = factsOf(item).join(' · ');
    made.tooltip = new MarkdownString()
      .appendCodeblock(`<code object ${item.key}>`, 'text')
      .appendText([l10n.t('line {0}', item.firstlineno), ...factsOf(item)].join(' · '));
    made.iconPath = new ThemeIcon(ICONS[item.kind]);
    made.contextValue = 'codeObject';
    made.command = { command: revealCommand, title: l10n.t('Go to Source'), arguments: [element] };
    made.accessibilityInformation = { label: [item.name, item.kind, ...factsOf(item)].join(', ') };
    return made;
  }
}

const ICONS: Readonly<Record<CodeObjectTreeItem['kind'], string>> = {
  module: 'symbol-file',
  class: 'symbol-class',
  function: 'symbol-function',
  lambda: 'symbol-event',
  comprehension: 'symbol-array',
  annotations: 'symbol-type-parameter',
};

const factsOf = ({ flags, cellvars, freevars }: CodeObjectTreeItem): string[] => [
  ...(flags.length > 0 ? [flags.map(flag => flag.replace(/^CO_/, '')).join(' | ')] : []),
  ...(cellvars.length > 0 ? [l10n.t('cells: {0}', cellvars.join(', '))] : []),
  ...(freevars.length > 0 ? [l10n.t('free: {0}', freevars.join(', '))] : []),
];

/** Shows where a code object begins, and turns an open listing to it. */
async function reveal({ uri, item }: Element): Promise<void> {
  const editor = window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri);
  const shown = await window.showTextDocument(Uri.parse(uri), {
    viewColumn: editor?.viewColumn ?? ViewColumn.One,
    preserveFocus: true,
  });
  const { start } = item.selectionRange;
  const range = item.parent === null ? undefined : toRange(item.selectionRange);
  shown.selection = range
    ? new Selection(range.start, range.end)
    : new Selection(start.line, start.character, start.line, start.character);
  shown.revealRange(shown.selection, TextEditorRevealType.InCenterIfOutsideViewport);
}
