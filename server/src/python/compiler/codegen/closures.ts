// Functions and classes are made of code objects and of the cells that these share. CPython: Python/codegen.c,
// codegen_make_closure().
import { NodeKind } from '../../ast/kinds.ts';
import type { Node } from '../../ast/nodes.ts';
import type { CodeObject } from '../../code/codeObject.ts';
import { ConstantType } from '../../constants/values.ts';
import type { SymbolTableEntry } from '../../symtable/entry.ts';
import { Scope } from '../../symtable/flags.ts';
import { Op } from '../../versions/opcodes/op.generated.ts';
import { MESSAGES } from '../messages.ts';
import { ScopeType } from '../unit/description.ts';
import type { Place } from '../unit/frameBlocks.ts';
import type { ChildConstant, CompilerUnit } from '../unit/unit.ts';
import { equalBytecode } from './equalBytecode.ts';
import type { CodeGenerator } from './generator.ts';

/** Flags of MAKE_FUNCTION and SET_FUNCTION_ATTRIBUTE. CPython: MAKE_FUNCTION_* in pycore_opcode_utils.h. */
export enum FunctionFlags {
  DEFAULTS = 1,
  KWDEFAULTS = 2,
  ANNOTATIONS = 4,
  CLOSURE = 8,
  ANNOTATE = 16,
}

const FUNCTION_ATTRIBUTES = [
  FunctionFlags.CLOSURE,
  FunctionFlags.ANNOTATIONS,
  FunctionFlags.ANNOTATE,
  FunctionFlags.KWDEFAULTS,
  FunctionFlags.DEFAULTS,
];

/** Makes a function of a nested code object; `flags` are FunctionFlags. CPython: codegen_make_closure(). */
export function makeClosure(g: CodeGenerator, code: CodeObject, flags: number, at: Place): void {
  if (g.notEmitting > 0) return;
  if (code.freevars.length > 0) checkClosure(g, code);
  if (g.emit.recording === null) addChild(g, code);
  else recordClosure(g, code, flags, at);
}

function recordClosure(g: CodeGenerator, code: CodeObject, flags: number, at: Place): void {
  const { emit, unit } = g;
  if (code.freevars.length > 0) {
    for (const name of code.freevars) {
      emit.deref(Op.LOAD_CLOSURE, name, isFreeIn(g, unit, name), at);
    }
    emit.op(Op.BUILD_TUPLE, code.freevars.length, at);
    flags |= FunctionFlags.CLOSURE;
  }
  emit.loadConstant({ type: ConstantType.Code, code: g.equalTo.get(code) ?? code }, at);
  if (g.dialect.qualnameConstants) {
    emit.string(code.node.kind === NodeKind.ClassDef ? code.name : code.qualname, at);
  }
  if (g.dialect.functionTakesParts) {
    emit.op(Op.MAKE_FUNCTION, flags, at);
    return;
  }
  emit.op(Op.MAKE_FUNCTION, 0, at);
  for (const flag of FUNCTION_ATTRIBUTES) {
    if (flags & flag) emit.op(Op.SET_FUNCTION_ATTRIBUTE, flag, at);
  }
}

/** Whether a closure gets a name from the unit's free variables, not from its cells. CPython: get_ref_type(). */
function isFreeIn(g: CodeGenerator, unit: CompilerUnit, name: string): boolean {
  if (unit.type === ScopeType.Class && hasClassCell(unit.scope, name) !== undefined) return false;
  return g.scopeOf(name) !== Scope.CELL;
}

function addChild(g: CodeGenerator, code: CodeObject): void {
  const { unit, emit } = g;
  const { reached } = emit;
  const childOf = (unit.childOf ??= new Map<CodeObject, ChildConstant>());
  let child = childOf.get(code) ?? equalChild(g, code);
  if (!child) {
    child = { code, used: reached, isFirst: !unit.hasConstants };
    unit.children.push(child);
    unit.hasConstants = true;
  } else if (reached) child.used = true;
  childOf.set(code, child);
}

/**
 * Free variables of a nested code object come from cells or free variables of this one. Where an inlined comprehension
 * has lost them CPython has a bug, and gives up. CPython: compiler_lookup_arg(), get_ref_type().
 */
function checkClosure(g: CodeGenerator, code: CodeObject): void {
  const { unit } = g;
  for (const name of code.freevars) {
    const cell = unit.type === ScopeType.Class ? hasClassCell(unit.scope, name) : undefined;
    if (cell === false) errorInClosure(g, MESSAGES.lostCell(name, unit.name, code), code.node);
    else if (cell === undefined && !unit.scope.symbols.has(name) && !unit.tweakedSymbols?.has(name)) {
      errorInClosure(g, MESSAGES.unknownScope(name, unit.name), code.node);
    }
  }
}

function errorInClosure(g: CodeGenerator, msg: string, { start, end }: Node): void {
  if (g.learns) g.errors.push({ type: 'SystemError', msg, start, end, position: {} });
}

/** A code object of another node that is equal for CPython, where lines or columns do not tell them apart. */
function equalChild(g: CodeGenerator, code: CodeObject): ChildConstant | undefined {
  const { equalCode } = g.dialect;
  if (equalCode === 'never') return undefined;
  const lookalikes = (g.unit.lookalikes ??= new Map<string, CodeObject[]>());
  const key = `${code.firstlineno} ${code.name} ${code.varnames.join()}`;
  const candidates = lookalikes.get(key);
  const equal = candidates?.find(other =>
    equalBytecode(other, code, g.bytecodeOf.bind(g), equalCode === 'whole'),
  );
  if (equal) {
    g.equalTo.set(code, equal);
    return g.unit.childOf?.get(equal);
  }
  if (candidates) candidates.push(code);
  else lookalikes.set(key, [code]);
  return undefined;
}

/** Whether a class has a cell that the compiler makes up; undefined for other names. */
function hasClassCell(scope: SymbolTableEntry, name: string): boolean | undefined {
  switch (name) {
    case '__class__':
      return scope.needsClassClosure;
    case '__classdict__':
      return scope.needsClassDict;
    case '__conditional_annotations__':
      return scope.hasConditionalAnnotations;
    default:
      return undefined;
  }
}
