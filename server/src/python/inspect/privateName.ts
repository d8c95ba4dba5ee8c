// The class that private names are mangled with.
import { NodeKind } from '../ast/kinds.ts';
import type { SymbolTableEntry } from '../symtable/entry.ts';

/** The innermost class around a block, or the one whose type parameters and bases are evaluated in it. */
export function privateNameAround(entry: SymbolTableEntry): string | null {
  for (let block: SymbolTableEntry | null = entry; block; block = block.parent) {
    if (block.node.kind === NodeKind.ClassDef) return block.node.name;
  }
  return null;
}
