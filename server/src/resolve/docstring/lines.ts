// The lines of a docstring, and what readers of its styles have in common.

/** Takes a parameter's documentation: names, separated by commas, as they are written. */
export type AddParameter = (names: string, type: string | undefined, text: string) => void;

/** How far a line is indented; of a blank line Infinity, so that it belongs to what is above it. */
export const indentationOf = (line: string): number =>
  line.trim() === '' ? Infinity : line.length - line.trimStart().length;

/** Lines put together as a text: blank lines stay as breaks of paragraphs, those at the ends go. */
export const textOf = (lines: readonly string[]): string =>
  lines
    .map(line => line.trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
