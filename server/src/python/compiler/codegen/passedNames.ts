// The one order of 3.12 and 3.13 that is not the source's: names that a comprehension only passes on to blocks inside come
// to its symbols out of a set, and a class saves them in that order when it takes the comprehension in. The hashes of
// that run of the compiler decide; a code object that it made tells what they were. CPython:
// update_symbols() in Python/symtable.c, push_inlined_comprehension_state() in Python/compile.c.
import { SCOPE_OFFSET, SymbolFlags } from '../../symtable/flags.ts';

/** The names that classes save for comprehensions, in the order of the instructions, by `savedKey`. */
export type SavedNames = ReadonlyMap<string, readonly string[]>;

/** Which class, and which names, in whatever order. */
export const savedKey = (qualname: string, names: readonly string[]): string =>
  [qualname, ...[...names].sort()].join(' ');

/** What the analysis of closures alone adds to a symbol: a name with no other flag is not in the block's text. */
const PASSED_ON = SymbolFlags.DEF_COMP_CELL | SymbolFlags.DEF_FREE_CLASS;

const isPassedOn = (symbol: number): boolean => (symbol & ((1 << SCOPE_OFFSET) - 1) & ~PASSED_ON) === 0;

/**
 * The symbols of a comprehension that the class `qualname` takes in, with those it only passes on in the order in which
 * they are saved; `mangle` gives the name that an instruction has for a symbol. All others stay where they are.
 */
export function inSavedOrder(
  symbols: ReadonlyMap<string, number>,
  savedNames: SavedNames,
  qualname: string,
  mangle: (name: string) => string,
): Iterable<[string, number]> {
  const entries = [...symbols];
  const names = entries.map(([name]) => mangle(name));
  const saved = savedNames.get(savedKey(qualname, names));
  if (!saved) return entries;
  const places = new Map(saved.map((name, i) => [name, i]));
  const place = ([name]: [string, number]): number => places.get(mangle(name))!;
  for (let i = 0; i < entries.length; i++) {
    const start = i;
    while (i < entries.length && isPassedOn(entries[i][1])) i++;
    const some = entries.slice(start, i).sort((a, b) => place(a) - place(b));
    entries.splice(start, some.length, ...some);
  }
  return entries;
}
