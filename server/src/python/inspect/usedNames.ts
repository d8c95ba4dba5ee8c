// The names in the code of a function, by what is done with them: what co_names holds, and which of them are loaded
// as globals or attributes. A walk over the function's own code: of what is nested in it only what is evaluated when
// it is defined. CPython: Python/codegen.c.
import { elementOf, evaluatedChildren } from '../ast/evaluation.ts';
import type { AnyComprehension } from '../ast/parts.ts';
import { BoolOperator, ExprContext, NodeKind, Operator, UnaryOperator } from '../ast/kinds.ts';
import type { BinOp, BoolOp, Comprehension, Expression, IfExp, Lambda } from '../ast/expressions.ts';
import type { FunctionDef, If, Import, Match, Node, Statement, While } from '../ast/nodes.ts';
import { foldConstant } from '../constants/folding.ts';
import { percentFormat } from '../constants/percentFormat.ts';
import type { Analysis } from '../index.ts';
import type { SymbolTableEntry } from '../symtable/entry.ts';
import { Scope } from '../symtable/flags.ts';
import { mangledIn } from '../symtable/mangle.ts';
import type { CompilerDialect } from '../versions/compilerDialect.ts';
import { NEWEST_FOLDING } from '../versions/foldingDialect.ts';
import { constantTruth, takesAll, valueTruth } from './constantTruth.ts';
import { evaluatesAnnotations } from './evaluatesAnnotations.ts';

export interface UsedNames {
  /** LOAD_GLOBAL */
  readonly loadedGlobals: ReadonlySet<string>;
  /** LOAD_ATTR */
  readonly loadedAttributes: ReadonlySet<string>;
  /** Everything else that has a name in co_names: stores, imports, attributes of super(). */
  readonly others: ReadonlySet<string>;
}

/** The names that a def or lambda uses, mangled. */
export function usedNames(analysis: Analysis, node: FunctionDef | Lambda): UsedNames {
  const entry = analysis.symbolTable.block(node);
  const walk = new NameWalk(analysis, entry ?? analysis.symbolTable.top);
  if (node.kind === NodeKind.Lambda) walk.visit(node.body);
  else walk.body(node.body);
  return walk;
}

/** A node to be visited in a block; 3.8 and 3.9 emit nothing in `if 0:`, but keep the names of globals there. */
interface Task {
  readonly node: Node;
  readonly entry: SymbolTableEntry;
  readonly emitted: boolean;
  /** Only its truth is asked for. */
  readonly isTest: boolean;
}

class NameWalk implements UsedNames {
  readonly loadedGlobals = new Set<string>();
  readonly loadedAttributes = new Set<string>();
  readonly others = new Set<string>();
  private readonly dropsDeadCode: boolean;
  private readonly skipsDeadBranches: boolean;
  private readonly compiler: CompilerDialect;
  private readonly evaluatesAnnotations: boolean;
  private emitted = true;
  private isTest = false;
  private readonly tasks: Task[] = [];

  constructor(
    private readonly analysis: Analysis,
    /** The block that names are looked up in; an inlined comprehension's own while in it. */
    private entry: SymbolTableEntry,
  ) {
    this.dropsDeadCode = analysis.target.dialect.inspect.closureVariables === 'instructions';
    this.compiler = analysis.target.dialect.compiler;
    this.evaluatesAnnotations = evaluatesAnnotations(analysis);
    this.skipsDeadBranches = this.compiler.constantBranches === 'notEmitted';
  }

  body(statements: readonly Statement[]): void {
    this.statements(statements);
    this.run();
  }

  visit(node: Node): void {
    this.later(node);
    this.run();
  }

  private run(): void {
    for (let task = this.tasks.pop(); task; task = this.tasks.pop()) {
      this.entry = task.entry;
      this.emitted = task.emitted;
      this.isTest = task.isTest;
      this.node(task.node);
    }
  }

  private later(node: Node | null | undefined, entry = this.entry, isTest = false): void {
    if (node) this.tasks.push({ node, entry, emitted: this.emitted, isTest });
  }

  /** What is a test if what holds it is one. */
  private laterAlike(node: Node): void {
    this.later(node, this.entry, this.isTest);
  }

