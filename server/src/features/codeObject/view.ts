// The listing of a code object, for people: what "Show Code Object" opens and `colens show` prints. Its form is
// stable, so that a grammar can colour it:
//
//     <code object numbers, file "a.py", line 1>  CPython 3.13.18
//     1 parameter · 2 locals · stack 3 · 34 bytes · CO_OPTIMIZED | CO_NEWLOCALS | CO_GENERATOR
//     # the file does not compile: line 9: SyntaxError: invalid syntax
//
//                1  def numbers(xs):
//                       0  1   RETURN_GENERATOR
//           ╭─→     L1:  10  2 │ FOR_ITER                3  to L2
//
//     exception table
//         L1 to L3  → L4  depth 0, with lasti
//
//     co_argcount         1
//     co_flags            0x23
//         CO_OPTIMIZED  0x1   local variables have numbered slots
//         CO_GENERATOR  0x20  yield on line 4
//     co_consts
//         0  None  there is no docstring
//     co_varnames
//         0  xs     parameter
//         1  total  bound on line 3
//
//     nested code objects
//         inner         line 5  CO_NESTED · 1 free
//             <lambda>  line 6  CO_NESTED
//
//     inspect
//         predicates  isfunction, isgeneratorfunction, isroutine
//         signature   (xs)
//
//     suspension points
//         1  line 4  yield total · bound: xs, total
//
// The first line is repr() of the code object without the address. Fields stand in the order of `dis.code_info()`;
// their values are in column 20. What is in them is indented by four blanks, in columns two blanks apart: flag, value,
// cause; slot, name, reason; name, line, notable flags and counts; what inspect would be asked, its answer; number,
// line, point. Left out are fields that are not known, counts that are zero and tuples that are empty.
import type { CodeObject } from '../../python/code/codeObject.ts';
import type { Bytecode } from '../../python/code/bytecode.ts';
import type { Constant } from '../../python/code/constant.ts';
import { ConstantType } from '../../python/constants/values.ts';
import { reprConstant } from '../../python/dis/instruction.ts';
import type { Analysis } from '../../python/index.ts';
import { exceptionLine, type SourceError } from '../../python/text/syntaxError.ts';
import type { SymbolTableEntry } from '../../python/symtable/entry.ts';
import { BlockType, SymbolFlags } from '../../python/symtable/flags.ts';
import { addInstructions, contextOf, type Context } from './instructions.ts';
import { type CodeObjectListing, INDENT, Listing, type Row } from './listing.ts';
import type { Detail } from './details.ts';
import { codeObjectIndex } from './codeObjectIndex.ts';
import { flagFacts, flagNames } from './flags.ts';
import { isComprehension, isFunction } from '../../python/ast/parts.ts';
import { bindingsOf } from '../../python/locate/bindings.ts';
import { type HeaderNode, headerOf } from '../../python/locate/headers.ts';
import { capturersOf, ownerOf } from '../../python/locate/names.ts';
import { wordAt } from '../../python/locate/occurrence.ts';
import type { Span } from '../../python/locate/path.ts';
import { plain, type RichText } from '../richText.ts';
import { cellReason, counts, freeReason, line, parameterKind, plural } from './nameText.ts';
import { NodeKind } from '../../python/ast/kinds.ts';
import type { Node } from '../../python/ast/nodes.ts';

/** A tree deeper than this is no more readable, nor is a file of a million code objects. */
const MOST_ROWS = 5000;
const MOST_DEPTH = 40;

export interface ViewOptions {
  /** What inspect has to say of the object that the code belongs to, where that is known. */
  readonly details?: readonly Detail[];
  /** co_filename, for people: a name or path. */
  readonly filename?: string;
  /** Constants, names, instructions and the exception table; they are there unless this is false. */
  readonly bytecode?: boolean;
  /** For listings that are laid beside each other: in columns of fixed width, without `details`, offsets, arrows and the numbers of arguments. */
  readonly forComparison?: boolean | undefined;
}

