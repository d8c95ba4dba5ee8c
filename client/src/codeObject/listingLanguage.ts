// What the editor knows of a listing's text: where its lines and labels lead to, what its instructions do, what it can be
// folded into, and its outline.

import {
  Disposable,
  DocumentSymbol,
  FoldingRange,
  Hover,
  l10n,
  languages,
  Location,
  MarkdownString,
  Range,
  SymbolKind,
  type DefinitionProvider,
  type DocumentSymbolProvider,
  type FoldingRangeProvider,
  type HoverProvider,
  type Position,
  type ReferenceContext,
  type ReferenceProvider,
  type TextDocument,
} from 'vscode';

import type { InstructionResult, Range as ProtocolRange } from '../../../server/src/lsp/protocol.ts';
import type { Listings } from './listings.ts';
import { labelAt, labelLine, labelUses } from './listingWords.ts';
import { SCHEME } from './listingUri.ts';

export const toRange = ({ start, end }: ProtocolRange): Range =>
  new Range(start.line, start.character, end.line, end.character);

/** Registers the providers for listings. */
export function provideListingLanguage(listings: Listings): Disposable {
  const selector = { scheme: SCHEME };
  const provider = new ListingLanguage(listings);
  return Disposable.from(
    languages.registerDefinitionProvider(selector, provider),
    languages.registerReferenceProvider(selector, provider),
    languages.registerHoverProvider(selector, provider),
    languages.registerFoldingRangeProvider(selector, provider),
    languages.registerDocumentSymbolProvider(selector, provider),
  );
}

class ListingLanguage
  implements
    DefinitionProvider,
    ReferenceProvider,
    HoverProvider,
    FoldingRangeProvider,
    DocumentSymbolProvider
{
  constructor(private readonly listings: Listings) {}

  /**
   * Where the name at a position leads to in the source; an instruction leads to what it was made of, a label to the
   * instruction that has it.
   */
  provideDefinition(document: TextDocument, position: Position): Location | undefined {
    const label = labelAt(document, position);
    return (
      (label === undefined ? undefined : labelLine(document, label)) ??
      sourceAt(this.listings, document.uri, position)
    );
  }

  /** What leads to a label. */
  provideReferences(document: TextDocument, position: Position, context: ReferenceContext): Location[] {
    const label = labelAt(document, position);
    return label === undefined ? [] : labelUses(document, label, context.includeDeclaration);
  }

  /** What an instruction does, and what lies on the stack around it. */
  async provideHover(document: TextDocument, position: Position): Promise<Hover | undefined> {
    const listing = this.listings.get(document.uri);
    const code = listing?.rendered?.code;
    const instruction = code?.instructions.find(({ line }) => line === position.line);
    if (!listing || !instruction || listing.isStale) return undefined;
    const help = await this.listings.instruction(listing.subject, instruction.offset);
    return help ? new Hover(instructionText(help)) : undefined;
  }

  provideFoldingRanges(document: TextDocument): FoldingRange[] | undefined {
    const listing = this.listings.get(document.uri);
    if (listing?.subject.pass !== undefined && listing.subject.pass !== 'pyc')
      return indentationRanges(document);
    return (listing?.rendered?.sections ?? [])
      .filter(({ startLine, endLine }) => startLine < endLine)
      .map(({ startLine, endLine }) => new FoldingRange(startLine, endLine));
  }

  provideDocumentSymbols(document: TextDocument): DocumentSymbol[] {
    const roots: DocumentSymbol[] = [];
    const around: DocumentSymbol[] = [];
    for (const { title, startLine, endLine } of this.listings.get(document.uri)?.rendered?.sections ?? []) {
      if (endLine >= document.lineCount) continue;
      const range = new Range(startLine, 0, endLine, document.lineAt(endLine).text.length);
      while (around.length > 0 && !around[around.length - 1].range.contains(range)) around.pop();
      const kind = around.length === 0 ? SymbolKind.Struct : SymbolKind.Event;
      const symbol = new DocumentSymbol(title, '', kind, range, document.lineAt(startLine).range);
      (around.at(-1)?.children ?? roots).push(symbol);
      around.push(symbol);
    }
    return roots;
  }
}

function instructionText({
  opname,
  argument,
  description,
  caches,
  before,
  after,
  afterJump,
}: InstructionResult): MarkdownString {
  const text = new MarkdownString();
  text.appendCodeblock(argument === null ? opname : `${opname} ${argument}`, 'plaintext');
  text.appendText(description);
  if (before) {
    const states = [`before  ${stackText(before)}`];
    if (after) states.push(`after   ${stackText(after)}`);
    if (afterJump) states.push(`jump    ${stackText(afterJump)}`);
    text.appendCodeblock(states.join('\n'), 'plaintext');
  }
  if (caches > 0) text.appendText(l10n.t('Code units of inline cache: {0}', caches));
  return text;
}

/** The bottom is at the left. */
const stackText = (entries: readonly string[]): string => `[${entries.join(', ')}]`;

/** What is indented under a line can be folded into it. */
function indentationRanges(document: TextDocument): FoldingRange[] {
  const ranges: FoldingRange[] = [];
  const open: { readonly line: number; readonly indent: number }[] = [];
  let last = 0;
  const closeTo = (indent: number): void => {
    for (let top = open.at(-1); top && top.indent >= indent; top = open.at(-1)) {
      open.pop();
      if (last > top.line) ranges.push(new FoldingRange(top.line, last));
    }
  };
  for (let line = 0; line < document.lineCount; line++) {
    const { isEmptyOrWhitespace, firstNonWhitespaceCharacterIndex: indent } = document.lineAt(line);
    if (isEmptyOrWhitespace) continue;
    closeTo(indent);
    open.push({ line, indent });
    last = line;
  }
  closeTo(0);
  return ranges;
}

/** What a position of a listing stands for in the source. */
export function sourceAt(
  listings: Listings,
  uri: TextDocument['uri'],
  { line, character }: Position,
): Location | undefined {
  const listing = listings.get(uri);
  if (!listing?.rendered) return undefined;
  const { links, places } = listing.rendered;
  const link = links.find(
    one => one.line === line && one.startCharacter <= character && character <= one.endCharacter,
  );
  const range = link?.target ?? places.find(one => one.line === line)?.source;
  return range && new Location(listing.subject.source, toRange(range));
}
