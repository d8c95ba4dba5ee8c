// Between CoLens's values and the protocol's: the only place where offsets become positions and back. Both count
// UTF-16 code units, and both end lines at \n, \r\n and \r, so the line index serves for both.
import {
  type CodeLens,
  type Diagnostic,
  DiagnosticSeverity,
  type Hover,
  type InlayHint,
  InlayHintKind,
  MarkupKind,
  type Position,
  type Range,
  type SignatureHelp,
  type SignatureInformation,
} from 'vscode-languageserver';
import type { TextBlock } from '../features/richText.ts';
import { toMarkdown, toPlainText } from './markdown.ts';
import type { LensAt } from '../features/codeObject/lens.ts';
import { codeObjectIndex, spanOf } from '../features/codeObject/codeObjectIndex.ts';
import { isHeaderNode } from '../features/codeObject/view.ts';
import type { CodeObjectListing } from '../features/codeObject/listing.ts';
import type { InstructionHelp } from '../features/codeObject/instructionHelp.ts';
import { type FlowGraph, mermaid } from '../features/codeObject/flowGraph.ts';
import type { TreeItem } from '../features/codeObject/tree.ts';
import type { CallProblem } from '../features/calls/callDiagnostics.ts';
import type { HoverText } from '../features/hover/hover.ts';
import type { InlayHintAt } from '../features/calls/inlayHints.ts';
import { headerOf } from '../python/locate/headers.ts';
import type { PassText } from '../features/passes/passText.ts';
import type { SignatureAt, SignatureHelpAt } from '../features/calls/signatureHelp/signatureHelp.ts';
import type { CodeObject } from '../python/code/codeObject.ts';
import { codeJson } from '../python/code/dump.ts';
import type { Analysis } from '../python/index.ts';
import type { LineIndex } from '../python/text/lineIndex.ts';
import { exceptionLine, type SourceError } from '../python/text/syntaxError.ts';
import { visible } from '../python/text/visible.ts';
import type { TargetChoice } from '../resolve/program/targetChoice.ts';
import type {
  CodeObjectFacts,
  CodeObjectParams,
  CodeObjectResult,
  CodeObjectTree,
  CurrentTarget,
  FlowGraphResult,
  InstructionResult,
  Pass,
  PassTextResult,
  ShowCodeObjectArguments,
} from './protocol.ts';

/** The position of an offset; offsets beyond the text's end are at its end. */
export function toPosition(lines: LineIndex, offset: number): Position {
  const within = Math.max(0, Math.min(offset, lines.text.length));
  const line = lines.lineno(within) - 1;
  return { line, character: within - lines.starts[line] };
}

export function toRange(lines: LineIndex, start: number, end: number): Range {
  return { start: toPosition(lines, start), end: toPosition(lines, Math.max(start, end)) };
}

/** The offset of a position; one beyond the end of its line or of the text is at that end. */
export function toOffset(lines: LineIndex, { line, character }: Position): number {
  if (!(line >= 0)) return 0;
  if (line >= lines.starts.length) return lines.text.length;
  const start = lines.starts[line];
  let end = line + 1 < lines.starts.length ? lines.starts[line + 1] : lines.text.length;
  const endsLine = (unit: number): boolean => unit === 10 || unit === 13;
  while (end > start && endsLine(lines.text.charCodeAt(end - 1))) end--;
  return Math.min(start + Math.max(0, character || 0), end);
}

/** What commands need to know of the client: which of its commands shows a code object, if any. */
export interface Commands {
  readonly showCodeObject: string | undefined;
  /** The server's own command, for clients that have none. */
  readonly codeObject: string;
}

export function toHover(
  lines: LineIndex,
  uri: string,
  hover: HoverText,
  commands: Commands,
  markdown: boolean,
): Hover {
  let value = markdown ? toMarkdown(hover.blocks) : toPlainText(hover.blocks);
  if (markdown && commands.showCodeObject && hover.codeObjectKey !== undefined) {
    const argument: ShowCodeObjectArguments = { uri, key: hover.codeObjectKey };
    const query = encodeURIComponent(JSON.stringify([argument]))
      .replaceAll('(', '%28')
      .replaceAll(')', '%29');
    value += `\n\n[Show code object](command:${commands.showCodeObject}?${query})`;
  }
  return {
    contents: { kind: markdown ? MarkupKind.Markdown : MarkupKind.PlainText, value },
    range: toRange(lines, hover.start, hover.end),
  };
}

