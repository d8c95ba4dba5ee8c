// The pipeline as a table of contents: from the text of a Python file to its code objects, one pass a line.
// Each pass runs when something first asks for its result, and never again.
import { decodeSource, refusedNull } from './text/decode.ts';
import { LineIndex } from './text/lineIndex.ts';
import { tokenize, type TokenizeResult } from './tokenizer/tokenize.ts';
import { parse, type ParseResult } from './parser/parse.ts';
import { buildSymbolTable } from './symtable/build.ts';
import type { SymbolTable } from './symtable/table.ts';
import type { TracedBytecode } from './compiler/unit/trace.ts';
import { buildCodeObjects, type CodeObjects } from './compiler/compile.ts';
import { brokenText, type BrokenText } from './code/broken.ts';
import type { SavedNames } from './compiler/codegen/passedNames.ts';
import { innermostCodeObject } from './code/lookup.ts';
import type { Module, Node } from './ast/nodes.ts';
import type { Bytecode } from './code/bytecode.ts';
import type { CodeObject } from './code/codeObject.ts';
import type { SourceError } from './text/syntaxError.ts';
import type { Target } from './versions/target.ts';

/** A level of `-O`, as compile() takes it. */
export type OptimizationLevel = 0 | 1 | 2;

/** What the passes find out about one text for one target version. No pass throws; errors are in `errors`. */
export class Analysis {
  #lines: LineIndex | undefined;
  #tokenized: TokenizeResult | undefined;
  #parsed: ParseResult | undefined;
  #symbolTable: SymbolTable | undefined;
  #codeObjects: CodeObjects | undefined;
  #errors: readonly SourceError[] | undefined;
  #broken: BrokenText | undefined;
  #generatesAll = false;
  readonly #bytecode = new Map<CodeObject, Bytecode | undefined>();

  constructor(
    /** The source, decoded; every offset counts its UTF-16 code units. */
    readonly text: string,
    readonly target: Target,
    /** Why the file's bytes are no text for CPython, if they are not. */
    readonly decodingError?: SourceError,
    /** The level of `-O`: 1 leaves out asserts and makes `__debug__` false, 2 leaves out docstrings too. */
    readonly optimize: OptimizationLevel = 0,
    /** What decides where CPython's order is that of hashes, if that is known. */
    private readonly savedNames?: SavedNames,
    /** Whether its encoding is known before it is read: from the file itself, or since it is no file. */
    private readonly encodingIsTold = true,
  ) {}

  get lines(): LineIndex {
    return (this.#lines ??= new LineIndex(this.text));
  }

  get tokenized(): TokenizeResult {
    return (this.#tokenized ??= this.tokenize());
  }

  /** Tokens are kept only for callers that ask for them: most files are only looked into for their trees. */
  get parsed(): ParseResult {
    return (this.#parsed ??= parse(
      this.text,
      this.#tokenized ?? this.tokenize(),
      this.target.dialect.grammar,
      this.encodingIsTold,
    ));
  }

  get module(): Module {
    return this.parsed.module;
  }

  get symbolTable(): SymbolTable {
    return (this.#symbolTable ??= buildSymbolTable(
      this.module,
      this.lines,
      this.target.dialect.symtable,
      this.target.dialect.compiler,
      this.parsed.reported,
    ));
  }

  get codeObjects(): CodeObjects {
    return (this.#codeObjects ??= buildCodeObjects(
      this.module,
      this.symbolTable,
      this.lines,
      this.target.dialect,
      this.parsed.reported,
      this.optimize,
      this.#generatesAll && this.syntaxErrors.length === 0,
      this.savedNames,
    ));
  }

  /**
   * For callers that want the bytecode of every code object: asked before anything else, it lets one walk make facts
   * and bytecode. No answer changes.
   */
  generateAll(): this {
    this.#generatesAll = true;
    return this;
  }

  /**
   * The bytecode of a code object, without those nested in it; undefined where `errorIn` has an error, and where a limit
   * was met. What is wrong elsewhere in the file does not matter.
   */
  bytecode(code: CodeObject): Bytecode | undefined {
    if (this.errorIn(code)) return undefined;
    if (!this.#bytecode.has(code)) this.#bytecode.set(code, this.codeObjects.bytecode(code));
    return this.#bytecode.get(code);
  }

  /** The same, with what nodes its instructions come from. */
  tracedBytecode(code: CodeObject): TracedBytecode | undefined {
    return this.errorIn(code) ? undefined : this.codeObjects.traced(code);
  }

  /** The module's code object, the root of the tree. */
  get code(): CodeObject {
    return this.codeObjects.code;
  }

  /** Why CPython would refuse the file: pass by pass, the first is the one it raises. Empty if it compiles. */
  get errors(): readonly SourceError[] {
    return (this.#errors ??= [...this.syntaxErrors, ...this.codeObjects.errors]);
  }

  /** An error in the text that a code object is made of, nested ones included: for that of the module any. */
  errorIn({ node }: CodeObject): SourceError | undefined {
    if (this.errors.length === 0) return undefined;
    if (this.decodingError || node === this.module) return this.errors[0];
    this.#broken ??= brokenText(this.code, this.lines, [
      ...this.parsed.breaks,
      ...[...this.symbolTable.errors, ...this.codeObjects.errors].map(error => ({ at: error.start, error })),
    ]);
    return this.#broken(node);
  }

  /** Those of all passes before the compiler. */
  private get syntaxErrors(): readonly SourceError[] {
    return [
      ...(this.decodingError ? [this.decodingError] : []),
      ...this.parsed.errors,
      ...this.symbolTable.errors,
    ];
  }

  private tokenize(): TokenizeResult {
    return tokenize(this.text, this.target.dialect.tokenizer);
  }

  /** The code object that was made of a node (Module, FunctionDef, Lambda, ClassDef, GeneratorExp, …), if any. */
  codeObjectOf(node: Node): CodeObject | undefined {
    return this.codeObjects.byNode.get(node);
  }

  /** The innermost code object whose code an offset belongs to: a default value belongs to the code around its def. */
  codeObjectAt(offset: number): CodeObject {
    return innermostCodeObject(this.code, offset, this.text);
  }
}

/** Analyses a text as the `target` version of CPython would compile it. Nothing runs until it is asked for. */
export function analyze(text: string, target: Target, optimize: OptimizationLevel = 0): Analysis {
  return new Analysis(text, target, refusedNull(text, target.dialect.tokenizer), optimize);
}

/** Analyses a file's bytes: byte order mark and coding cookie first (PEP 263), then as `analyze`. */
export function analyzeBytes(
  bytes: Uint8Array,
  target: Target,
  optimize: OptimizationLevel = 0,
  savedNames?: SavedNames,
): Analysis {
  const { text, error, isTold } = decodeSource(bytes, target.dialect.tokenizer);
  return new Analysis(text, target, error, optimize, savedNames, isTold);
}
