// Everything that is done with an input of the fuzzer, a line for each pass and feature. None may throw, whatever the
// input; what comes out is looked at as far as something holds for every text.
import assert from 'node:assert/strict';
import { reportedPosition, traceback } from '../../server/src/cli/syntaxError.ts';
import { valuesAt } from '../../server/src/cli/objects.ts';
import { treePieces } from '../../server/src/features/passes/astText.ts';
import { callDiagnostics } from '../../server/src/features/calls/callDiagnostics.ts';
import { inlayHints } from '../../server/src/features/calls/inlayHints.ts';
import { signatureHelp } from '../../server/src/features/calls/signatureHelp/signatureHelp.ts';
import { codeObjectIndex } from '../../server/src/features/codeObject/codeObjectIndex.ts';
import { codeObjectDetails } from '../../server/src/features/codeObject/details.ts';
import { droppedLines, traceableLines } from '../../server/src/features/codeObject/droppedLines.ts';
import { flowGraph } from '../../server/src/features/codeObject/flowGraph.ts';
import { instructionHelp } from '../../server/src/features/codeObject/instructionHelp.ts';
import { contextOf } from '../../server/src/features/codeObject/instructions.ts';
import { codeLenses } from '../../server/src/features/codeObject/lens.ts';
import { codeObjectTree } from '../../server/src/features/codeObject/tree.ts';
import { codeObjectView, whyNoBytecode } from '../../server/src/features/codeObject/view.ts';
import { diagnostics } from '../../server/src/features/diagnostics.ts';
import { hover } from '../../server/src/features/hover/hover.ts';
import { PASSES, passText } from '../../server/src/features/passes/passText.ts';
import { pycText } from '../../server/src/features/pyc.ts';
import {
  toCallDiagnostic,
  toCodeLens,
  toCodeObjectResult,
  toDiagnostic,
  toFlowGraphResult,
  toHover,
  toInlayHint,
  toInstructionResult,
  toPassTextResult,
  toSignatureHelp,
} from '../../server/src/lsp/toProtocol.ts';
import type { Expression } from '../../server/src/python/ast/expressions.ts';
import { NodeKind } from '../../server/src/python/ast/kinds.ts';
import type { Node } from '../../server/src/python/ast/nodes.ts';
import { unparse } from '../../server/src/python/ast/unparse.ts';
import { forEachChild, walk } from '../../server/src/python/ast/visitor.ts';
import { codeJson, wholeCodeJson } from '../../server/src/python/code/dump.ts';
import { codeObjectsOf } from '../../server/src/python/code/lookup.ts';
import { sourceHash, writePyc } from '../../server/src/python/code/marshal/pyc.ts';
import { codeLines } from '../../server/src/python/dis/lines.ts';
import { listing } from '../../server/src/python/dis/listing.ts';
import { codeRecord } from '../../server/src/python/dis/records.ts';
import { analyze, analyzeBytes, type Analysis } from '../../server/src/python/index.ts';
import { headerAt } from '../../server/src/python/locate/headers.ts';
import { occurrenceAt } from '../../server/src/python/locate/occurrence.ts';
import { pathTo } from '../../server/src/python/locate/path.ts';
import { dumpSymbolTable } from '../../server/src/python/symtable/dump.ts';
import { tokenizeModule } from '../../server/src/python/tokenizer/tokenizeModule.ts';
import { createEvaluator, type RequestEvaluator } from '../../server/src/resolve/evaluate/evaluator.ts';
import { objectFacts } from '../../server/src/resolve/inspect/objectFacts.ts';
import { getSource, sourcedObject } from '../../server/src/resolve/inspect/objectSource.ts';
import type { Program } from '../../server/src/resolve/program/program.ts';
import type { SourceModule } from '../../server/src/resolve/values.ts';
import { bundledFor } from '../support/bundled.ts';
import { MemoryFiles, programOf } from '../support/tree.ts';
import type { FuzzInput } from './inputs.ts';

/** What a step may look at. */
export interface Subject {
  readonly input: FuzzInput;
  readonly analysis: Analysis;
  readonly program: Program;
  readonly module: SourceModule;
  readonly evaluator: RequestEvaluator;
  /** Some offsets of the text, UTF-16. */
  readonly offsets: readonly number[];
}

type Step = (subject: Subject) => unknown;

