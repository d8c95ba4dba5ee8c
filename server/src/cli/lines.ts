// `colens lines`, for authors of coverage tools and debuggers: lines that can be traced, branches, and lines that the
// compiler dropped.
import { droppedLines, traceableLines, type DroppedLine } from '../features/codeObject/droppedLines.ts';
import { asciiJson } from '../python/code/dump.ts';
import { codeLines, type CodeLines } from '../python/dis/lines.ts';
import { analyzeBytes } from '../python/index.ts';
import type { Target } from '../python/versions/target.ts';
import { type Command } from './command.ts';
import { eachInput } from './each.ts';
import { COMPILE_HELP, COMPILE_OPTIONS, PATH_HELP, readCompileOptions, readOptions } from './options.ts';
import { isPycInput } from './pycHeader.ts';
import { traceback } from './syntaxError.ts';

export const lines: Command = {
  name: 'lines',
  summary: 'lines that can be traced, branches, lines that the compiler dropped',
  help: `usage: colens lines [--target VERSION] [--optimize N] [--json] [PATH]...

Prints the lines on which instructions begin, the branches of each code object with the lines that both ways lead to,
and the lines of statements that have no instructions, each with the reason.
${PATH_HELP}

${COMPILE_HELP}
  --json            a line of JSON for each file: co_lines(), dis.findlinestarts() and co_branches() of each code
                    object. co_branches() is new in 3.14; for earlier versions it is what it would give`,

  async run(args, io) {
    const { values, positionals } = readOptions(args, {
      ...COMPILE_OPTIONS,
      json: { type: 'boolean' },
    });
    const { target, optimize } = readCompileOptions(values);
    return eachInput(positionals, io, async input => {
      const { bytes, name, location } = input;
      if (isPycInput(input)) {
        io.complain(`colens: ${location}: is a .pyc file; lines needs the source`);
        return false;
      }
      const analysis = analyzeBytes(bytes, target, optimize);
      if (analysis.errors.length > 0) {
        io.complain(traceback(analysis.errors[0], analysis, location));
        return false;
      }
      const codes = codeLines(analysis.code, analysis.bytecode.bind(analysis), target.dialect);
      if (!codes) {
        io.complain(`colens: ${location}: too long, or nested too deep`);
        return false;
      }
      const traceable = traceableLines(codes);
      const dropped = droppedLines(analysis, traceable);
      await io.write(
        values.json
          ? `${asciiJson({ file: name, target: target.version, traceable, dropped, code: codes.map(codeJson) })}\n`
          : report(name, target, traceable, dropped, codes),
      );
      return true;
    });
  },
};

/** Names as CPython has them; branches with the lines of their arcs. */
const codeJson = ({ name, qualname, firstlineno, lines: ranges, starts, branches }: CodeLines): unknown => ({
  name,
  qualname,
  firstlineno,
  co_lines: ranges.map(({ start, end, lineno }) => [start, end, lineno]),
  linestarts: starts,
  co_branches: branches.map(({ source, notTaken, taken }) => [source, notTaken, taken]),
  arcs: branches.map(({ line, notTakenLine, takenLine }) => [line, notTakenLine, takenLine]),
});

function report(
  name: string,
  { version }: Target,
  traceable: readonly number[],
  dropped: readonly DroppedLine[],
  codes: readonly CodeLines[],
): string {
  const text = [`${name}, CPython ${version}`, `  traceable  ${joinedLines(traceable) || 'none'}`];
  for (const { line, reason } of dropped) text.push(`  dropped    ${line}: ${reason}`);
  for (const { qualname, branches } of codes) {
    if (branches.length === 0) continue;
    text.push(`  branches   ${qualname}`);
    for (const { line, notTakenLine, takenLine } of branches)
      text.push(`    ${shown(line)} → ${shown(notTakenLine)} | ${shown(takenLine)}`);
  }
  return `${text.join('\n')}\n`;
}

const shown = (line: number | null): string => String(line ?? '--');

/** `1-3, 5`. */
function joinedLines(lineNumbers: readonly number[]): string {
  const parts: string[] = [];
  for (let i = 0; i < lineNumbers.length; i++) {
    const first = lineNumbers[i];
    while (lineNumbers[i + 1] === lineNumbers[i] + 1) i++;
    parts.push(first === lineNumbers[i] ? String(first) : `${first}-${lineNumbers[i]}`);
  }
  return parts.join(', ');
}