export function toCodeLens(lines: LineIndex, uri: string, lens: LensAt, commands: Commands): CodeLens {
  const { title, tooltip, key } = lens;
  const range = toRange(lines, lens.start, lens.end);
  if (commands.showCodeObject) {
    const argument: ShowCodeObjectArguments = { uri, key };
    return { range, command: { title, tooltip, command: commands.showCodeObject, arguments: [argument] } };
  }
  const argument: CodeObjectParams = { textDocument: { uri }, qualname: key };
  return { range, command: { title, tooltip, command: commands.codeObject, arguments: [argument] } };
}

/** What a client can show of signatures. */
export interface SignatureAbilities {
  readonly markdown: boolean;
  /** Knows that no parameter may be active: 3.18. */
  readonly noActiveParameter: boolean;
  /** Takes places in the label for parameters: 3.14. */
  readonly labelOffsets: boolean;
}

/**
 * Where no parameter is active: null if the client knows that, else an index past the last parameter, which clients
 * draw as none.
 */
export function toSignatureHelp(help: SignatureHelpAt, client: SignatureAbilities): SignatureHelp {
  const active = ({ activeParameter, parameters }: SignatureAt): number | null =>
    activeParameter ?? (client.noActiveParameter ? null : parameters.length);
  const documentation = (blocks: readonly TextBlock[]): Pick<SignatureInformation, 'documentation'> => {
    if (blocks.length === 0) return {};
    if (!client.markdown) return { documentation: toPlainText(blocks) };
    return { documentation: { kind: MarkupKind.Markdown, value: toMarkdown(blocks) } };
  };
  return {
    signatures: help.signatures.map(signature => {
      const { label, spans } = visibleLabel(signature);
      return {
        label,
        parameters: signature.parameters.map(({ documentation: text }, i) => ({
          label: client.labelOffsets ? spans[i] : label.slice(...spans[i]),
          ...documentation(text),
        })),
        activeParameter: active(signature),
        ...documentation(signature.documentation),
      };
    }),
    activeSignature: help.activeSignature,
    activeParameter: active(help.signatures[help.activeSignature]),
  };
}

/** A label as it may be shown, and where its parameters are in it then. */
function visibleLabel({ label, parameters }: SignatureAt): { label: string; spans: [number, number][] } {
  let shown = '';
  let done = 0;
  const upTo = (offset: number): number => {
    shown += visible(label.slice(done, offset));
    done = offset;
    return shown.length;
  };
  const spans = parameters.map(({ start, end }): [number, number] => [upTo(start), upTo(end)]);
  upTo(label.length);
  return { label: shown, spans };
}

export function toDiagnostic(lines: LineIndex, error: SourceError, version: string): Diagnostic {
  return {
    range: toRange(lines, error.start, error.end),
    severity: DiagnosticSeverity.Error,
    source: `CPython ${version}`,
    message: visible(exceptionLine(error)),
  };
}

/** A warning: the file compiles, and another target may be content. */
export function toCallDiagnostic(
  lines: LineIndex,
  { start, end, message }: CallProblem,
  version: string,
): Diagnostic {
  return {
    range: toRange(lines, start, end),
    severity: DiagnosticSeverity.Warning,
    source: `CPython ${version}`,
    message: visible(`TypeError: ${message}`),
  };
}

export function toInlayHint(lines: LineIndex, { offset, label }: InlayHintAt): InlayHint {
  return { position: toPosition(lines, offset), label: visible(label), kind: InlayHintKind.Parameter };
}

export function toCurrentTarget({ target, from, problem }: TargetChoice): CurrentTarget {
  const { series, version } = target;
  return {
    series,
    version,
    from: visible(from),
    ...(problem !== undefined && { problem: visible(problem) }),
  };
}

