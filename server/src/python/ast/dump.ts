// The tree as Python's ast.dump() prints it, in each version's format.
// CPython: Lib/ast.py, dump().
import { repr, reprStr } from '../constants/repr.ts';
import type { ConstantValue } from '../constants/values.ts';
import { unicodeVersion } from '../text/unicode.ts';
import type { LineIndex } from '../text/lineIndex.ts';
import type { DumpDialect, GrammarDialect } from '../versions/grammarDialect.ts';
import { type FieldType, SHAPES } from './fields.ts';
import { BoolOperator, CompareOperator, ExprContext, NodeKind, Operator, UnaryOperator } from './kinds.ts';
import type { Expression, Slice, Tuple } from './expressions.ts';
import type { Node } from './nodes.ts';

/** A place as CPython reports it. */
export interface Position {
  readonly lineno: number;
  readonly col_offset: number;
  readonly end_lineno: number;
  readonly end_col_offset: number;
}

export interface DumpOptions {
  /** Prints positions too. */
  readonly includeAttributes?: boolean;
  /** Spaces of indentation for each level; all in one line if absent. */
  readonly indent?: number;
  /** Prints empty lists and absent fields too. */
  readonly showEmpty?: boolean;
  readonly lines: LineIndex;
  /** Positions that are not what the offsets give. */
  readonly reported?: ReadonlyMap<Node, Position>;
  /** Called with each node that has a place of its own once its text is there: where in the output that is, in code units. */
  readonly printed?: (node: Node, start: number, end: number) => void;
}

/** Nodes without positions, in every version. */
const UNPLACED: ReadonlySet<NodeKind> = new Set([
  NodeKind.Module,
  NodeKind.Comprehension,
  NodeKind.Arguments,
  NodeKind.WithItem,
  NodeKind.MatchCase,
]);

/** What is left to print: text, or a value whose text follows. */
type Task =
  | string
  | { readonly value: Printable; readonly level: number }
  | { readonly printed: Node; readonly start: number };

/** A node, a list of nodes, or 3.8's wrappers around subscripts. */
type Printable = Node | Wrapper | readonly (Node | Wrapper | null | string)[];

interface Wrapper {
  readonly wrapper: 'Index' | 'ExtSlice';
  readonly fields: readonly (readonly [string, Printable])[];
}

type Argument = string | readonly [name: string, value: Printable];

const isList = (value: Printable): value is readonly (Node | Wrapper | null | string)[] =>
  Array.isArray(value);
const isWrapper = (value: Node | Wrapper): value is Wrapper => 'wrapper' in value;

/** The text that `ast.dump(tree, include_attributes=…, indent=…)` of the target gives. Bears trees of any depth. */
export function dump(tree: Node, dialect: GrammarDialect, options: DumpOptions): string {
  return [...dumpPieces(tree, dialect, options)].join('');
}

/** The text of `dump` piece by piece: that of a deep tree, with its indentation, can be larger than any string. */
export function dumpPieces(tree: Node, dialect: GrammarDialect, options: DumpOptions): Generator<string> {
  return new Dumper(dialect, options).run(tree);
}

/** About how many characters a piece has. */
const PIECE = 1 << 16;

class Dumper {
  private readonly dialect: DumpDialect;
  private readonly unicode: number;

  constructor(
    dialect: GrammarDialect,
    private readonly options: DumpOptions,
  ) {
    this.dialect = dialect.dump;
    this.unicode = unicodeVersion(dialect.unicodeVersion);
  }

