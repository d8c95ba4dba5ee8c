// What a pass makes of a source, as text, and which line of the text comes from where: the tokens as
// `python -m tokenize -e` prints them, the tree as `python -m ast` does, the symbol table as `python -m symtable` does.
import type { Node } from '../../python/ast/nodes.ts';
import { NodeKind } from '../../python/ast/kinds.ts';
import { boundName, isFunction } from '../../python/ast/parts.ts';
import { walkScoped } from '../../python/locate/path.ts';
import type { Span } from '../../python/locate/path.ts';
import { headerOf, nameSpan } from '../../python/locate/headers.ts';
import { wordAt } from '../../python/locate/occurrence.ts';
import type { Analysis } from '../../python/index.ts';
import { symbolTableLines, symtableModuleError } from '../../python/symtable/dump.ts';
import type { SymbolTableEntry } from '../../python/symtable/entry.ts';
import { mangledIn } from '../../python/symtable/mangle.ts';
import { tokenizeModule } from '../../python/tokenizer/tokenizeModule.ts';
import { isHeaderNode } from '../codeObject/view.ts';
import { treeError, treePieces } from './astText.ts';

/** The passes whose results can be shown. */
export const PASSES = ['tokens', 'ast', 'symtable'] as const;
export type Pass = (typeof PASSES)[number];

/** A line of the text, and a part of the source that it stands for. */
export interface PassPlace {
  /** From 0. */
  readonly line: number;
  readonly source: Span;
}

/** Lines that belong to a def, class or block, for an outline. */
export interface PassSection {
  readonly title: string;
  /** From 0, both inclusive. */
  readonly startLine: number;
  readonly endLine: number;
}

export interface PassText {
  readonly text: string;
  /** In ascending order of lines; of several for one line the first is where the line leads to. */
  readonly places: readonly PassPlace[];
  /** In ascending order of `startLine`. */
  readonly sections: readonly PassSection[];
  /** Why the pass refuses the source: then there is nothing else. */
  readonly error?: { readonly message: string; readonly line: number };
}

/** No editor shows more; deep trees can become longer than any string. */
const MOST_CHARACTERS = 1 << 23;

/** Indentation of the tree: the default of `python -m ast`. */
const INDENT = 3;

/** What a pass makes of a source; `filename` is told where the pass tells it. */
export function passText(analysis: Analysis, pass: Pass, filename: string): PassText {
  switch (pass) {
    case 'tokens':
      return tokensText(analysis);
    case 'ast':
      return treeText(analysis);
    case 'symtable':
      return symbolsText(analysis, filename);
  }
}

const refused = (message: string, line: number): PassText => ({
  text: '',
  places: [],
  sections: [],
  error: { message, line },
});

// ---- Tokens ----------------------------------------------------------------------------------------------------

const PLACE = /^(\d+),(\d+)-(\d+),(\d+):/;

function tokensText({ text: source, target }: Analysis): PassText {
  const { text, error } = tokenizeModule(source, target.dialect.tokenizer);
  if (error !== undefined) {
    const [, line = '1', message] = /^(?:(\d+):\d+:)? ?(?:error: )?(.*)$/s.exec(error) ?? [];
    return refused(message ?? error, Number(line));
  }
  const columns = new Columns(source);
  const places: PassPlace[] = [];
  text.split('\n').forEach((printed, line) => {
    const found = PLACE.exec(printed)?.slice(1).map(Number);
    // The encoding is on line 0, which there is not.
    if (!found || found[0] === 0) return;
    const start = columns.offset(found[0], found[1]);
    places.push({ line, source: { start, end: Math.max(start, columns.offset(found[2], found[3])) } });
  });
  return { text, places, sections: [] };
}

/** Offsets of columns in code points, as the tokenize module counts lines: only `\n` ends one. Asked for in ascending order. */
class Columns {
  private readonly starts: number[] = [0];
  private line = 0;
  private at = 0;
  private column = 0;

  constructor(private readonly text: string) {
    for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) this.starts.push(i + 1);
  }

  offset(line: number, column: number): number {
    const { starts, text } = this;
    if (line > starts.length) return text.length;
    if (line !== this.line || column < this.column) {
      this.line = line;
      this.at = starts[line - 1];
      this.column = 0;
    }
    const end = line < starts.length ? starts[line] : text.length;
    for (; this.column < column && this.at < end; this.column++)
      this.at += (text.codePointAt(this.at) ?? 0) > 0xffff ? 2 : 1;
    return this.at;
  }
}

// ---- Tree ------------------------------------------------------------------------------------------------------

