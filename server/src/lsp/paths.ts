// Documents' URIs as paths of resolve/program, and back: the one place that knows how they go together.
import { URI } from 'vscode-uri';
import { normalize } from '../resolve/program/paths.ts';

/**
 * The path of a document. A notebook's cell is a script beside the notebook; what belongs to no file system has its
 * URI for a path, so that documents of a virtual workspace are in folders, too.
 */
export function toPath(uri: string): string {
  let parsed: URI;
  try {
    parsed = URI.parse(uri);
  } catch {
    return uri; // it is none; a name like any other
  }
  switch (parsed.scheme) {
    case 'file':
      return normalize(parsed.fsPath);
    case 'vscode-notebook-cell':
      return `${normalize(parsed.with({ scheme: 'file', fragment: '' }).fsPath)}#${parsed.fragment}`;
    default:
      return uri.replace(/\/$/, '');
  }
}
