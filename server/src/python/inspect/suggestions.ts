// "Did you mean …?": the candidate that takes the fewest edits, if it is near enough.
// CPython: Python/suggestions.c, _Py_CalculateSuggestions(). It counts the bytes of UTF-8.

const MOST_CANDIDATES = 750;
const LONGEST = 40;
/** Adding, removing or replacing a byte. */
const MOVE = 2;
/** Replacing a letter by the same in the other case. */
const CASE = 1;

/** The candidate that `name` was probably meant to be; the first of the nearest, undefined if all are far. */
export function suggestion(name: string, candidates: readonly string[]): string | undefined {
  if (candidates.length >= MOST_CANDIDATES) return undefined;
  const wrong = utf8(name);
  let found: string | undefined;
  let least = Infinity;
  for (const candidate of candidates) {
    if (candidate === name) continue;
    const right = utf8(candidate);
    // A third of the bytes may change, and fewer than in what was found before.
    const most = Math.min(Math.trunc(((wrong.length + right.length + 3) * MOVE) / 6), least - 1);
    const cost = distance(wrong, right, most);
    if (cost > most) continue;
    found = candidate;
    least = cost;
  }
  return found;
}

/** Levenshtein's distance; `most` + 1 if it is larger than `most`. CPython: levenshtein_distance(). */
function distance(a: readonly number[], b: readonly number[], most: number): number {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  const [short, long] =
    endB - start < endA - start
      ? [b.slice(start, endB), a.slice(start, endA)]
      : [a.slice(start, endA), b.slice(start, endB)];
  if (short.length === 0) return long.length * MOVE;
  if (long.length > LONGEST || (long.length - short.length) * MOVE > most) return most + 1;
  const row = short.map((_, i) => (i + 1) * MOVE);
  let result = 0;
  for (let i = 0; i < long.length; i++) {
    let diagonal = (result = i * MOVE);
    let least = Infinity;
    for (let j = 0; j < short.length; j++) {
      const replaced = diagonal + replacement(long[i], short[j]);
      diagonal = row[j];
      result = Math.min(Math.min(result, diagonal) + MOVE, replaced);
      row[j] = result;
      least = Math.min(least, result);
    }
    if (least > most) return most + 1;
  }
  return result;
}

const isUpper = (byte: number): boolean => byte >= 0x41 && byte <= 0x5a;
const lower = (byte: number): number => (isUpper(byte) ? byte + 32 : byte);

function replacement(a: number, b: number): number {
  if (a === b) return 0;
  return lower(a) === lower(b) ? CASE : MOVE;
}

/** The bytes of a text in UTF-8. */
function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else {
      bytes.push(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 63),
        0x80 | ((code >> 6) & 63),
        0x80 | (code & 63),
      );
    }
  }
  return bytes;
}
