// The source of an object: which lines of which file inspect.getsource() takes.
import { sourceLines } from '../../python/inspect/lines.ts';
import { findSource, getSourceLines, type Sourced, type SourceFile } from '../../python/inspect/source.ts';
import { classQualname } from '../classes/names.ts';
import type { SourceModule, Value } from '../values.ts';

/** An object that has a source, and the module that it is in. */
export interface SourcedObject {
  readonly module: SourceModule;
  readonly sourced: Sourced;
}

/**
 * Where the source of a value is; undefined for what has none. CPython: Lib/inspect.py, getfile().
 *
 * @param unwraps what `__wrapped__` leads to counts for a wrapper: so does getsourcelines(), but not findsource()
 */
export function sourcedObject(value: Value, unwraps = true): SourcedObject | undefined {
  switch (value.type) {
    case 'module':
      return value.module.kind === 'source'
        ? { module: value.module, sourced: { type: 'module' } }
        : undefined;
    case 'class': {
      const { class: cls } = value;
      if (cls.kind !== 'source') return undefined;
      const object = cls.module.analysis.codeObjectOf(cls.node);
      if (!object) return undefined;
      const { name, module } = cls;
      const { firstlineno } = object;
      return { module, sourced: { type: 'class', name, qualname: classQualname(cls), firstlineno } };
    }
    case 'function': {
      const { wrapped } = value.attributes ?? {};
      if (wrapped && unwraps) return sourcedObject(wrapped);
      const object = value.module.analysis.codeObjectOf(value.node);
      return object && { module: value.module, sourced: { type: 'code', firstlineno: object.firstlineno } };
    }
    case 'method':
      return sourcedObject(value.function, unwraps);
    case 'overloaded':
      return value.implementation && sourcedObject(value.implementation, unwraps);
    default:
      return undefined;
  }
}

/** `inspect.getsource()`; undefined where it raises an exception. */
export function getSource({ module, sourced }: SourcedObject): string | undefined {
  const file = fileOf(module);
  return getSourceLines(sourced, file, module.analysis.target.dialect)?.lines.join('');
}

/** The index of the first line, from 0; undefined where inspect raises an exception. CPython: findsource(). */
export const sourceLine = ({ module, sourced }: SourcedObject): number | undefined =>
  findSource(sourced, fileOf(module), module.analysis.target.dialect);

function fileOf({ analysis }: SourceModule): SourceFile {
  return {
    lines: sourceLines(analysis.text),
    module: analysis.module,
    lineno: offset => analysis.lines.lineno(offset),
  };
}