/** By name, in the order of the pipeline. A new pass is a line here. */
export const STEPS: Readonly<Record<string, Step>> = {
  'tokenize module': ({ input: { bytes, target } }) =>
    tokenizeModule(bytes, target.dialect.tokenizer, 'main.py'),
  tokens: ({ analysis }) => analysis.tokenized,
  parse: ({ analysis }) => analysis.parsed,
  'ast dump': ({ analysis }) => drain(treePieces(analysis, { includeAttributes: true, indent: 1 })),
  unparse: ({ analysis: { module, target } }) => {
    walk(module, node => {
      if (!isStatement(node)) return;
      forEachChild(node, child => {
        if (isExpression(child)) unparse(child, target.dialect);
      });
    });
  },
  symtable: ({ analysis: { symbolTable, target } }) =>
    dumpSymbolTable(symbolTable, 'main.py', target.dialect.symtable),
  facts: ({ analysis }) => codeJson(analysis.code, analysis.target),
  errors: checkErrors,
  bytecode: generateAll,
  'bytecode with -OO': ({ input: { bytes, target } }) =>
    generateAll({ analysis: analyzeBytes(bytes, target, 2) }),
  dump: ({ analysis }) =>
    wholeCodeJson(analysis.code, {
      target: analysis.target,
      bytecode: code => analysis.bytecode(code),
      positions: true,
    }),
  dis: ({ analysis }) => {
    const all = analysis.target.dialect.dis.options;
    for (const show of [new Set<(typeof all)[number]>(), new Set(all)]) {
      listing(analysis.code, {
        dialect: analysis.target.dialect,
        bytecode: code => analysis.bytecode(code),
        filename: 'main.py',
        show,
      });
    }
  },
  stack: ({ analysis }) =>
    codeRecord(analysis.code, {
      dialect: analysis.target.dialect,
      bytecode: code => analysis.bytecode(code),
      filename: 'main.py',
    }),
  lines: ({ analysis }) => {
    const codes = codeLines(analysis.code, code => analysis.bytecode(code), analysis.target.dialect);
    if (codes) droppedLines(analysis, traceableLines(codes));
  },
  pyc: writeAndVerify,
  'pass texts': ({ analysis }) => {
    for (const pass of PASSES) toPassTextResult(analysis, URI, pass, passText(analysis, pass, 'main.py'));
  },
  'flow graph': ({ analysis }) => {
    const index = codeObjectIndex(analysis);
    for (const code of index.all.slice(0, MOST_OBJECTS)) {
      const bytecode = analysis.bytecode(code);
      if (!bytecode) {
        assert.ok(whyNoBytecode(analysis, code).length > 0);
        continue;
      }
      const context = contextOf(analysis, code, bytecode, 'main.py');
      toFlowGraphResult(analysis, URI, index.key(code), flowGraph(analysis, context));
      for (const { offset } of context.instructions.slice(0, MOST_OBJECTS)) {
        const help = instructionHelp(analysis, code, offset);
        if (help) toInstructionResult(help);
      }
    }
  },
  tree: ({ analysis }) => codeObjectTree(analysis),
  locate: atOffsets(({ analysis }, offset) => {
    pathTo(analysis, offset);
    headerAt(analysis, offset);
    occurrenceAt(analysis, offset);
    analysis.codeObjectAt(offset);
  }),
  lenses: ({ analysis }) => {
    for (const lens of codeLenses(analysis, { lambdas: true, showAllFlags: true }))
      toCodeLens(analysis.lines, URI, lens, COMMANDS);
  },
  hover: atOffsets(({ analysis, evaluator, module }, offset) => {
    const found = evaluator.request(() => hover(evaluator, module, offset, { details: true }));
    if (found) for (const markdown of [false, true]) toHover(analysis.lines, URI, found, COMMANDS, markdown);
  }),
  'signature help': atOffsets(({ evaluator, module }, offset) => {
    const help = evaluator.request(() => signatureHelp(evaluator, module, offset));
    if (help) toSignatureHelp(help, { markdown: true, noActiveParameter: false, labelOffsets: false });
  }),
  typing,
  diagnostics: ({ analysis }) => {
    for (const error of diagnostics(analysis)) toDiagnostic(analysis.lines, error, analysis.target.version);
  },
  'call diagnostics': ({ analysis, evaluator, module }) => {
    for (const problem of callDiagnostics(evaluator, module))
      toCallDiagnostic(analysis.lines, problem, analysis.target.version);
  },
  'inlay hints': ({ evaluator, module, analysis }) => {
    for (const hint of inlayHints(evaluator, module, { start: 0, end: analysis.text.length }))
      toInlayHint(analysis.lines, hint);
  },
  show: ({ analysis, evaluator, module }) => {
    for (const code of codeObjectIndex(analysis).all.slice(0, MOST_OBJECTS)) {
      const details = evaluator.request(() => codeObjectDetails(evaluator, module, code));
      toCodeObjectResult(analysis, URI, code, codeObjectView(analysis, code, { details }));
    }
  },
  inspect: ({ analysis, evaluator, module }) => {
    for (const { node } of codeObjectIndex(analysis).all.slice(0, MOST_OBJECTS)) {
      evaluator.request(() => {
        const [value] = valuesAt(evaluator, module, node.start);
        if (value === undefined) return;
        objectFacts(evaluator, value);
        const sourced = sourcedObject(value);
        if (sourced) getSource(sourced);
      });
    }
  },
};