  private test(node: Node, entry = this.entry): void {
    this.later(node, entry, true);
  }

  private all(nodes: readonly (Node | null)[], entry = this.entry): void {
    for (const node of nodes) this.later(node, entry);
  }

  /** Statements up to the one after which none is reached. */
  private statements(statements: readonly Statement[]): void {
    for (const statement of statements) {
      this.later(statement);
      if (this.dropsDeadCode && !fallsThrough(statement, this.compiler)) break;
    }
  }

  private mangled(name: string): string {
    return mangledIn(this.entry, name);
  }

  private node(node: Node): void {
    switch (node.kind) {
      case NodeKind.Name:
        this.name(node.id, node.ctx);
        return;
      case NodeKind.Attribute:
        this.attribute(node);
        return;
      case NodeKind.FunctionDef:
      case NodeKind.AsyncFunctionDef:
      case NodeKind.ClassDef:
        this.name(node.name, ExprContext.Store);
        break;
      case NodeKind.ListComp:
      case NodeKind.SetComp:
      case NodeKind.DictComp:
      case NodeKind.GeneratorExp:
        this.comprehension(node);
        return;
      case NodeKind.AugAssign:
        if (node.target.kind === NodeKind.Attribute) {
          this.attributeName(node.target.attr, true);
        } else if (node.target.kind === NodeKind.Name) this.name(node.target.id, ExprContext.Load);
        this.all([node.target, node.value]);
        return;
      case NodeKind.Import:
        this.importStatement(node);
        return;
      case NodeKind.ImportFrom:
        this.imported(node.module ?? '');
        for (const { name, asname } of node.names) {
          if (name === '*') continue;
          this.imported(name);
          this.name(asname ?? name, ExprContext.Store);
        }
        return;
      case NodeKind.Assert:
        if (this.emitted && this.analysis.target.dialect.inspect.assertLoadsName)
          this.loadedGlobals.add('AssertionError');
        this.test(node.test);
        if (this.truth(node.test) !== true) this.later(node.msg);
        return;
      case NodeKind.If:
      case NodeKind.While:
        this.conditional(node);
        return;
      case NodeKind.BoolOp:
        this.boolOp(node);
        return;
      case NodeKind.IfExp:
        this.ifExp(node);
        return;
      case NodeKind.UnaryOp:
        if (node.op !== UnaryOperator.Not) break;
        this.laterAlike(node.operand);
        return;
      case NodeKind.JoinedStr:
        this.joined(node.values.length);
        break;
      case NodeKind.BinOp:
        this.joined(this.formattedPieces(node));
        break;
      case NodeKind.ExceptHandler:
        if (node.name !== null) this.name(node.name, ExprContext.Store);
        this.later(node.type);
        this.statements(node.body);
        return;
      case NodeKind.MatchAs:
      case NodeKind.MatchStar:
        if (node.name !== null) this.name(node.name, ExprContext.Store);
        break;
      case NodeKind.MatchMapping:
        if (node.rest !== null) this.name(node.rest, ExprContext.Store);
        break;
      case NodeKind.For:
      case NodeKind.AsyncFor:
        this.all([node.target, node.iter]);
        this.statements(node.body);
        this.statements(node.orelse);
        return;
      case NodeKind.With:
      case NodeKind.AsyncWith:
        this.all(node.items);
        this.statements(node.body);
        return;
      case NodeKind.Try:
      case NodeKind.TryStar:
        this.statements(node.body);
        this.all(node.handlers);
        if (!this.dropsDeadCode || blockFallsThrough(node.body, this.compiler)) this.statements(node.orelse);
        this.statements(node.finalbody);
        return;
      case NodeKind.Match:
        this.match(node);
        return;
    }
    this.all(evaluatedChildren(node, this.evaluatesAnnotations));
  }

  private name(id: string, ctx: ExprContext): void {
    if (id === '__debug__') return;
    const name = this.mangled(id);
    const scope = this.entry.scope(name);
    if (scope !== Scope.GLOBAL_EXPLICIT && scope !== Scope.GLOBAL_IMPLICIT) return;
    if (ctx === ExprContext.Load) this.loadedGlobals.add(name);
    else this.others.add(name);
  }