/** The listing of a code object of an analysis. */
export function codeObjectView(
  analysis: Analysis,
  code: CodeObject,
  {
    details = [],
    filename = 'source',
    bytecode: withBytecode = true,
    forComparison = false,
  }: ViewOptions = {},
): CodeObjectListing {
  const listing = new Listing(forComparison);
  const bytecode = withBytecode ? analysis.bytecode(code) : undefined;
  const context = bytecode && contextOf(analysis, code, bytecode, filename);
  const { firstlineno, name } = code;
  listing.partlyLinked(
    '',
    `<code object ${name}, file "${filename}", line ${firstlineno === 0 ? -1 : firstlineno}>`,
    `  CPython ${analysis.target.version}`,
    headerLink(analysis, code),
  );
  listing.row(summary(code, bytecode));
  if (context) {
    for (const note of notes(analysis, code)) listing.row(`# ${note}`);
    listing.row('');
    addInstructions(listing, analysis, context, forComparison);
  } else if (withBytecode) {
    listing.section('bytecode', [{ cells: [`none: ${whyNoBytecode(analysis, code)}`] }]);
  }
  addFields(listing, analysis, code, context);
  listing.section('nested code objects', nestedRows(analysis, code));
  // Inspect is asked of one version's program only: what one side alone can have is no difference.
  if (!forComparison) addDetails(listing, details);
  return listing.finish();
}

function addDetails(listing: Listing, details: readonly Detail[]): void {
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
}

/** `2 parameters · 5 locals · stack 4 · 148 bytes · CO_OPTIMIZED | CO_NEWLOCALS` */
function summary(code: CodeObject, bytecode: Bytecode | undefined): string {
  const facts = counts(code).filter(fact => !fact.startsWith('0 '));
  if (bytecode) facts.push(`stack ${bytecode.stacksize}`, `${bytecode.code.length} bytes`);
  const flags = flagNames(code, true).join(' | ');
  return [...facts, flags].filter(fact => fact !== '').join(' · ');
}

/** Why a code object has no bytecode: `line 3: SyntaxError: invalid syntax` */
export function whyNoBytecode(analysis: Analysis, code: CodeObject): string {
  const error = analysis.errorIn(code);
  return error
    ? `line ${analysis.lines.lineno(error.start)}: ${exceptionLine(error)}`
    : 'it is too long, or nested too deep';
}

/** What is to be known of bytecode in a file that does not compile: what the errors may hide from it. */
function notes(analysis: Analysis, code: CodeObject): string[] {
  const { errors, lines, text } = analysis;
  if (errors.length === 0) return [];
  const at = ({ start }: SourceError): string => `line ${lines.lineno(start)}`;
  const notes = [`the file does not compile: ${at(errors[0])}: ${exceptionLine(errors[0])}`];
  const codeObjects = codeObjectIndex(analysis);
  for (let around = codeObjects.parent(code); around; around = codeObjects.parent(around)) {
    const error = around.scope.type === BlockType.Function && analysis.errorIn(around);
    if (error) notes.push(`what ${at(error)} binds or declares in ${around.name} is not known here`);
  }
  const hidden = errors.find(({ start }) => {
    const line = lines.lineno(start);
    return /\bimport\b/.test(text.slice(lines.starts[line - 1], lines.starts.at(line)));
  });
  if (hidden) notes.push(`what ${at(hidden)} imports is not known here`);
  return notes;
}

