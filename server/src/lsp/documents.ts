// The open documents and what is known of them: each version of a text is analysed at most once per target, when a
// request first needs it.
import { TextDocuments, type Connection } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { analyze, type Analysis } from '../python/index.ts';
import type { Target } from '../python/versions/target.ts';

/** How many targets' analyses of one document are kept: that of the setting, and one that a request named. */
const KEPT = 2;

/** What is known of one version of a document. */
interface Analyses {
  readonly document: TextDocument;
  readonly version: number;
  readonly byTarget: Map<Target, Analysis>;
}

type DocumentEvents = Readonly<Record<'opened' | 'changed' | 'closed', (uri: string) => void>>;

export class Documents {
  private readonly documents = new TextDocuments<TextDocument>({
    create(uri, languageId, version, content) {
      // The library takes what it is given.
      if (typeof uri !== 'string' || typeof content !== 'string')
        throw new TypeError('a document needs a uri and a text');
      return TextDocument.create(uri, languageId, version, content);
    },
    update: (document, changes, version) => TextDocument.update(document, changes, version),
  });
  private readonly analyses = new Map<string, Analyses>();

  /** `changed` is called after a document was opened or edited, `opened` before that if it was opened. */
  constructor({ opened, changed, closed }: DocumentEvents) {
    this.documents.onDidOpen(({ document }) => opened(document.uri));
    this.documents.onDidChangeContent(({ document }) => changed(document.uri));
    this.documents.onDidClose(({ document }) => {
      this.analyses.delete(document.uri);
      closed(document.uri);
    });
  }

  listen(connection: Connection): void {
    this.documents.listen(connection);
  }

  uris(): string[] {
    return this.documents.keys();
  }

  version(uri: string): number | undefined {
    return this.documents.get(uri)?.version;
  }

  /** Takes another analysis of the same text: nothing is found out twice. */
  adopt(uri: string, analysis: Analysis): void {
    const known = this.analyses.get(uri);
    if (known?.byTarget.get(analysis.target)?.text === analysis.text)
      known.byTarget.set(analysis.target, analysis);
  }

  /** What is known of an open document; undefined if it is not open. */
  analysis(uri: string, target: Target): Analysis | undefined {
    const document = this.documents.get(uri);
    if (!document) return undefined;
    let known = this.analyses.get(uri);
    // A document that is opened again begins to count its versions again.
    if (known?.document !== document || known.version !== document.version) {
      known = { document, version: document.version, byTarget: new Map() };
      this.analyses.set(uri, known);
    }
    let analysis = known.byTarget.get(target);
    if (!analysis) {
      analysis = analyze(document.getText(), target);
      if (known.byTarget.size >= KEPT) known.byTarget.delete([...known.byTarget.keys()][0]);
      known.byTarget.set(target, analysis);
    }
    return analysis;
  }
}
