// The listing of a code object of a .pyc file, for people: what `colens show X.pyc` prints. Of the listing of a source's
// code object it has what a file knows: instructions as `dis` lists them, fields, variables with their kinds, nested
// code objects.
import type { WholeCode } from '../../python/code/bytecode.ts';
import { CodeFlags } from '../../python/code/flags.ts';
import { nestedCode } from '../../python/code/lookup.ts';
import type { Pyc } from '../../python/code/marshal/pyc.ts';
import { VariableKind } from '../../python/code/variableKind.ts';
import { reprConstant } from '../../python/dis/instruction.ts';
import { listing as disListing } from '../../python/dis/listing.ts';
import { flagNames } from './flags.ts';
import { INDENT, Listing, type Row } from './listing.ts';

/** A tree with more rows than this is no more readable. */
const MOST_ROWS = 5000;
const MOST_DEPTH = 40;

/** A code object of a file and its qualified name. Before 3.11 the name follows from where the code object stands. */
export interface NamedCode {
  readonly code: WholeCode;
  readonly qualname: string;
}

/** The code objects of a file, outermost first, in the order of co_consts. */
export function* codeOfFile({ code, target }: Pyc): Generator<NamedCode> {
  const isNamed = target.dialect.compiler.hasQualnameAttribute;
  const stack: NamedCode[] = [{ code, qualname: code.name }];
  for (let next = stack.pop(); next; next = stack.pop()) {
    yield next;
    const { code: outer, qualname } = next;
    const before =
      outer === code
        ? ''
        : (outer.flags & CodeFlags.OPTIMIZED) !== 0
          ? `${qualname}.<locals>.`
          : `${qualname}.`;
    for (const inner of nestedCode(outer).reverse())
      stack.push({ code: inner, qualname: isNamed ? inner.qualname : before + inner.name });
  }
}

/** The code object of a qualified name; that of `f#2` is the second f. */
export function findInFile(pyc: Pyc, wanted: string): NamedCode | undefined {
  const [, name, count = '1'] = /^(.*?)(?:#(\d+))?$/s.exec(wanted)!;
  let left = Number(count);
  for (const named of codeOfFile(pyc)) if (named.qualname === name && --left === 0) return named;
  return undefined;
}

/** The listing of a code object of a file; `header` is a line about the file. */
export function fileView({ code, qualname }: NamedCode, { target }: Pyc, header: string): string {
  const listing = new Listing();
  const { dialect } = target;
  const { filename, name, firstlineno } = code;
  listing.row(`<code object ${name}, file "${filename}", line ${firstlineno}>  CPython ${target.series}`);
  listing.row(header);
  listing.row('');
  const instructions = disListing(code, { dialect, bytecode: one => one, filename });
  // Those of nested code objects come after its own.
  for (const line of (instructions ?? '').split('\n\nDisassembly of ')[0].trimEnd().split('\n'))
    listing.row(line);
  listing.row('');
  listing.field('co_name', name);
  listing.field('co_qualname', qualname);
  const numbers = {
    co_firstlineno: firstlineno,
    co_argcount: code.argcount,
    co_posonlyargcount: code.posonlyargcount,
    co_kwonlyargcount: code.kwonlyargcount,
    co_nlocals: code.nlocals,
    co_stacksize: code.stacksize,
  };
  for (const [field, value] of Object.entries(numbers)) if (value !== 0) listing.field(field, String(value));
  listing.field('co_flags', `0x${(code.flags >>> 0).toString(16)}`);
  listing.table(flagNames(code, true).map(flag => ({ cells: [flag] })));
  const tuple = (field: string, cells: readonly (readonly string[])[]): void => {
    if (cells.length > 0)
      listing.tuple(
        field,
        cells.map((each, i) => ({ cells: [String(i), ...each] })),
      );
  };
  tuple(
    'co_consts',
    code.consts.map(constant => [reprConstant(constant, dialect, filename)]),
  );
  tuple(
    'co_names',
    code.names.map(each => [each]),
  );
  tuple(
    'variables',
    code.localsplus.map(({ name: variable, kind }) => [variable, kindText(kind)]),
  );
  listing.section('nested code objects', nestedRows(code));
  return listing.finish().text;
}

const KINDS: readonly (readonly [VariableKind, string])[] = [
  [VariableKind.LOCAL, 'local'],
  [VariableKind.CELL, 'cell'],
  [VariableKind.FREE, 'free'],
  [VariableKind.HIDDEN, 'of an inlined comprehension'],
];

const kindText = (kind: number): string =>
  KINDS.filter(([bit]) => (kind & bit) !== 0)
    .map(([, text]) => text)
    .join(', ');

function nestedRows(code: WholeCode): Row[] {
  const rows: Row[] = [];
  const stack = nestedCode(code)
    .map(child => ({ child, depth: 0 }))
    .reverse();
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { child, depth } = next;
    if (rows.length === MOST_ROWS) return [...rows, { cells: ['…'] }];
    const flags = flagNames(child, false).join(' | ');
    rows.push({
      cells: [INDENT.repeat(Math.min(depth, MOST_DEPTH)) + child.name, `line ${child.firstlineno}`, flags],
    });
    for (const inner of nestedCode(child).reverse()) stack.push({ child: inner, depth: depth + 1 });
  }
  return rows;
}