  private attribute(node: Extract<Expression, { kind: NodeKind.Attribute }>): void {
    const isLoad = node.ctx === ExprContext.Load && !(this.dropsDeadCode && this.isOfSuper(node.value));
    this.attributeName(node.attr, isLoad);
    this.later(node.value);
  }

  private attributeName(attr: string, isLoad: boolean): void {
    if (!this.emitted) return;
    (isLoad ? this.loadedAttributes : this.others).add(this.mangled(attr));
  }

  private imported(name: string): void {
    if (this.emitted) this.others.add(this.mangled(name));
  }

  /** Many parts are not built into a string on the stack. */
  private joined(parts: number): void {
    if (parts > MOST_PARTS && this.analysis.target.dialect.inspect.longStringsJoin)
      this.attributeName('join', true);
  }

  /** Of how many parts the f-string is that the optimiser makes of `'%s' % (x,)`. */
  private formattedPieces({ left, op, right }: BinOp): number {
    if (!this.compiler.formatsAtCompileTime || op !== Operator.Mod) return 0;
    const folds = this.compiler.constantFolding === 'ast';
    const text = folds || left.kind === NodeKind.Constant ? foldConstant(left) : undefined;
    if (!text || (folds && foldConstant(right))) return 0;
    return percentFormat(text, op, right, NEWEST_FOLDING)?.length ?? 0;
  }

  /** `super()` or `super(a, b)`, whose attributes have an instruction of their own. CPython: can_optimize_super_call(). */
  private isOfSuper(node: Expression): boolean {
    if (node.kind !== NodeKind.Call || node.func.kind !== NodeKind.Name || node.func.id !== 'super')
      return false;
    if (node.keywords.length > 0 || node.args.some(({ kind }) => kind === NodeKind.Starred)) return false;
    const { top } = this.analysis.symbolTable;
    if (this.entry.scope('super') !== Scope.GLOBAL_IMPLICIT) return false;
    const atTop = top.scope('super');
    if (atTop !== Scope.UNKNOWN && atTop !== Scope.GLOBAL_IMPLICIT) return false;
    if (node.args.length > 0) return node.args.length === 2;
    return this.entry.varnames.length > 0 && this.entry.scope('__class__') === Scope.FREE;
  }

  /** A comprehension: the first iterable is evaluated around it, everything else only if it is inlined. */
  private comprehension(node: AnyComprehension): void {
    const [first, ...others]: Comprehension[] = node.generators;
    this.later(first.iter);
    const own = this.analysis.symbolTable.block(node);
    if (!own?.inlined) return;
    for (const generator of [first, ...others]) {
      if (generator !== first) this.later(generator.iter, own);
      this.later(generator.target, own);
      for (const test of generator.ifs) {
        this.test(test, own);
        if (this.truth(test) === false) return;
      }
    }
    this.all(elementOf(node), own);
  }

  private importStatement({ names }: Import): void {
    for (const { name, asname } of names) {
      this.imported(name);
      const parts = name.split('.');
      if (asname !== null) parts.slice(1).forEach(part => this.imported(part));
      this.name(asname ?? parts[0], ExprContext.Store);
    }
  }

  private conditional({ kind, test, body, orelse }: If | While): void {
    const truth =
      this.dropsDeadCode || this.skipsDeadBranches ? constantTruth(test, this.compiler) : undefined;
    if (!this.skipsDeadBranches || truth === undefined) this.test(test);
    const branch = (statements: readonly Statement[], isDead: boolean): void => {
      if (isDead && this.dropsDeadCode) return;
      const outer = this.emitted;
      this.emitted &&= !isDead;
      this.statements(statements);
      this.emitted = outer;
    };
    branch(body, truth === false);
    // 3.8 and 3.9 emit the `else` of any loop that they emit.
    branch(orelse, truth === true && !(this.skipsDeadBranches && kind === NodeKind.While));
  }

  private ifExp({ test, body, orelse }: IfExp): void {
    const truth = this.truth(test);
    if (truth !== false) this.laterAlike(body);
    if (truth !== true) this.laterAlike(orelse);
    this.test(test);
  }

