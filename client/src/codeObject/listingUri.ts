// The addresses of listings and of the texts of passes. The path ends with the title of the tab and begins with a folder
// by which VS Code knows the language (package.json, "filenamePatterns"); the query says what of which document is shown.

import { l10n, Uri, type TextDocument } from 'vscode';
import { Utils } from 'vscode-uri';

import type { Pass } from '../../../server/src/lsp/protocol.ts';

export const SCHEME = 'colens';
const LISTINGS = '/colens-listing';
const PASSES = '/colens-pass';

/** What a listing, or the text of a pass, shows. */
export interface ListingSubject {
  /** The document that the code object comes from. */
  readonly source: Uri;
  /** See `CodeObjectResult.key`; empty for the text of a pass. */
  readonly key: string;
  /** The pass whose text is shown, or `pyc` for a .pyc file. */
  readonly pass?: Pass | 'pyc';
  /** Another version than the setting's. */
  readonly target?: string;
  /** Laid out to stand beside another listing. */
  readonly forComparison?: boolean;
}

export function listingUri(subject: ListingSubject): Uri {
  const { source, key, pass, target, forComparison } = subject;
  const name = [titleOf(subject).replaceAll('/', '_'), Utils.basename(source), target ?? ''];
  const title = name.filter(part => part !== '').join(' · ');
  const query = JSON.stringify({ source: source.toString(), key, pass, target, forComparison });
  return Uri.from({ scheme: SCHEME, path: `${pass ? PASSES : LISTINGS}/${title}`, query });
}

function titleOf({ key, pass }: ListingSubject): string {
  switch (pass) {
    case undefined:
      return key;
    case 'pyc':
      return '';
    case 'tokens':
      return l10n.t('Tokens');
    case 'ast':
      return l10n.t('AST');
    case 'symtable':
      return l10n.t('Symbol Table');
  }
}

/** What the listing at an address shows; undefined for what is not an address of a listing. */
export function subjectOf(uri: Uri): ListingSubject | undefined {
  if (uri.scheme !== SCHEME) return undefined;
  try {
    const { source, ...subject } = JSON.parse(uri.query) as Omit<ListingSubject, 'source'> & {
      source: string;
    };
    return { ...subject, source: Uri.parse(source) };
  } catch {
    return undefined; // not one of ours
  }
}

export const isListing = ({ uri }: TextDocument): boolean => uri.scheme === SCHEME;