  *run(tree: Node): Generator<string> {
    let output: string[] = [];
    let length = 0;
    let before = 0;
    const tasks: Task[] = [{ value: tree, level: 0 }];
    for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
      if (typeof task === 'string') {
        output.push(task);
        length += task.length;
        if (length < PIECE) continue;
        yield output.join('');
        output = [];
        before += length;
        length = 0;
      } else if ('printed' in task) {
        this.options.printed?.(task.printed, task.start, before + length);
      } else if (isList(task.value)) this.list(task.value, task.level, tasks);
      else {
        const { value, level } = task;
        if (this.options.printed && !isWrapper(value) && this.isPlaced(value))
          tasks.push({ printed: value, start: before + length });
        this.node(value, level, tasks);
      }
    }
    yield output.join('');
  }

  private lineBreak(level: number): string {
    const { indent } = this.options;
    return indent === undefined ? '' : '\n' + ' '.repeat(indent * level);
  }

  private separator(level: number): string {
    return this.options.indent === undefined ? ', ' : ',' + this.lineBreak(level);
  }

  private list(values: readonly (Node | Wrapper | null | string)[], outer: number, tasks: Task[]): void {
    if (values.length === 0) {
      tasks.push('[]');
      return;
    }
    const level = outer + 1;
    const separator = this.separator(level);
    tasks.push(']');
    for (let i = values.length - 1; i >= 0; i--) {
      const value = values[i];
      tasks.push(value === null ? 'None' : typeof value === 'string' ? value : { value, level });
      tasks.push(i === 0 ? '[' + this.lineBreak(level) : separator);
    }
  }

  private node(node: Node | Wrapper, outer: number, tasks: Task[]): void {
    const level = outer + 1;
    const args = this.arguments(node);
    const name = isWrapper(node) ? node.wrapper : SHAPES[node.kind].name;
    const flat = args.length <= 3 && args.every(arg => typeof arg === 'string' || this.isSimple(arg[1]));
    const separator = flat ? ', ' : this.separator(level);
    tasks.push(')');
    for (let i = args.length - 1; i >= 0; i--) {
      const arg = args[i];
      if (typeof arg === 'string') tasks.push(arg);
      else tasks.push({ value: arg[1], level }, arg[0] + '=');
      if (i > 0) tasks.push(separator);
    }
    tasks.push(name + '(' + (flat ? '' : this.lineBreak(level)));
  }

  /** Whether a value does not break its parent's line: an empty list, a node without arguments. */
  private isSimple(value: Printable): boolean {
    return isList(value) ? value.length === 0 : this.arguments(value).length === 0;
  }

  private arguments(node: Node | Wrapper): Argument[] {
    if (isWrapper(node)) return [...node.fields];
    const args: Argument[] = [];
    const fields = node as unknown as Readonly<Record<string, unknown>>;
    for (const [name, type] of SHAPES[node.kind].fields) {
      const arg = this.argument(node, name, type, fields[name]);
      if (arg) args.push(arg);
    }
    if (this.options.includeAttributes && this.isPlaced(node)) this.position(node, args);
    return args;
  }

  private argument(node: Node, name: string, type: FieldType, value: unknown): Argument | null {
    const none = (): Argument | null => (this.dialect.showNone ? `${name}=None` : null);
    switch (type) {
      case 'node':
        if (name === 'slice' && this.dialect.indexNodes) return [name, oldSlice(value as Expression)];
        return [name, value as Node];
      case 'node?':
        return value === null ? none() : [name, value as Node];
      case 'nodes':
      case 'nodes?': {
        if (name === 'type_params' && !this.dialect.typeParams) return null;
        const list = value as readonly (Node | null)[];
        return list.length === 0 && !this.showsEmpty() ? null : [name, list];
      }
      case 'empty':
        return this.showsEmpty() ? [name, []] : null;
      case 'absent':
        return none();
      case 'identifier':
      case 'str':
        return `${name}=${this.text(value as string)}`;
      case 'identifier?':
        return value === null ? none() : `${name}=${this.text(value as string)}`;
      case 'identifiers': {
        const list = (value as readonly string[]).map(identifier => this.text(identifier));
        return list.length === 0 && !this.showsEmpty() ? null : [name, list];
      }
      case 'constant':
        return `${name}=${repr(value as ConstantValue, this.unicode)}`;
      case 'kind': {
        const kind = (node as { stringKind?: string | null }).stringKind ?? null;
        return kind === null ? none() : `${name}='${kind}'`;
      }
      case 'int':
        if (name === 'is_lazy' && !this.dialect.lazyImports) return null;
        return `${name}=${Number(value)}`;
      case 'context':
        if (value === ExprContext.Load && !this.dialect.showLoad) return null;
        return this.simple(name, ExprContext[value as ExprContext]);
      case 'operator':
        return this.simple(name, Operator[value as Operator]);
      case 'unaryop':
        return this.simple(name, UnaryOperator[value as UnaryOperator]);
      case 'boolop':
        return this.simple(name, BoolOperator[value as BoolOperator]);
      case 'cmpops':
        return [
          name,
          (value as readonly CompareOperator[]).map(operator => `${CompareOperator[operator]}()`),
        ];
    }
  }

  private text(value: string): string {
    return reprStr({ value }, this.unicode);
  }

  private simple(name: string, className: string): string {
    return `${name}=${className}()`;
  }

  private showsEmpty(): boolean {
    return this.dialect.showEmpty || this.options.showEmpty === true;
  }

  private isPlaced(node: Node): boolean {
    if (UNPLACED.has(node.kind)) return false;
    if (node.kind === NodeKind.Keyword) return this.dialect.placedKeywords;
    if (node.kind === NodeKind.Alias) return this.dialect.placedAliases;
    return node.kind !== NodeKind.Slice || !this.dialect.indexNodes;
  }

  private position(node: Node, args: Argument[]): void {
    const { lines, reported } = this.options;
    const place = reported?.get(node) ?? positionOf(node, lines);
    args.push(
      `lineno=${place.lineno}`,
      `col_offset=${place.col_offset}`,
      `end_lineno=${place.end_lineno}`,
      `end_col_offset=${place.end_col_offset}`,
    );
  }
}

/** CPython's position of a node, from its offsets. */
export function positionOf(
  node: { readonly start: number; readonly end: number },
  lines: LineIndex,
): Position {
  return {
    lineno: lines.lineno(node.start),
    col_offset: lines.colOffset(node.start),
    end_lineno: lines.lineno(node.end),
    end_col_offset: lines.colOffset(node.end),
  };
}

/** What 3.8 has in place of a subscript's expression. */
function oldSlice(slice: Expression): Wrapper | Slice {
  if (slice.kind === NodeKind.Slice) return slice;
  if (slice.kind === NodeKind.Tuple && hasSlice(slice)) {
    const dims = slice.elts.map(element => (element.kind === NodeKind.Slice ? element : index(element)));
    return { wrapper: 'ExtSlice', fields: [['dims', dims]] };
  }
  return index(slice);
}

const hasSlice = (tuple: Tuple): boolean => tuple.elts.some(element => element.kind === NodeKind.Slice);
const index = (value: Expression): Wrapper => ({ wrapper: 'Index', fields: [['value', value]] });
