// What an interpreter makes of code before it runs: counters in inline caches, and in 3.12 other opcodes. `dis -S` shows
// it, `dis -C` shows the caches. CPython: _PyCode_Quicken() in Python/specialize.c; Lib/dis.py, _get_code_array().
import type { CodeInstruction } from '../code/instructions.ts';
import type { Dialect } from '../versions/dialect.ts';
import type { Op } from '../versions/opcodes/op.generated.ts';

/** A code unit of an inline cache; the text is empty but for the first of each entry. */
export interface CacheUnit {
  readonly offset: number;
  readonly text: string;
}

/** An entry of an instruction's inline caches. */
export interface CacheEntry {
  readonly name: string;
  /** In code units. */
  readonly size: number;
  readonly value: number;
}

export interface FreshCode {
  /** The name of an instruction, told with the one that follows it. */
  readonly opname: (instruction: CodeInstruction, next: CodeInstruction | undefined) => string;
  /** The number of an instruction, told as its name is. */
  readonly opcode: (instruction: CodeInstruction, next: CodeInstruction | undefined) => number;
  readonly cacheEntries: (instruction: CodeInstruction) => readonly CacheEntry[];
  readonly cacheUnits: (instruction: CodeInstruction) => Iterable<CacheUnit>;
}

/** What stands in code that never ran; `specialized` as the interpreter has it, otherwise as it was compiled. */
export function freshCode({ opcodes, dis }: Dialect, specialized: boolean): FreshCode {
  const quickening = specialized ? dis.quickening : undefined;
  const counters = new Map(quickening?.counters);
  const layouts = new Map(opcodes.facts.cacheLayout);
  const replaced = (one: CodeInstruction, next: CodeInstruction | undefined) =>
    quickening?.superinstructions.find(([first, second]) => first === one.op && second === next?.op);

  function cacheEntries({ op }: CodeInstruction): CacheEntry[] {
    const layout = layouts.get(op as Op);
    if (!layout) return [];
    const counter = quickening ? (counters.get(op as Op) ?? quickening.counter) : 0;
    return layout.map(([name, size], i) => ({
      name,
      size,
      value: i === 0 || dis.cachesReadFromFirst ? counter : 0,
    }));
  }

  return {
    opname: (one, next) => replaced(one, next)?.[2] ?? opcodes.opname(one.opcode),
    opcode: (one, next) => replaced(one, next)?.[3] ?? one.opcode,
    cacheEntries,
    *cacheUnits(instruction) {
      let { offset } = instruction;
      for (const { name, size, value } of cacheEntries(instruction)) {
        for (let unit = 0; unit < size; unit++) {
          offset += 2;
          yield { offset, text: unit === 0 ? `${name}: ${value}` : '' };
        }
      }
    },
  };
}
