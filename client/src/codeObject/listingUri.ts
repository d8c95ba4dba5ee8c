// The addresses of listings. The path ends with the title of the tab and begins with a folder by which VS Code knows the
// language (package.json, "filenamePatterns"); the query says which code object of which document is shown.

import { Uri, type TextDocument } from 'vscode';
import { Utils } from 'vscode-uri';

export const SCHEME = 'colens';
const FOLDER = '/colens-listing';

/** What a listing shows. */
export interface ListingSubject {
  /** The document that the code object is from. */
  readonly source: Uri;
  /** See `CodeObjectResult.key`. */
  readonly key: string;
  /** Another version than the setting's. */
  readonly target?: string;
  /** Laid out to stand beside another listing. */
  readonly forComparison?: boolean;
}

export function listingUri({ source, key, target, forComparison }: ListingSubject): Uri {
  const version = target === undefined ? '' : ` · ${target}`;
  const title = `${key.replaceAll('/', '_')} · ${Utils.basename(source)}${version}`;
  const query = JSON.stringify({ source: source.toString(), key, target, forComparison });
  return Uri.from({ scheme: SCHEME, path: `${FOLDER}/${title}`, query });
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
