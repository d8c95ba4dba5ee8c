// The listing of a code object, for people: what "Show Code Object" opens and `colens show` prints. Its form is
// stable, so that a grammar can colour it:
//
//     <code object QUALNAME> · CPython 3.13.18
//
//     co_argcount         2
//     co_flags            0x23
//         CO_OPTIMIZED  0x1   local variables have numbered slots
//         CO_GENERATOR  0x20  yield on line 4
//     co_varnames
//         0  self   parameter
//         1  total  bound on line 3
//     co_freevars         ()
//
//     nested code objects
//         inner         line 5  CO_NESTED · 1 free
//             <lambda>  line 6  CO_NESTED
//
//     inspect
//         predicates  isfunction, isgeneratorfunction, isroutine
//         signature   (self)
//
//     suspension points
//         1  line 4  yield total · bound: self, total
//
//     co_stacksize        3
//     co_consts
//         0  None  the docstring, None if there is none
//
//     instructions
//         4  yield total
//              L1:   12  LOAD_FAST                    1  total
//
//     exception table
//         L1 to L2  → L3  depth 0, with lasti
//
// Fields begin their lines and have their values in column 20; they stand in the order of the arguments of
// types.CodeType(). What is in them is indented by four blanks, in columns two blanks apart: flag, value, cause;
// slot, name, reason; name, line, notable flags and counts; what inspect would be asked, its answer; number, line,
// point. An empty tuple is `()`. Fields that are not known yet are left out, and so are empty sections.
import type { CodeObject } from '../../python/code/codeObject.ts';
import type { Analysis } from '../../python/index.ts';
import { visible } from '../../python/text/visible.ts';
import type { SymbolTableEntry } from '../../python/symtable/entry.ts';
import { SymbolFlags } from '../../python/symtable/flags.ts';
import { bytecodeSections, type BytecodeSection } from './bytecode.ts';
import type { Detail } from './details.ts';
import { flagFacts, flagNames } from './flags.ts';
import { isComprehension, isFunction } from '../../python/ast/parts.ts';
import { bindingsOf } from '../../python/locate/bindings.ts';
import { type HeaderNode, headerOf } from '../../python/locate/headers.ts';
import { capturersOf, ownerOf } from '../../python/locate/names.ts';
import { wordAt } from '../../python/locate/occurrence.ts';
import type { Span } from '../../python/locate/path.ts';
import { plain, type RichText } from '../richText.ts';
import { cellReason, freeReason, line, parameterKind, plural } from './nameText.ts';
import { NodeKind } from '../../python/ast/kinds.ts';
import type { Node } from '../../python/ast/nodes.ts';

/** The listing, and where in the source parts of its lines lead to. */
export interface CodeObjectListing {
  readonly text: string;
  /** In ascending order of lines. */
  readonly links: readonly ListingLink[];
}

export interface ListingLink {
  /** Line of the listing, from 0, and columns in it. */
  readonly line: number;
  readonly startCharacter: number;
  readonly endCharacter: number;
  /** UTF-16 offsets in the source. */
  readonly source: Span;
}

const VALUE_COLUMN = 20;
const INDENT = '    ';
/** A tree deeper than this is no more readable, nor is a file of a million code objects. */
const MOST_ROWS = 5000;
const MOST_DEPTH = 40;

/** What a listing has. */
export interface ViewOptions {
  /** Constants, names, instructions and the exception table; they are there unless this is false. */
  readonly bytecode?: boolean;
}