function treeText(analysis: Analysis): PassText {
  const error = treeError(analysis);
  if (error) return refused(`${error.type}: ${error.msg}`, analysis.lines.lineno(error.start));
  const nodes: { node: Node; start: number; end: number }[] = [];
  const printed = (node: Node, start: number, end: number): void => void nodes.push({ node, start, end });
  let text = '';
  for (const piece of treePieces(analysis, { indent: INDENT, printed })) {
    text += piece;
    if (text.length > MOST_CHARACTERS) break;
  }
  const whole = text.length <= MOST_CHARACTERS;
  text = whole ? `${text}\n` : `${text.slice(0, text.lastIndexOf('\n') + 1)}…\n`;
  nodes.sort((a, b) => a.start - b.start);
  const lines = new Lines(text);
  const places: PassPlace[] = [];
  const sections: PassSection[] = [];
  for (const { node, start, end } of nodes) {
    const line = lines.of(start);
    places.push({ line, source: { start: node.start, end: node.end } });
    if (isFunction(node) || node.kind === NodeKind.ClassDef)
      sections.push({ title: node.name, startLine: line, endLine: lines.of(Math.min(end, text.length) - 1) });
  }
  return { text, places, sections };
}

/** Lines of a text, from 0. */
class Lines {
  private readonly starts: number[] = [0];

  constructor(text: string) {
    for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) this.starts.push(i + 1);
  }

  of(offset: number): number {
    let low = 0;
    let high = this.starts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (this.starts[middle] <= offset) low = middle;
      else high = middle;
    }
    return low;
  }
}

// ---- Symbol table ----------------------------------------------------------------------------------------------

function symbolsText(analysis: Analysis, filename: string): PassText {
  const { decodingError, parsed, symbolTable, target, lines } = analysis;
  const dialect = target.dialect.symtable;
  const error = decodingError ?? parsed.errors[0] ?? symtableModuleError(symbolTable, dialect);
  if (error) return refused(`${error.type}: ${error.msg}`, lines.lineno(error.start));
  const rows = symbolTableLines(symbolTable, filename, dialect);
  const names = occurrences(analysis);
  const places: PassPlace[] = [];
  const sections: { title: string; startLine: number; endLine: number }[] = [];
  rows.forEach(({ entry, name, text }, line) => {
    if (name !== undefined) {
      for (const source of names.get(entry)?.get(name) ?? []) places.push({ line, source });
    } else if (text !== '') {
      if (entry !== symbolTable.top) places.push({ line, source: headOf(entry.node, analysis.text) });
      sections.push({ title: entry.name, startLine: line, endLine: line });
    } else {
      const own = sections.at(-1);
      if (own) own.endLine = line - 1;
    }
  });
  return { text: rows.map(({ text }) => `${text}\n`).join(''), places, sections };
}

/** The part of a node that says that a block begins. */
const headOf = (node: Node, text: string): Span =>
  isHeaderNode(node) ? headerOf(node, text) : { start: node.start, end: node.end };

type Occurrences = Map<SymbolTableEntry, Map<string, Span[]>>;

/** Where each block binds, uses or declares its names; what binds comes first. */
function occurrences(analysis: Analysis): Occurrences {
  const found: Occurrences = new Map();
  const bound: Occurrences = new Map();
  const add = (to: Occurrences, entry: SymbolTableEntry, spelled: string, source: Span): void => {
    const name = mangledIn(entry, spelled);
    let names = to.get(entry);
    if (!names) to.set(entry, (names = new Map<string, Span[]>()));
    const sources = names.get(name);
    if (sources) sources.push(source);
    else names.set(name, [source]);
  };
  walkScoped(analysis, (node, entry) => {
    if (node.kind === NodeKind.Name) {
      add(boundName(node) === undefined ? found : bound, entry, node.id, node);
    } else if (node.kind === NodeKind.Global || node.kind === NodeKind.Nonlocal) {
      for (const name of node.names) add(found, entry, name, node);
    } else {
      const name = boundName(node);
      if (name !== undefined) add(bound, entry, name, placeOfName(node, analysis.text));
    }
  });
  for (const [entry, names] of bound)
    for (const [name, sources] of names) {
      const others = found.get(entry) ?? new Map<string, Span[]>();
      others.set(name, [...sources, ...(others.get(name) ?? [])]);
      found.set(entry, others);
    }
  return found;
}

/** Where a node that binds a name spells it, as far as that is quickly found. */
function placeOfName(node: Node, text: string): Span {
  if (isFunction(node) || node.kind === NodeKind.ClassDef) return nameSpan(node, text);
  const word = wordAt(text, node.start);
  return node.kind === NodeKind.Arg && word ? { start: word.start, end: word.end } : node;
}