/** The source that a code object was made of, and the keyword and name of it. */
function rangesOf(
  { node }: CodeObject,
  analysis: Analysis,
): Pick<CodeObjectResult, 'range' | 'selectionRange'> {
  const { lines, text } = analysis;
  const span = spanOf(node, analysis);
  const header = isHeaderNode(node) ? headerOf(node, text) : span;
  return {
    range: toRange(lines, span.start, span.end),
    selectionRange: toRange(lines, header.start, header.end),
  };
}

export function toInstructionResult(help: InstructionHelp): InstructionResult {
  const { opname, argument = null, description, caches, before, after, afterJump } = help;
  const list = (texts: readonly string[] | undefined): string[] | null => (texts ? [...texts] : null);
  return {
    opname,
    argument,
    description,
    caches,
    before: list(before),
    after: list(after),
    afterJump: list(afterJump),
  };
}

export function toCodeObjectTree(analysis: Analysis, items: readonly TreeItem[]): CodeObjectTree {
  return {
    target: analysis.target.version,
    items: items.map(({ code, key, parent, kind, flags, cellvars, freevars }) => ({
      key,
      name: code.name,
      parent: parent ?? null,
      kind,
      firstlineno: code.firstlineno,
      flags: [...flags],
      cellvars: [...cellvars],
      freevars: [...freevars],
      ...rangesOf(code, analysis),
    })),
  };
}

/** The answer where there is no bytecode, and why. */
export const withoutFlowGraph = (
  { target }: Analysis,
  uri: string,
  key: string,
  none: string,
): FlowGraphResult => ({
  uri,
  key,
  target: target.version,
  blocks: [],
  edges: [],
  omitted: 0,
  mermaid: '',
  none: visible(none),
});

export function toFlowGraphResult(
  { lines, target }: Analysis,
  uri: string,
  key: string,
  graph: FlowGraph,
): FlowGraphResult {
  return {
    uri,
    key,
    target: target.version,
    blocks: graph.blocks.map(({ label, isHandler, lines: inside }) => ({
      ...(label !== undefined && { label }),
      isHandler,
      lines: inside.map(({ text, source, ...line }) => ({
        ...line,
        text: visible(text),
        ...(source && { source: toRange(lines, source.start, source.end) }),
      })),
    })),
    edges: graph.edges.map(edge => ({ ...edge })),
    omitted: graph.omitted,
    mermaid: mermaid(graph),
  };
}

export function toPassTextResult(
  { lines, target }: Analysis,
  uri: string,
  pass: Pass,
  { text, places, sections, error }: PassText,
): PassTextResult {
  return {
    uri,
    pass,
    target: target.version,
    text,
    ...(error && { error: { message: visible(error.message), line: error.line } }),
    places: places.map(({ line, source }) => ({ line, source: toRange(lines, source.start, source.end) })),
    sections: sections.map(section => ({ ...section, title: visible(section.title) })),
  };
}

export function toCodeObjectResult(
  analysis: Analysis,
  uri: string,
  code: CodeObject,
  listing: CodeObjectListing,
): CodeObjectResult {
  const { lines, target } = analysis;
  const error = analysis.errorIn(code);
  const codeObjects = codeObjectIndex(analysis);
  const parent = codeObjects.parent(code);
  return {
    uri,
    qualname: code.qualname,
    key: codeObjects.key(code),
    target: target.version,
    parent: parent ? codeObjects.key(parent) : null,
    children: code.children.map(child => codeObjects.key(child)),
    ...(error && { error: { message: exceptionLine(error), line: lines.lineno(error.start) } }),
    text: listing.text,
    ...rangesOf(code, analysis),
    links: listing.links.map(({ source, ...place }) => ({
      ...place,
      target: toRange(lines, source.start, source.end),
    })),
    sections: listing.sections.map(section => ({ ...section })),
    instructions: listing.instructions.map(({ line, offset, source }) => ({
      line,
      offset,
      ...(source ? { source: toRange(lines, source.start, source.end) } : {}),
    })),
    code: JSON.parse(codeJson(code, target)) as CodeObjectFacts,
  };
}
