// Labels in the text of a listing: where `to L3` leads, and what leads to `L3:`.

import { Location, Range, type Position, type TextDocument } from 'vscode';

/** The label at a position. */
export function labelAt(document: TextDocument, position: Position): string | undefined {
  const range = document.getWordRangeAtPosition(position, /\bL\d+\b/);
  return range && document.getText(range);
}

/** The line that a label names: of the first instruction that has it. */
export function labelLine(document: TextDocument, label: string): Location | undefined {
  for (let line = 0; line < document.lineCount; line++) {
    const { text } = document.lineAt(line);
    const at = labelColumn(text, label);
    if (at >= 0) return new Location(document.uri, new Range(line, at, line, at + label.length));
  }
  return undefined;
}

/** Where a label stands, at its own line and where something leads to it; not in texts of the source. */
export function labelUses(document: TextDocument, label: string, withItsLine: boolean): Location[] {
  const uses: Location[] = [];
  const pattern = new RegExp(`(?:\\b(?:to|from)|→) (${label})\\b|^ {4}(${label}) to L\\d`, 'g');
  for (let line = 0; line < document.lineCount; line++) {
    const { text } = document.lineAt(line);
    const own = labelColumn(text, label);
    if (own >= 0 && withItsLine)
      uses.push(new Location(document.uri, new Range(line, own, line, own + label.length)));
    for (const { index, 0: found } of text.matchAll(pattern)) {
      const at = index + found.indexOf(label);
      uses.push(new Location(document.uri, new Range(line, at, line, at + label.length)));
    }
  }
  return uses;
}

/** Where a line has the label as its own, or -1. */
function labelColumn(text: string, label: string): number {
  const found = /^[^\w]*(L\d+):\s/.exec(text);
  return found?.[1] === label ? text.indexOf(label) : -1;
}
