// Text of programs, files and libraries as it may be shown anywhere: nothing in it breaks a line, moves a cursor, turns
// the direction of writing or hides. Everything that is shown and was not written by us goes through here.

// Control and format characters (those that turn the direction among them), separators of lines and paragraphs, and
// halves of surrogate pairs: in such general categories nothing is to be seen.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** What most texts are. */
const PRINTABLE_ASCII = /^[ -~]*$/;

const SHORT: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** A text on one line; what is not to be seen is spelled as in Python's literals: `\n`, `\x1b`, `\u202e`. */
export function visible(text: string): string {
  if (PRINTABLE_ASCII.test(text)) return text;
  return text.replace(INVISIBLE, character => SHORT[character] ?? spelled(character));
}

/** A text of lines: the same, but tabs and the ends of lines stay. */
export function visibleLines(text: string): string {
  return text.replace(INVISIBLE, (character, at: number) => {
    const stays =
      character === '\n' || character === '\t' || (character === '\r' && text.charAt(at + 1) === '\n');
    return stays ? character : (SHORT[character] ?? spelled(character));
  });
}

function spelled(character: string): string {
  const code = character.codePointAt(0)!;
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
