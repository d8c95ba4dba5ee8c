// Colours for a terminal: names of flags and fields, strings, numbers of lines and the types of errors stand out.
const RESET = '\x1b[0m';
const STYLES: readonly (readonly [RegExp, string])[] = [
  [/^<code object .*$/, '\x1b[1m'],
  [/^(?:\w+Error)(?=:)/, '\x1b[1;31m'],
  [/'(?:[^'\\\n]|\\.)*'/, '\x1b[32m'],
  [/\bCO_[A-Z_]+\b/, '\x1b[33m'],
  [/^co_\w+/, '\x1b[36m'],
  [/\bline \d+/, '\x1b[35m'],
];
const PATTERN = new RegExp(STYLES.map(([pattern]) => `(${pattern.source})`).join('|'), 'gm');

/** A text with escape sequences that colour it; it must hold none itself. */
export const coloured = (text: string): string =>
  text.replace(PATTERN, (whole: string, ...groups: (string | undefined)[]) => {
    const style = STYLES.find((_, i) => groups[i] !== undefined);
    return style ? style[1] + whole + RESET : whole;
  });
