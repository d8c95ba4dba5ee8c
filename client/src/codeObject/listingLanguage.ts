// What the editor knows of a listing's text: where its lines lead to, what it can be folded into, and its outline.

import {
  Disposable,
  DocumentSymbol,
  FoldingRange,
  languages,
  Location,
  Range,
  SymbolKind,
  type DefinitionProvider,
  type DocumentSymbolProvider,
  type FoldingRangeProvider,
  type Position,
  type TextDocument,
} from 'vscode';

import type { Range as ProtocolRange } from '../../../server/src/lsp/protocol.ts';
import type { Listings } from './listings.ts';
import { SCHEME } from './listingUri.ts';

export const toRange = ({ start, end }: ProtocolRange): Range =>
  new Range(start.line, start.character, end.line, end.character);

/** Registers the providers for listings. */
export function provideListingLanguage(listings: Listings): Disposable {
  const selector = { scheme: SCHEME };
  const provider = new ListingLanguage(listings);
  return Disposable.from(
    languages.registerDefinitionProvider(selector, provider),
    languages.registerFoldingRangeProvider(selector, provider),
    languages.registerDocumentSymbolProvider(selector, provider),
  );
}

class ListingLanguage implements DefinitionProvider, FoldingRangeProvider, DocumentSymbolProvider {
  constructor(private readonly listings: Listings) {}

  /** Where the name at a position leads to in the source; an instruction leads to what it was made of. */
  provideDefinition({ uri }: TextDocument, position: Position): Location | undefined {
    return sourceAt(this.listings, uri, position);
  }

  provideFoldingRanges({ uri }: TextDocument): FoldingRange[] {
    return (this.listings.get(uri)?.result?.sections ?? [])
      .filter(({ startLine, endLine }) => startLine < endLine)
      .map(({ startLine, endLine }) => new FoldingRange(startLine, endLine));
  }

  provideDocumentSymbols(document: TextDocument): DocumentSymbol[] {
    const symbols: DocumentSymbol[] = [];
    for (const { title, kind, startLine, endLine } of this.listings.get(document.uri)?.result?.sections ??
      []) {
      if (endLine >= document.lineCount) continue;
      const range = new Range(startLine, 0, endLine, document.lineAt(endLine).text.length);
      const head = document.lineAt(startLine).range;
      if (kind === 'section') symbols.push(new DocumentSymbol(title, '', SymbolKind.Struct, range, head));
      else symbols.at(-1)?.children.push(new DocumentSymbol(title, '', SymbolKind.Event, range, head));
    }
    return symbols;
  }
}

/** What a position of a listing stands for in the source. */
export function sourceAt(
  listings: Listings,
  uri: TextDocument['uri'],
  { line, character }: Position,
): Location | undefined {
  const listing = listings.get(uri);
  if (!listing?.result) return undefined;
  const { links, instructions } = listing.result;
  const link = links.find(
    one => one.line === line && one.startCharacter <= character && character <= one.endCharacter,
  );
  const range = link?.target ?? instructions.find(one => one.line === line)?.source;
  return range && new Location(listing.subject.source, toRange(range));
}