/** The fields, in the order of `dis.code_info()`. */
function addFields(
  listing: Listing,
  analysis: Analysis,
  code: CodeObject,
  context: Context | undefined,
): void {
  const number = (name: string, value: number): void => {
    if (value > 0) listing.field(name, String(value));
  };
  const tuple = (name: string, rows: readonly Row[]): void => {
    if (rows.length > 0) listing.tuple(name, rows);
  };
  listing.row('');
  listing.field('co_name', quote(code.name));
  if (analysis.target.dialect.compiler.hasQualnameAttribute)
    listing.field('co_qualname', quote(code.qualname));
  listing.field('co_firstlineno', String(code.firstlineno));
  number('co_argcount', code.argcount);
  number('co_posonlyargcount', code.posonlyargcount);
  number('co_kwonlyargcount', code.kwonlyargcount);
  number('co_nlocals', code.nlocals);
  if (context) listing.field('co_stacksize', String(context.bytecode.stacksize));
  listing.field('co_flags', `0x${code.flags.toString(16)}`);
  listing.table(flagRows(analysis, code));
  if (context) {
    tuple('co_consts', constantRows(listing, context));
    tuple(
      'co_names',
      numbered(
        listing,
        context.bytecode.names.map(name => [name]),
      ),
    );
  }
  tuple('co_varnames', localRows(listing, analysis, code));
  tuple('co_freevars', freeRows(listing, analysis, code));
  tuple('co_cellvars', cellRows(listing, analysis, code));
}

/** Names hold no quote and nothing that repr() escapes. */
const quote = (name: string): string => `'${name}'`;

// ---- Rows ------------------------------------------------------------------------------------------------------

const numbered = (listing: Listing, rows: readonly (readonly string[])[]): Row[] =>
  rows.map((row, i) => ({ cells: [listing.number(i, rows.length), ...row] }));

function constantRows(listing: Listing, { code, bytecode, dialect, filename, most }: Context): Row[] {
  const hasSlot = code.scope.hasDocstring || dialect.compiler.firstConstantIsNone;
  const isDocstring = hasSlot && isFunction(code.node) && code.scope.type === BlockType.Function;
  return numbered(
    listing,
    bytecode.consts.map((constant, i) => {
      const shown = reprConstant(constant, dialect, filename, most);
      return i === 0 && isDocstring ? [shown, docstringReason(constant)] : [shown];
    }),
  );
}

const docstringReason = ({ type }: Constant): string =>
  type === ConstantType.None ? 'there is no docstring' : 'the docstring';

function flagRows(analysis: Analysis, code: CodeObject): Row[] {
  return flagFacts(analysis, code).map(({ bit, name, cause, offset }) => ({
    cells: [name, `0x${bit.toString(16)}`, plain(cause)],
    link: offset === undefined ? undefined : { cell: 2, source: { start: offset, end: offset } },
  }));
}

function localRows(listing: Listing, analysis: Analysis, code: CodeObject): Row[] {
  if (code.varnames.length === 0) return [];
  const bindings = bindingsOf(analysis, code.scope);
  return variableRows(listing, code.varnames, name => {
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

function freeRows(listing: Listing, analysis: Analysis, { freevars, scope }: CodeObject): Row[] {
  return variableRows(listing, freevars, name => {
    const owner = ownerOf(name, scope);
    const bound = owner && bindingsOf(analysis, owner).get(name);
    return { reason: uncapitalized(freeReason(analysis, name, scope)), source: at(analysis, bound) };
  });
}

function cellRows(listing: Listing, analysis: Analysis, { cellvars, scope }: CodeObject): Row[] {
  return variableRows(listing, cellvars, name => {
    const capturer: SymbolTableEntry | undefined = capturersOf(name, scope)[0];
    return {
      reason: uncapitalized(cellReason(analysis, name, scope)),
      source: capturer && nodeLink(analysis, capturer.node),
    };
  });
}

function variableRows(
  listing: Listing,
  names: readonly string[],
  tell: (name: string) => { reason: string; source: Span | undefined },
): Row[] {
  return names.map((name, i) => {
    const { reason, source } = tell(name);
    return { cells: [listing.number(i, names.length), name, reason], link: source && { cell: 1, source } };
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
    for (let i = child.children.length - 1; i >= 0; i--)
      stack.push({ child: child.children[i], depth: depth + 1 });
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
