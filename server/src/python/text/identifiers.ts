// Identifiers beyond ASCII: PEP 3131.
import { NEW_NORMAL_FORMS } from './unicode.generated.ts';
import { isIdentifierPart, isIdentifierStart } from './unicode.ts';

/**
 * The offset in a word of the first character that makes it no identifier; -1 if it is one.
 *
 * CPython: Objects/unicodeobject.c, _PyUnicode_ScanIdentifier()
 *
 * @param version of Unicode, from `unicodeVersion`
 */
export function invalidIdentifierOffset(word: string, version: number): number {
  for (let i = 0; i < word.length; i++) {
    const start = i;
    const code = word.codePointAt(i) as number;
    if (code > 0xffff) i++;
    if (start === 0 ? !isIdentifierStart(code, version) : !isIdentifierPart(code, version)) return start;
  }
  return -1;
}

let newForms: Map<string, string> | undefined;

/**
 * An identifier as CPython stores it: its NFKC. A host with an older Unicode than the target does not know the
 * newest characters, so that those are replaced by the tables.
 */
export function normalizeIdentifier(word: string): string {
  newForms ??= new Map(
    NEW_NORMAL_FORMS.flat().map(pair => {
      const [character, ...form] = pair;
      return [character, form.join('')];
    }),
  );
  let known = '';
  for (const character of word) known += newForms.get(character) ?? character;
  return known.normalize('NFKC');
}
