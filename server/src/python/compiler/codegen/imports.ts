// import and from … import. CPython: Python/codegen.c, codegen_import(), codegen_import_as(), codegen_from_import().
import { ExprContext, NodeKind } from '../../ast/kinds.ts';
import type { Alias, Import, ImportFrom } from '../../ast/nodes.ts';
import { Op } from '../../versions/opcodes/op.generated.ts';
import { MESSAGES } from '../messages.ts';
import { ScopeType } from '../unit/description.ts';
import { FrameBlockType, type FrameBlock } from '../unit/frameBlocks.ts';
import { NO_LOCATION } from '../unit/location.ts';
import type { CodeGenerator } from './generator.ts';
import { Intrinsic1 } from './intrinsics.ts';
import { nameOp } from './names.ts';

export function visitImport(g: CodeGenerator, s: Import): void {
  const { emit } = g;
  for (const alias of s.names) {
    emit.int(0, s);
    emit.none(s);
    importName(g, alias.name, s);
    const dot = alias.name.indexOf('.');
    if (alias.asname !== null) visitImportAs(g, s, alias, alias.asname);
    else nameOp(g, dot < 0 ? alias.name : alias.name.slice(0, dot), ExprContext.Store, s);
  }
}

/** What IMPORT_NAME is told of laziness (PEP 810). */
enum Laziness {
  Default = 0,
  Lazy = 1,
  Never = 2,
}

function importName(g: CodeGenerator, name: string, s: Import | ImportFrom): void {
  if (g.dialect.lazyImports) g.emit.name(Op.IMPORT_NAME, g.mangle(name), s, 2, lazinessOf(g, s));
  else g.emit.name(Op.IMPORT_NAME, g.mangle(name), s);
}

/** Imports of functions and classes, under a try, and of `*`, are never lazy. */
function lazinessOf({ unit }: CodeGenerator, s: Import | ImportFrom): Laziness {
  if (s.is_lazy) return Laziness.Lazy;
  const isStar = s.kind === NodeKind.ImportFrom && s.names.some(({ name }) => name === '*');
  if (isStar || unit.type !== ScopeType.Module || unit.frameBlocks.some(isOfTry)) return Laziness.Never;
  return Laziness.Default;
}

/** CPython: _PyCompile_InExceptionHandler(). */
function isOfTry({ type }: FrameBlock): boolean {
  switch (type) {
    case FrameBlockType.TryExcept:
    case FrameBlockType.FinallyTry:
    case FrameBlockType.FinallyEnd:
    case FrameBlockType.ExceptionHandler:
    case FrameBlockType.ExceptionGroupHandler:
    case FrameBlockType.HandlerCleanup:
      return true;
    default:
      return false;
  }
}

/** `import a.b.c as d` goes down from `a`, which IMPORT_NAME has put on the stack. */
function visitImportAs(g: CodeGenerator, s: Import, { name }: Alias, asname: string): void {
  const { emit } = g;
  const [, ...submodules] = name.split('.');
  submodules.forEach((submodule, i) => {
    if (i > 0) {
      emit.swapTop(s);
      emit.op(Op.POP_TOP, 0, s);
    }
    emit.name(Op.IMPORT_FROM, submodule, s);
  });
  nameOp(g, asname, ExprContext.Store, s);
  if (submodules.length > 0) emit.op(Op.POP_TOP, 0, s);
}

export function visitImportFrom(g: CodeGenerator, s: ImportFrom): void {
  const { emit } = g;
  emit.int(s.level, s);
  if (g.symbolTable.isFutureImport(s) && !g.isFutureStatement(s)) g.error(MESSAGES.lateFuture, s);
  const names = s.names.map(alias => alias.name);
  emit.strings(names, s);
  importName(g, s.module ?? '', s);
  for (const { name, asname } of s.names) {
    if (name === '*') {
      emit.intrinsic(Intrinsic1.IMPORT_STAR, s);
      if (g.dialect.intrinsics) emit.op(Op.POP_TOP, 0, NO_LOCATION);
      return;
    }
    emit.name(Op.IMPORT_FROM, g.mangle(name), s);
    nameOp(g, asname ?? name, ExprContext.Store, s);
  }
  emit.op(Op.POP_TOP, 0, s);
}
