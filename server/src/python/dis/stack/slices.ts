// How slices stand in brackets.

/** What stands in the brackets of a slice of two or three parts: None is left out. */
export const slicePiece = (parts: readonly string[]): string =>
  parts.map(text => (text === 'None' ? '' : text)).join(':');