/** `details` are what inspect has to say of the object that the code belongs to, where that is known. */
export function codeObjectView(
  analysis: Analysis,
  code: CodeObject,
  details: readonly Detail[] = [],
  { bytecode = true }: ViewOptions = {},
): CodeObjectListing {
  const listing = new Listing();
  listing.row(
    `<code object ${code.qualname}> · CPython ${analysis.target.version}`,
    headerLink(analysis, code),
  );
  listing.row('');
  listing.field('co_argcount', String(code.argcount));
  listing.field('co_posonlyargcount', String(code.posonlyargcount));
  listing.field('co_kwonlyargcount', String(code.kwonlyargcount));
  listing.field('co_nlocals', String(code.nlocals));
  listing.field('co_flags', `0x${code.flags.toString(16)}`);
  listing.table(flagRows(analysis, code));
  listing.tuple('co_varnames', localRows(analysis, code));
  listing.field('co_name', quote(code.name));
  if (analysis.target.dialect.compiler.hasQualnameAttribute)
    listing.field('co_qualname', quote(code.qualname));
  listing.field('co_firstlineno', String(code.firstlineno));
  listing.tuple('co_freevars', freeRows(analysis, code));
  listing.tuple('co_cellvars', cellRows(analysis, code));
  listing.section('nested code objects', nestedRows(analysis, code));
  listing.section(
    'inspect',
    details.flatMap(({ label, text, place }) => (place ? [] : [{ cells: [label, plain(text)] }])),
  );
  listing.section(
    'suspension points',
    details.flatMap(({ label, text, place }) =>
      place
        ? [
            {
              cells: [label, `line ${place.line}`, plain(text)],
              link: { cell: 1, source: { start: place.source.start, end: place.source.end } },
            },
          ]
        : [],
    ),
  );
  if (bytecode) for (const section of bytecodeSections(analysis, code)) addBytecode(listing, section);
  return { text: listing.lines.join('\n') + '\n', links: listing.links };
}

function addBytecode(listing: Listing, { title, rows }: BytecodeSection): void {
  if (title !== 'instructions') {
    if (rows.length > 0)
      listing.section(
        title,
        rows.map(cells => ({ cells })),
      );
    else if (title.startsWith('co_')) {
      listing.row('');
      listing.row(/\d/.test(title) ? title : title.padEnd(VALUE_COLUMN) + '()');
    }
    return;
  }
  listing.row('');
  listing.row(title);
  for (const row of rows) listing.row(row.length === 1 ? `${INDENT}${row[0]}` : instructionLine(row));
}

/** Columns of fixed width, so that listings of two versions can be compared line by line. */
function instructionLine([label, offset, opcode, arg = '', meaning = '']: readonly string[]): string {
  const text = `${INDENT}${label.padStart(8)} ${offset}  ${opcode.padEnd(24)} ${arg.padStart(5)}  ${meaning}`;
  return text.trimEnd();
}

/** Names hold no quote and nothing that repr() escapes. */
const quote = (name: string): string => `'${name}'`;

// ---- Rows ------------------------------------------------------------------------------------------------------

/** A line of a table: its cells, and where the cell with the name leads to. */
interface Row {
  readonly cells: readonly string[];
  readonly link?: { readonly cell: number; readonly source: Span } | undefined;
}

class Listing {
  readonly lines: string[] = [];
  readonly links: ListingLink[] = [];

  row(line: string, source?: Span): void {
    const text = visible(line);
    if (source)
      this.links.push({ line: this.lines.length, startCharacter: 0, endCharacter: text.length, source });
    this.lines.push(text);
  }

  field(name: string, value: string): void {
    this.row(name.padEnd(VALUE_COLUMN) + value);
  }

  tuple(name: string, rows: readonly Row[]): void {
    if (rows.length === 0) return this.field(name, '()');
    this.row(name);
    this.table(rows);
  }

  /** A table with a head line, after an empty one; nothing without rows. */
  section(name: string, rows: readonly Row[]): void {
    if (rows.length === 0) return;
    this.row('');
    this.row(name);
    this.table(rows);
  }

  /** Indented rows; all cells of a column but the last begin at the same place. */
  table(table: readonly Row[]): void {
    const widths: number[] = [];
    const rows = table.map(({ cells, link }) => ({ cells: cells.map(visible), link }));
    for (const { cells } of rows) {
      cells.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, cell.length)));
    }
    for (const { cells, link } of rows) {
      let text = INDENT;
      cells.forEach((cell, i) => {
        if (link?.cell === i) {
          const startCharacter = text.length + (cell.length - cell.trimStart().length);
          const endCharacter = text.length + cell.length;
          this.links.push({ line: this.lines.length, startCharacter, endCharacter, source: link.source });
        }
        text += i + 1 < cells.length ? `${cell.padEnd(widths[i])}  ` : cell;
      });
      this.lines.push(text.trimEnd());
    }
  }
}

function flagRows(analysis: Analysis, code: CodeObject): Row[] {
  return flagFacts(analysis, code).map(({ bit, name, cause, offset }) => ({
    cells: [name, `0x${bit.toString(16)}`, plain(cause)],
    link: offset === undefined ? undefined : { cell: 2, source: { start: offset, end: offset } },
  }));
}

