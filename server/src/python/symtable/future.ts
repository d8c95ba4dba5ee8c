// `from __future__ import …`: which features a file turns on, before anything else is looked at.
// CPython: Python/future.c, _PyFuture_FromAST().
import { NodeKind } from '../ast/kinds.ts';
import type { ImportFrom, Module, Statement } from '../ast/nodes.ts';
import { CodeFlags } from '../code/flags.ts';
import { ConstantType } from '../constants/values.ts';
import type { Builder } from './builder.ts';
import * as messages from './messages.ts';

/** The features, and the bit that each sets; those that have become the rule set none. */
const FEATURES: ReadonlyMap<string, number> = new Map([
  ['nested_scopes', 0],
  ['generators', 0],
  ['division', 0],
  ['absolute_import', 0],
  ['with_statement', 0],
  ['print_function', 0],
  ['unicode_literals', 0],
  ['barry_as_FLUFL', CodeFlags.FUTURE_BARRY_AS_BDFL],
  ['generator_stop', 0],
  ['annotations', CodeFlags.FUTURE_ANNOTATIONS],
]);

/** Whether a body begins with a docstring. CPython: _PyAST_GetDocString(). */
export function hasDocstring(body: readonly Statement[]): boolean {
  const first = body.length > 0 ? body[0] : null;
  return (
    first !== null &&
    first.kind === NodeKind.Expr &&
    first.value.kind === NodeKind.Constant &&
    first.value.value.type === ConstantType.Str
  );
}

/** Notes the features in the table; refuses unknown ones. */
export function readFuture(b: Builder, module: Module): void {
  const { body } = module;
  const { lines } = b;
  const { lateFutureOnSameLine } = b.dialect;
  let done = false;
  let previousLine = 0;
  for (let i = hasDocstring(body) ? 1 : 0; i < body.length; i++) {
    const statement = body[i];
    if (lateFutureOnSameLine) {
      const line = lines.lineno(statement.start);
      if (done && line > previousLine) return;
      previousLine = line;
    } else if (done) {
      return;
    }
    if (statement.kind !== NodeKind.ImportFrom || !b.table.isFutureImport(statement)) {
      done = true;
    } else if (done) {
      b.errorAtPoint(messages.lateFuture, statement, 0);
    } else {
      readFeatures(b, statement);
      b.table.lastFuture = statement;
    }
  }
}

function readFeatures(b: Builder, statement: ImportFrom): void {
  for (const alias of statement.names) {
    const bit = FEATURES.get(alias.name);
    if (bit !== undefined) {
      b.table.futureFeatures |= bit;
      continue;
    }
    const msg =
      alias.name === 'braces' ? messages.notAChance : messages.undefinedFeature(alias.name.slice(0, 100));
    if (b.dialect.futureErrorsAtNames) b.error(msg, alias);
    else b.errorAtPoint(msg, statement);
  }
}

/** From 3.14 on the symbol table refuses features that are turned on too late. CPython: check_import_from(). */
export function checkLateFuture(b: Builder, statement: ImportFrom): void {
  if (!b.dialect.checksInSymtable || !b.table.isFutureImport(statement)) return;
  const { lines } = b;
  const last = b.table.lastFuture;
  if (last === statement) return;
  const line = lines.lineno(statement.start);
  const lastLine = last === null ? -1 : lines.lineno(last.start);
  const lastEndLine = last === null ? -1 : lines.lineno(last.end);
  if (line > lastLine || (line === lastEndLine && statement.start > last!.end))
    b.error(messages.lateFuture, statement);
}
