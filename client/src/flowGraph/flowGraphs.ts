// The picture of a control flow beside its source: a webview that turns to the code object around the cursor as listings
// do, marks what belongs to the cursor, and shows in the source what is clicked.

import {
  commands,
  Disposable,
  env,
  l10n,
  Position,
  Range,
  TextEditorRevealType,
  Uri,
  ViewColumn,
  window,
  workspace,
  type TextEditor,
  type WebviewPanel,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { Utils } from 'vscode-uri';

import {
  codeObjectKeyRequest,
  flowGraphRequest,
  settingsSection,
  type CodeObjectKey,
  type CodeObjectParams,
  type FlowGraphResult,
} from '../../../server/src/lsp/protocol.ts';
import { isPython } from '../clientOptions.ts';
import { toRange } from '../codeObject/listingLanguage.ts';
import { pictureHtml } from './html.ts';
import type { FromPicture, PictureState, ToPicture, Words } from './messages.ts';

const VIEW = 'colens.flowGraph';

/** How long the cursor or the source must rest before the picture follows. */
const REST_MS = 150;

/** Registers the picture and its commands; `subject` is the code object at the cursor or of the listing. */
export function provideFlowGraphs(
  client: BaseLanguageClient,
  extensionUri: Uri,
  subject: () => CodeObjectParams | undefined,
): Disposable {
  let picture: Picture | undefined;
  const take = (panel: WebviewPanel, params: CodeObjectParams): Picture => {
    picture?.dispose();
    const made = new Picture(client, extensionUri, panel, params);
    picture = made;
    panel.onDidDispose(() => {
      made.dispose();
      if (picture === made) picture = undefined;
    });
    return made;
  };
  const registrations = Disposable.from(
    commands.registerCommand('colens.showFlowGraph', async () => {
      const params = subject();
      if (!params) {
        void window.showInformationMessage(l10n.t('Put the cursor into a Python document first.'));
        return;
      }
      if (picture) {
        picture.reveal();
        await picture.turnTo(params);
        return;
      }
      const column = { viewColumn: ViewColumn.Beside, preserveFocus: true };
      const panel = window.createWebviewPanel(VIEW, l10n.t('Control Flow'), column, {
        enableScripts: true,
        retainContextWhenHidden: true,
        localResourceRoots: [Uri.joinPath(extensionUri, 'dist', 'vscode')],
      });
      take(panel, params);
    }),
    commands.registerCommand('colens.copyFlowGraphAsSvg', () => picture?.copySvg()),
    commands.registerCommand('colens.copyFlowGraphAsMermaid', () => picture?.copyMermaid()),
    window.registerWebviewPanelSerializer(VIEW, {
      async deserializeWebviewPanel(panel: WebviewPanel, state: PictureState | undefined) {
        if (!state) {
          panel.dispose();
          return;
        }
        await workspace.openTextDocument(Uri.parse(state.uri));
        take(panel, { textDocument: { uri: state.uri }, qualname: state.key });
      },
    }),
  );
  return new Disposable(() => {
    registrations.dispose();
    picture?.dispose();
  });
}

class Picture implements Disposable {
  private graph: FlowGraphResult | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly subscriptions: Disposable;

  constructor(
    private readonly client: BaseLanguageClient,
    extensionUri: Uri,
    private readonly panel: WebviewPanel,
    private params: CodeObjectParams,
  ) {
    const { webview } = panel;
    this.subscriptions = Disposable.from(
      webview.onDidReceiveMessage((message: FromPicture) => this.received(message)),
      window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
        if (kind !== undefined && isPython(textEditor.document)) this.later(() => this.follow(textEditor));
      }),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const isOurs = document.uri.toString() === this.params.textDocument.uri;
        if (isOurs && contentChanges.length > 0) this.later(() => this.update());
      }),
      workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration(settingsSection)) this.later(() => this.update());
      }),
    );
    panel.iconPath = Uri.joinPath(extensionUri, 'images', 'icon.png');
    webview.html = pictureHtml(webview, extensionUri);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscriptions.dispose();
  }

  reveal(): void {
    this.panel.reveal(undefined, true);
  }

  async turnTo(params: CodeObjectParams): Promise<void> {
    this.params = params;
    await this.update();
  }

  copySvg(): void {
    this.send({ type: 'copySvg' });
  }

  async copyMermaid(): Promise<void> {
    if (this.graph?.mermaid) await this.copy(this.graph.mermaid);
  }

  private async copy(text: string): Promise<void> {
    await env.clipboard.writeText(text);
    window.setStatusBarMessage(l10n.t('The control flow is in the clipboard.'), 3000);
  }

  private later(run: () => Promise<void>): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void run(), REST_MS);
  }

  private send(message: ToPicture): void {
    void this.panel.webview.postMessage(message);
  }

  private async received(message: FromPicture): Promise<void> {
    if (message.type === 'ready') await this.update();
    else if (message.type === 'copy') await this.copy(message.text);
    else await this.showSource(message.block, message.line, message.focus);
  }

  /** Asks for the graph and has it drawn; keeps what was drawn last where there is none now. */
  private async update(): Promise<void> {
    if (!this.client.isRunning()) await this.client.start();
    const graph = await this.client.sendRequest<FlowGraphResult | null>(flowGraphRequest, this.params);
    if (!graph) {
      const name = this.params.qualname ?? Utils.basename(Uri.parse(this.params.textDocument.uri));
      this.send({ type: 'stale', why: l10n.t('There is no code object {0} any more.', name), clear: false });
      return;
    }
    const isSame = graph.key === this.graph?.key && graph.uri === this.graph.uri;
    this.params = { textDocument: { uri: graph.uri }, qualname: graph.key };
    this.panel.title = `${graph.key} · ${Utils.basename(Uri.parse(graph.uri))}`;
    if (graph.none !== undefined) {
      // What was drawn of another code object would be taken for this one's.
      if (!isSame) this.graph = graph;
      this.send({ type: 'stale', why: l10n.t('No bytecode: {0}', graph.none), clear: !isSame });
      return;
    }
    this.graph = graph;
    this.send({ type: 'stale', why: undefined, clear: false });
    this.send({ type: 'graph', graph, words: wordsOf(graph) });
    const editor = window.visibleTextEditors.find(({ document }) => document.uri.toString() === graph.uri);
    if (editor) this.mark(editor, false);
  }

  private async follow(editor: TextEditor): Promise<void> {
    const isOn = workspace.getConfiguration(settingsSection).get<boolean>('listing.follow') ?? true;
    const uri = editor.document.uri.toString();
    if (isOn && this.client.isRunning()) {
      const { start, end } = editor.selection;
      const params = { textDocument: { uri }, range: { start, end } };
      const found = await this.client.sendRequest<CodeObjectKey | null>(codeObjectKeyRequest, params);
      if (found && (found.key !== this.graph?.key || uri !== this.graph.uri))
        await this.turnTo({ textDocument: { uri }, qualname: found.key });
    }
    this.mark(editor, true);
  }

  /** Marks what belongs to the cursor. */
  private mark({ document, selection }: TextEditor, reveal: boolean): void {
    if (document.uri.toString() !== this.graph?.uri) return;
    const offsetsIn = (range: Range): number[] =>
      this.graph!.blocks.flatMap(({ lines }) =>
        lines
          .filter(({ isHead, source }) => !isHead && source && toRange(source).intersection(range))
          .map(({ offset }) => offset),
      );
    const { start, end } = selection;
    const exact = offsetsIn(selection);
    const wholeLines = new Range(start.line, 0, end.line, document.lineAt(end.line).text.length);
    this.send({ type: 'mark', offsets: exact.length > 0 ? exact : offsetsIn(wholeLines), reveal });
  }

  /** Shows where a line of the picture comes from. */
  private async showSource(block: number, line: number, focus: boolean): Promise<void> {
    const source = this.graph?.blocks[block]?.lines[line]?.source;
    if (!this.graph || !source) return;
    const { uri, blocks } = this.graph;
    const editor = window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri);
    const options = {
      viewColumn: editor?.viewColumn ?? ViewColumn.One,
      preserveFocus: !focus,
      selection: toRange(source),
    };
    const shown = editor
      ? await window.showTextDocument(editor.document, options)
      : await window.showTextDocument(Uri.parse(uri), options);
    shown.revealRange(toRange(source), TextEditorRevealType.InCenterIfOutsideViewport);
    const here = new Position(source.start.line, source.start.character);
    const offsets = blocks.flatMap(({ lines }) =>
      lines
        .filter(one => !one.isHead && one.source && toRange(one.source).contains(here))
        .map(one => one.offset),
    );
    this.send({ type: 'mark', offsets, reveal: false });
  }
}

const wordsOf = ({ omitted }: FlowGraphResult): Words => ({
  jump: l10n.t('jump'),
  back: l10n.t('jump back'),
  next: l10n.t('next'),
  exception: l10n.t('exception'),
  suspends: l10n.t('the frame is suspended here'),
  omitted: omitted > 0 ? l10n.t('{0} more blocks are not drawn', omitted) : '',
});