function localRows(analysis: Analysis, code: CodeObject): Row[] {
  if (code.varnames.length === 0) return [];
  const bindings = bindingsOf(analysis, code.scope);
  return variableRows(code.varnames, name => {
    const offset = bindings.get(name);
    return { reason: localReason(analysis, code, name, offset), source: at(analysis, offset) };
  });
}

function localReason(
  analysis: Analysis,
  { node, scope, cellvars }: CodeObject,
  name: string,
  bound?: number,
): string {
  const parts: string[] = [];
  if ((scope.flags(name) & SymbolFlags.DEF_PARAM) !== 0) {
    if (name === '.0' && isComprehension(node)) parts.push('the outermost iterable, evaluated outside');
    else parts.push(parameterKind(scope, name));
  } else if (bound !== undefined) {
    parts.push(`bound on line ${line(analysis, bound)}`);
  } else {
    parts.push('variable of an inlined comprehension');
  }
  const cell = cellvars.indexOf(name);
  if (cell >= 0) parts.push(`its value is in cellvars[${cell}]`);
  return parts.join('; ');
}

function freeRows(analysis: Analysis, { freevars, scope }: CodeObject): Row[] {
  return variableRows(freevars, name => {
    const owner = ownerOf(name, scope);
    const bound = owner && bindingsOf(analysis, owner).get(name);
    return { reason: uncapitalized(freeReason(analysis, name, scope)), source: at(analysis, bound) };
  });
}

function cellRows(analysis: Analysis, { cellvars, scope }: CodeObject): Row[] {
  return variableRows(cellvars, name => {
    const capturer: SymbolTableEntry | undefined = capturersOf(name, scope)[0];
    return {
      reason: uncapitalized(cellReason(analysis, name, scope)),
      source: capturer && nodeLink(analysis, capturer.node),
    };
  });
}

function variableRows(
  names: readonly string[],
  tell: (name: string) => { reason: string; source: Span | undefined },
): Row[] {
  const width = String(names.length - 1).length;
  return names.map((name, i) => {
    const { reason, source } = tell(name);
    return { cells: [String(i).padStart(width), name, reason], link: source && { cell: 1, source } };
  });
}

function nestedRows(analysis: Analysis, code: CodeObject): Row[] {
  const rows: Row[] = [];
  const stack = code.children.map(child => ({ child, depth: 0 })).reverse();
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (rows.length === MOST_ROWS) {
      rows.push({ cells: ['…'] });
      break;
    }
    const { child, depth } = next;
    const { cellvars, freevars } = child;
    const facts = [
      flagNames(child, false).join(' | '),
      cellvars.length > 0 ? plural(cellvars.length, 'cell', 'cells') : '',
      freevars.length > 0 ? `${freevars.length} free` : '',
    ];
    const source = headerLink(analysis, child);
    rows.push({
      cells: [
        INDENT.repeat(Math.min(depth, MOST_DEPTH)) + child.name,
        `line ${child.firstlineno}`,
        facts.filter(fact => fact !== '').join(' · '),
      ],
      link: source && { cell: 0, source },
    });
    stack.push(...child.children.map(grandchild => ({ child: grandchild, depth: depth + 1 })).reverse());
  }
  return rows;
}

// ---- Links -----------------------------------------------------------------------------------------------------

function headerLink(analysis: Analysis, { node }: CodeObject): Span | undefined {
  return nodeLink(analysis, node);
}

function nodeLink({ text }: Analysis, node: Node): Span | undefined {
  if (isHeaderNode(node)) return headerOf(node, text);
  return node.kind === NodeKind.Module ? undefined : { start: node.start, end: node.start };
}

export function isHeaderNode(node: Node): node is HeaderNode {
  return (
    isFunction(node) ||
    node.kind === NodeKind.ClassDef ||
    node.kind === NodeKind.Lambda ||
    isComprehension(node)
  );
}

/** The name that is bound at an offset, or whatever begins there. */
function at({ text }: Analysis, offset: number | undefined): Span | undefined {
  if (offset === undefined) return undefined;
  return { start: offset, end: wordAt(text, offset)?.end ?? offset };
}

/** A reason that stands in a row, and not as a sentence. */
function uncapitalized(reason: RichText): string {
  const shown = plain(reason);
  return shown.slice(0, 1).toLowerCase() + shown.slice(1);
}
