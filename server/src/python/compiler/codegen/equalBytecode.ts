// Whether two code objects that were made of different nodes are equal, and so one constant.
// CPython: Objects/codeobject.c, code_richcompare().
import type { Bytecode } from '../../code/bytecode.ts';
import type { CodeObject } from '../../code/codeObject.ts';
import type { Constant } from '../../code/constant.ts';
import { constantKey } from '../../constants/key.ts';
import { ConstantType } from '../../constants/values.ts';

type BytecodeOf = (code: CodeObject) => Bytecode | undefined;

/**
 * Compares all that CPython does; line tables only `withLines`. Code objects that have no bytecode are equal to none.
 */
export function equalBytecode(
  a: CodeObject,
  b: CodeObject,
  bytecodeOf: BytecodeOf,
  withLines: boolean,
): boolean {
  if (a === b) return true;
  const sameFacts =
    a.name === b.name &&
    a.flags === b.flags &&
    a.argcount === b.argcount &&
    a.posonlyargcount === b.posonlyargcount &&
    a.kwonlyargcount === b.kwonlyargcount &&
    a.firstlineno === b.firstlineno &&
    sameNames(a.varnames, b.varnames) &&
    sameNames(a.freevars, b.freevars) &&
    sameNames(a.cellvars, b.cellvars);
  const one = sameFacts ? bytecodeOf(a) : undefined;
  const other = one && bytecodeOf(b);
  if (!one || !other) return false;
  return (
    sameBytes(one.code, other.code) &&
    sameNames(one.names, other.names) &&
    (!withLines || sameBytes(one.linetable, other.linetable)) &&
    one.consts.length === other.consts.length &&
    one.consts.every((constant, i) => equalConstants(constant, other.consts[i], bytecodeOf, withLines))
  );
}

function equalConstants(a: Constant, b: Constant, bytecodeOf: BytecodeOf, withLines: boolean): boolean {
  if (a.type === ConstantType.Code) {
    return b.type === ConstantType.Code && equalBytecode(a.code, b.code, bytecodeOf, withLines);
  }
  if (b.type === ConstantType.Code) return false;
  return constantKey(a) === constantKey(b);
}

const sameNames = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name, i) => name === b[i]);

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);
