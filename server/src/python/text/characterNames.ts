// Which character `\N{NAME}` means: unicodedata's lookup(), without its named sequences, which a literal may not
// use. Most names come from a generated table, unpacked at the first look-up; Hangul syllables and ideographs are
// named by rule. CPython: Modules/unicodedata.c, _getcode().
import {
  DERIVED_NAMES,
  ENCODED_NAMES,
  NAMED_RUNS,
  NAME_ALIASES,
  NAME_DIGITS,
  NAME_WORDS,
  ONE_DIGIT,
  TWO_DIGITS,
  UNICODE_VERSIONS,
} from './characterNames.generated.ts';

/**
 * How the names of Hangul syllables and unified ideographs are read. `literal`: in upper case as they stand, the
 * ideograph's number in four or five digits. `canonical`: in any case, the number as the Standard writes it, and
 * Tangut ideographs too.
 */
export type DerivedNames = 'literal' | 'canonical';

/** Code point and first Unicode version (an index) of a name, as `point * 16 + since`. */
let table: Map<string, number> | undefined;

function unpack(): Map<string, number> {
  const words = NAME_WORDS.split(' ');
  const valueOf = new Uint8Array(128);
  for (let i = 0; i < NAME_DIGITS.length; i++) valueOf[NAME_DIGITS.charCodeAt(i)] = i;
  const base = NAME_DIGITS.length;
  let at = 0;
  const digit = (): number => valueOf[ENCODED_NAMES.charCodeAt(at++)];
  const word = (): string => {
    const first = digit();
    if (first < ONE_DIGIT) return words[first];
    if (first < TWO_DIGITS) return words[ONE_DIGIT + (first - ONE_DIGIT) * base + digit()];
    const second = digit();
    return words[
      ONE_DIGIT + (TWO_DIGITS - ONE_DIGIT) * base + ((first - TWO_DIGITS) * base + second) * base + digit()
    ];
  };
  const result = new Map<string, number>();
  const parts: string[] = [];
  for (const [first, count, since] of NAMED_RUNS) {
    for (let point = first; point < first + count; point++) {
      parts.length = digit();
      for (let more = digit(); more > 0; more--) parts.push(word());
      result.set(parts.join(' '), point * 16 + since);
    }
  }
  for (const [name, point, since] of NAME_ALIASES) result.set(name, point * 16 + since);
  return result;
}

// prettier-ignore
const LEADS = ['G', 'GG', 'N', 'D', 'DD', 'R', 'M', 'B', 'BB', 'S', 'SS', '', 'J', 'JJ', 'C', 'K', 'T', 'P', 'H'];
// prettier-ignore
const VOWELS = [
  'A', 'AE', 'YA', 'YAE', 'EO', 'E', 'YEO', 'YE', 'O', 'WA', 'WAE', 'OE', 'YO', 'U', 'WEO', 'WE', 'WI', 'YU', 'EU', 'YI', 'I',
];
// prettier-ignore
const TAILS = [
  '', 'G', 'GG', 'GS', 'N', 'NJ', 'NH', 'D', 'L', 'LG', 'LM', 'LB', 'LS', 'LT', 'LP', 'LH', 'M', 'B', 'BS', 'S', 'SS', 'NG',
  'J', 'C', 'K', 'T', 'P', 'H',
];
const HANGUL = 'HANGUL SYLLABLE ';
const HANGUL_BASE = 0xac00;

/** The longest piece that `text` has at `at`: its index, -1 if there is none. */
function longest(pieces: readonly string[], text: string, at: number): number {
  let found = -1;
  for (let i = 0; i < pieces.length; i++) {
    if (text.startsWith(pieces[i], at) && (found < 0 || pieces[i].length > pieces[found].length)) found = i;
  }
  return found;
}

function hangulSyllable(name: string): number | undefined {
  const lead = longest(LEADS, name, HANGUL.length);
  const vowelAt = HANGUL.length + LEADS[lead].length;
  const vowel = longest(VOWELS, name, vowelAt);
  if (vowel < 0) return undefined;
  const tailAt = vowelAt + VOWELS[vowel].length;
  const tail = longest(TAILS, name, tailAt);
  if (tailAt + TAILS[tail].length !== name.length) return undefined;
  return HANGUL_BASE + (lead * VOWELS.length + vowel) * TAILS.length + tail;
}

const IDEOGRAPH = 'CJK UNIFIED IDEOGRAPH-';
const TANGUT = 'TANGUT IDEOGRAPH-';

function derivedName(name: string, since: number, rule: DerivedNames): number | undefined {
  const dash = name.lastIndexOf('-') + 1;
  const prefix = name.slice(0, dash);
  const digits = name.slice(dash);
  if (!/^[0-9A-F]{4,5}$/.test(digits)) return undefined;
  const literal = rule === 'literal' && prefix === IDEOGRAPH;
  if (!literal && digits.length === 5 && digits.startsWith('0')) return undefined;
  if (rule === 'literal' && prefix === TANGUT) return undefined;
  const point = parseInt(digits, 16);
  const known = DERIVED_NAMES.some(
    ([named, first, last, from]) => named === prefix && first <= point && point <= last && from <= since,
  );
  return known ? point : undefined;
}

/** ASCII letters only: no other character upper-cases into a name. */
const upper = (name: string): string => name.replace(/[a-z]+/g, letters => letters.toUpperCase());

/**
 * The code point that a name means, undefined if none.
 *
 * @param name what stands between the braces of `\N{…}`
 * @param unicode the version of the target's Unicode database, as `unicodedata.unidata_version` has it
 */
export function lookupCharacterName(name: string, unicode: string, rule: DerivedNames): number | undefined {
  const since = UNICODE_VERSIONS.indexOf(unicode);
  const uppered = upper(name);
  const asGiven = rule === 'literal' ? name : uppered;
  if (asGiven.startsWith(HANGUL)) return hangulSyllable(asGiven);
  if (asGiven.startsWith(IDEOGRAPH)) return derivedName(asGiven, since, rule);
  table ??= unpack();
  const found = table.get(uppered);
  if (found !== undefined) return (found & 15) <= since ? found >> 4 : undefined;
  return uppered.startsWith(IDEOGRAPH) ? undefined : derivedName(uppered, since, rule);
}
