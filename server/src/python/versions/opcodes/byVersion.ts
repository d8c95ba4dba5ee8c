// Which opcode table is whose. A minor version has one: the patch levels that were asked (the table's test asks every
// interpreter it finds) agree in all of it, magic numbers included.
import { OpcodeTable, type OpcodeFacts } from './opcodeTable.ts';
import { V3_8 } from './v3_8.generated.ts';
import { V3_9 } from './v3_9.generated.ts';
import { V3_10 } from './v3_10.generated.ts';
import { V3_11 } from './v3_11.generated.ts';
import { V3_12 } from './v3_12.generated.ts';
import { V3_13 } from './v3_13.generated.ts';
import { V3_14 } from './v3_14.generated.ts';
import { V3_15 } from './v3_15.generated.ts';

/** By minor version, from 3.8 on. */
const FACTS: readonly OpcodeFacts[] = [V3_8, V3_9, V3_10, V3_11, V3_12, V3_13, V3_14, V3_15];
const OLDEST = 8;

const tables: OpcodeTable[] = [];

/** The opcodes of CPython 3.`minor`; one table per version, made when first asked for. */
export const opcodeTable = (minor: number): OpcodeTable =>
  (tables[minor] ??= new OpcodeTable(FACTS[minor - OLDEST]));
