// Files of a standard library with one thing wrong: a token deleted, doubled, or swapped with its neighbour; and for
// tests of robustness bytes flipped and ends cut off. The same for the same seed.
import type { Source } from './corpora.ts';

/** Larger files only make it slow. */
const LARGEST = 60_000;

/** Pseudo-random numbers below a bound, the same for the same seed. mulberry32, by Tommy Ettinger. */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return below => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** `count` files with a token deleted, doubled or swapped, spread evenly over the sources. */
export function mutatedSources(sources: readonly Source[], count: number, seed: number): Source[] {
  const random = randomNumbers(seed);
  const texts = new Map<Source, string[]>();
  const found: Source[] = [];
  for (let tries = 0; found.length < count && tries < count * 20; tries++) {
    const source = sources[random(sources.length)];
    let pieces = texts.get(source);
    if (!pieces) texts.set(source, (pieces = pieceTogether(source)));
    const tokens = pieces.flatMap((piece, index) => (piece.trim() ? [index] : []));
    if (tokens.length < 2) continue;
    const at = random(tokens.length - 1);
    const [kind, mutated] = mutate(pieces, tokens[at], tokens[at + 1], random(3));
    const text = mutated.join('');
    const name = `${source.name} #${found.length}, ${kind} ${JSON.stringify(pieces[tokens[at]].slice(0, 20))}`;
    found.push({ name, read: () => Buffer.from(text) });
  }
  return found;
}

// Strings, comments, names and numbers, operators, newlines, spaces: near enough to Python's tokens.
const PIECE =
  /[A-Za-z]{0,2}(?:"""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|#.*|[\p{L}\p{N}_.]+|\*\*=?|\/\/=?|>>=?|<<=?|[-+*/%&|^=!<>:@]=|->|\n|[^\S\n]+|[^]/gu;

function pieceTogether(source: Source): string[] {
  const bytes = source.read();
  const text = Buffer.from(bytes).toString('utf8');
  if (bytes.length > LARGEST || text.includes('\ufffd')) return [];
  return text.match(PIECE) ?? [];
}

function mutate(pieces: readonly string[], at: number, next: number, kind: number): [string, string[]] {
  const mutated = [...pieces];
  switch (kind) {
    case 0:
      mutated[at] = '';
      return ['deleted', mutated];
    case 1:
      mutated[at] = `${pieces[at]} ${pieces[at]}`;
      return ['doubled', mutated];
    default:
      [mutated[at], mutated[next]] = [pieces[next], pieces[at]];
      return ['swapped', mutated];
  }
}

/** The bytes with some of them flipped, or cut off at some byte. */
export function damaged(bytes: Uint8Array, random: (below: number) => number): Uint8Array {
  if (random(3) === 0) return bytes.slice(0, random(bytes.length + 1));
  const result = Uint8Array.from(bytes);
  for (let flips = 1 + random(4); flips > 0; flips--) result[random(result.length)] ^= 1 << random(8);
  return result;
}
