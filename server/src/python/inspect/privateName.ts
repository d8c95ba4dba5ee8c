// The class that private names are mangled with.
import { NodeKind } from '../ast/kinds.ts';
import type { SymbolTableEntry } from '../symtable/entry.ts';
import { BlockType } from '../symtable/flags.ts';

/** The innermost class around a block. */
export function privateNameAround(entry: SymbolTableEntry): string | null {
  for (let block: SymbolTableEntry | null = entry; block; block = block.parent) {
    if (block.type === BlockType.Class && block.node.kind === NodeKind.ClassDef) return block.node.name;
  }
  return null;
}
