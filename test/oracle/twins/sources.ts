// Sources of definitions: the lines, comments, documentation and closure variables that inspect tells of them.
import { NodeKind } from '../../../server/src/python/ast/kinds.ts';
import type { CodeObject } from '../../../server/src/python/code/codeObject.ts';
import { codeObjectsOf } from '../../../server/src/python/code/lookup.ts';
import { asciiJson } from '../../../server/src/python/code/dump.ts';
import type { Analysis } from '../../../server/src/python/index.ts';
import {
  closureVars,
  type GlobalNames,
  hasClosureVars,
} from '../../../server/src/python/inspect/closureVars.ts';
import { commentsBefore, moduleComments } from '../../../server/src/python/inspect/comments.ts';
import { cleandoc, docstring } from '../../../server/src/python/inspect/doc.ts';
import { sourceLines } from '../../../server/src/python/inspect/lines.ts';
import {
  findSource,
  getSourceLines,
  type Sourced,
  type SourceFile,
} from '../../../server/src/python/inspect/source.ts';
import { BlockType, SymbolFlags } from '../../../server/src/python/symtable/flags.ts';
import { builtinNames } from '../../../server/src/python/versions/builtins.ts';
import { unlessRefused, verdicts, type Difference, type Twin } from './twin.ts';

const ASPECTS = ['name', 'source lines', 'comments', 'doc', 'closure variables'];

export const sourcesTwin: Twin = {
  name: 'sources',
  script: 'sources',

  ours(analysis) {
    return unlessRefused(analysis.errors.at(0), () => {
      const { lines, module, code, symbolTable, target } = analysis;
      const file: SourceFile = {
        lines: sourceLines(analysis.text),
        module,
        lineno: offset => lines.lineno(offset),
      };
      const builtins = builtinNames(target);
      const names: GlobalNames = {
        isGlobal: name =>
          name === '__builtins__' || (symbolTable.top.flags(name) & SymbolFlags.DEF_LOCAL) !== 0,
        isBuiltin: name => builtins.has(name),
      };
      const all = [...codeObjectsOf(code)].filter(inner => inner !== code);
      const told = all.map(inner => asciiJson(tell(analysis, inner, file, names)));
      return [asciiJson(moduleComments(file.lines) ?? null), ...told].join('\n');
    });
  },

  compare(ours, theirs) {
    const refused = verdicts(ours, theirs);
    if (refused.length > 0) return refused;
    const [left, right] = [ours.split('\n'), theirs.split('\n')];
    if (left.length !== right.length)
      return [{ class: 'number', where: 'the file', ours: `${left.length}`, theirs: `${right.length}` }];
    return left.flatMap((line, i): Difference[] => {
      if (line === right[i]) return [];
      if (i === 0) return [{ class: 'module comments', where: 'line 0', ours: line, theirs: right[i] }];
      const [mine, other] = [JSON.parse(line) as unknown[], JSON.parse(right[i]) as unknown[]];
      return ASPECTS.flatMap((aspect, at) => {
        const [a, b] = [JSON.stringify(mine[at] ?? null), JSON.stringify(other[at] ?? null)];
        return a === b ? [] : [{ class: aspect, where: `${i}: ${other[0] as string}`, ours: a, theirs: b }];
      });
    });
  },
};

function tell(analysis: Analysis, code: CodeObject, file: SourceFile, names: GlobalNames): unknown[] {
  const { dialect } = analysis.target;
  const { node, firstlineno, name, qualname } = code;
  const isClass = code.scope.type === BlockType.Class;
  const object: Sourced = isClass
    ? { type: 'class', name, qualname, firstlineno }
    : { type: 'code', firstlineno };
  const source = getSourceLines(object, file, dialect);
  const line = findSource(object, file, dialect);
  const comments = line === undefined ? undefined : commentsBefore(file.lines, line);
  const told: unknown[] = [name, source ? [source.lineno, source.lines.length] : null, comments ?? null];
  if (!hasClosureVars(node) || code.scope.type !== BlockType.Function) return told;
  const doc = node.kind === NodeKind.Lambda ? undefined : docstring(node.body, dialect.inspect);
  const found = closureVars(analysis, node, names);
  const sorted = found && [[...found.nonlocals].sort(), found.globals, found.builtins, found.unbound];
  return [...told, doc === undefined ? null : cleandoc(doc, dialect.inspect), sorted ?? null];
}