  /** The operands of `and` and `or` up to the one that decides. */
  private boolOp({ op, values }: BoolOp): void {
    const decides = op === BoolOperator.Or;
    const truth = this.isTest ? constantTruth : valueTruth;
    const last = this.dropsDeadCode ? values.findIndex(value => truth(value, this.compiler) === decides) : -1;
    for (const value of last < 0 ? values : values.slice(0, last + 1)) this.laterAlike(value);
  }

  private match({ subject, cases }: Match): void {
    this.later(subject);
    for (const matchCase of cases) {
      const { pattern, guard, body } = matchCase;
      this.later(pattern);
      if (guard) this.test(guard);
      if (!guard || this.truth(guard) !== false) this.statements(body);
      if (this.dropsDeadCode && takesAll(matchCase, this.compiler)) return;
    }
  }

  /** What a test is known to be worth, where that matters. */
  private truth(test: Expression): boolean | undefined {
    return this.dropsDeadCode ? constantTruth(test, this.compiler) : undefined;
  }
}

const MOST_DEPTH = 500;

/** CPython: STACK_USE_GUIDELINE. */
const MOST_PARTS = 30;

// ---- Reachability ----------------------------------------------------------------------------------------------

const blockFallsThrough = (statements: readonly Statement[], dialect: CompilerDialect, depth = 0): boolean =>
  statements.every(statement => fallsThrough(statement, dialect, depth));

/** Whether what follows a statement can be reached, as the control flow graph has it. */
function fallsThrough(node: Statement, dialect: CompilerDialect, depth = 0): boolean {
  if (depth > MOST_DEPTH) return true;
  const block = (statements: readonly Statement[]): boolean =>
    blockFallsThrough(statements, dialect, depth + 1);
  switch (node.kind) {
    case NodeKind.Return:
    case NodeKind.Raise:
    case NodeKind.Continue:
    case NodeKind.Break:
      return false;
    case NodeKind.Assert:
      return constantTruth(node.test, dialect) !== false;
    case NodeKind.If: {
      const truth = constantTruth(node.test, dialect);
      return (truth !== false && block(node.body)) || (truth !== true && block(node.orelse));
    }
    case NodeKind.While:
      if (constantTruth(node.test, dialect) === true) return hasBreak(node.body, depth);
      return block(node.orelse) || hasBreak(node.body, depth);
    case NodeKind.For:
    case NodeKind.AsyncFor:
      return block(node.orelse) || hasBreak(node.body, depth);
    case NodeKind.Try:
    case NodeKind.TryStar:
      if (!block(node.finalbody)) return false;
      return (block(node.body) && block(node.orelse)) || node.handlers.some(({ body }) => block(body));
    case NodeKind.Match: {
      for (const matchCase of node.cases) {
        const { guard, body } = matchCase;
        if ((!guard || constantTruth(guard, dialect) !== false) && block(body)) return true;
        if (takesAll(matchCase, dialect)) return false;
      }
      return true;
    }
    default:
      // A context manager may swallow the exception that ends its body.
      return true;
  }
}

/** Whether a `break` of this very loop is in its body. */
function hasBreak(statements: readonly Statement[], depth: number): boolean {
  if (depth > MOST_DEPTH) return true;
  return statements.some(statement => {
    switch (statement.kind) {
      case NodeKind.Break:
        return true;
      case NodeKind.If:
        return hasBreak(statement.body, depth + 1) || hasBreak(statement.orelse, depth + 1);
      case NodeKind.For:
      case NodeKind.AsyncFor:
      case NodeKind.While:
        return hasBreak(statement.orelse, depth + 1);
      case NodeKind.With:
      case NodeKind.AsyncWith:
        return hasBreak(statement.body, depth + 1);
      case NodeKind.Try:
      case NodeKind.TryStar:
        return [
          statement.body,
          statement.orelse,
          statement.finalbody,
          ...statement.handlers.map(({ body }) => body),
        ].some(body => hasBreak(body, depth + 1));
      case NodeKind.Match:
        return statement.cases.some(({ body }) => hasBreak(body, depth + 1));
      default:
        return false;
    }
  });
}