/** Of one input; repetitions have thousands. */
const MOST_OBJECTS = 12;

const URI = 'file:///main.py';
const COMMANDS = { showCodeObject: 'colens.showCodeObject', codeObject: 'colens.codeObject' };

const isStatement = ({ kind }: Node): boolean => kind <= NodeKind.Continue;
const isExpression = (node: Node): node is Expression =>
  node.kind > NodeKind.Continue && node.kind <= NodeKind.Invalid;

/** The bytecode of every code object. */
function generateAll({ analysis }: Pick<Subject, 'analysis'>): void {
  for (const code of codeObjectsOf(analysis.code)) analysis.bytecode(code);
}

/** A .pyc file that we write is what its source compiles to, and can be shown. */
function writeAndVerify({ input: { bytes, target }, analysis }: Subject): void {
  if (analysis.errors.length > 0) return;
  const hash = sourceHash(bytes, target.dialect.assembler);
  const pyc = writePyc(
    analysis.code,
    { mode: 'checked-hash', hash },
    { dialect: target.dialect.assembler, bytecode: code => analysis.bytecode(code), filename: 'main.py' },
  );
  if (!pyc) return;
  const { verdict } = pycText(pyc, 'main.pyc', { bytes }, 0);
  assert.match(verdict, /^match: CPython/);
}

/** What is typed at a place, and what an editor asks then. */
const TYPED = ['(', '.', ', ', 'x=', '*', ')', '\n', '"', ':', '['];

function typing({ input, analysis, program, evaluator, offsets }: Subject): void {
  const { text, target } = analysis;
  offsets.slice(0, TYPED_OFFSETS).forEach((offset, i) => {
    const typed = TYPED[(i + input.bytes.length) % TYPED.length];
    const edited = program.open(
      '/main.py',
      analyze(text.slice(0, offset) + typed + text.slice(offset), target),
    );
    evaluator.request(() => signatureHelp(evaluator, edited, offset + typed.length));
    evaluator.request(() => hover(evaluator, edited, offset));
    codeLenses(edited.analysis, { lambdas: false, showAllFlags: false });
  });
}

const TYPED_OFFSETS = 2;

function drain(pieces: Iterable<string>): void {
  let length = 0;
  for (const piece of pieces) length += piece.length;
  assert.ok(length > 0);
}

function atOffsets(ask: (subject: Subject, offset: number) => unknown): Step {
  return subject => {
    for (const offset of subject.offsets) ask(subject, offset);
  };
}

/** Every refusal has words and a place in the text, and can be shown. */
function checkErrors({ analysis }: Subject): void {
  const { length } = analysis.text;
  for (const error of analysis.errors) {
    const { type, msg, start, end } = error;
    assert.ok(msg.length > 0 || type === 'MemoryError', 'an error without words');
    assert.ok(0 <= start && start <= end && end <= length, `${msg}: ${start} to ${end} of ${length}`);
  }
  const [first] = analysis.errors;
  if (!first) return;
  reportedPosition(first, analysis);
  traceback(first, analysis, 'main.py');
}

/** Makes ready what the steps ask about; `count` offsets, spread over the text. Decoding is part of it. */
export function subjectOf(input: FuzzInput, count: number, random: (below: number) => number): Subject {
  const { bytes, target } = input;
  const analysis = analyzeBytes(bytes, target);
  const program = programOf(new MemoryFiles({}), { target: target.version, bundled: bundledFor(target) });
  const { length } = analysis.text;
  const offsets =
    length < count
      ? Array.from({ length: length + 1 }, (_, offset) => offset)
      : Array.from({ length: count }, () => random(length + 1));
  return {
    input,
    analysis,
    program,
    module: program.open('/main.py', analysis),
    evaluator: createEvaluator(program),
    offsets,
  };
}
