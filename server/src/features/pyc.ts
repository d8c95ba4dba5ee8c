// A .pyc file as text: what its header tells, what `colens verify` says of it if its source is at hand, and its bytecode as
// `python -m dis` prints it.
import { listing } from '../python/dis/listing.ts';
import { readPyc, type Pyc } from '../python/code/marshal/pyc.ts';
import type { OptimizationLevel } from '../python/index.ts';
import { type CurrentSource, verify } from './verify/verify.ts';

export interface PycText {
  readonly text: string;
  /** The version that wrote it; undefined if it is damaged. */
  readonly version: string | undefined;
  /** `match: CPython 3.13.18`, `differs: …`, `corrupt: …`, `no source`. */
  readonly verdict: string;
  /** Code objects, as lines of the text from 0, both inclusive. */
  readonly sections: readonly {
    readonly title: string;
    readonly startLine: number;
    readonly endLine: number;
  }[];
}

const LEVELS: readonly OptimizationLevel[] = [0, 1, 2];

/** `source`: as it is now, if there is one; `level`: of -O, as the name of the file tells. */
export function pycText(
  bytes: Uint8Array,
  filename: string,
  source: CurrentSource | undefined,
  level: OptimizationLevel | undefined,
): PycText {
  const pyc = readPyc(bytes);
  if ('error' in pyc) {
    const verdict = `corrupt: ${pyc.error.message}, at byte ${pyc.error.offset}`;
    return { text: `# ${filename}: ${verdict}\n`, version: undefined, verdict, sections: [] };
  }
  const verdict = source ? verdictOf(pyc, source, level) : 'no source';
  const lines = [`# ${filename}: ${headerOf(pyc)}`, `# ${verdict}`, ''];
  const { code, target } = pyc;
  const shown = listing(code, { dialect: target.dialect, bytecode: one => one, filename: code.filename });
  const head = lines.length;
  lines.push(...(shown ?? '').split('\n'));
  const sections: { title: string; startLine: number; endLine: number }[] = [
    { title: code.name, startLine: head, endLine: lines.length - 1 },
  ];
  lines.forEach((line, i) => {
    const found = /^Disassembly of <code object (\S+) at /.exec(line);
    if (!found) return;
    sections[sections.length - 1].endLine = i - 1;
    sections.push({ title: found[1], startLine: i, endLine: lines.length - 1 });
  });
  return { text: lines.join('\n'), version: target.series, verdict, sections };
}

function verdictOf(pyc: Pyc, source: CurrentSource, level: OptimizationLevel | undefined): string {
  const levels = level === undefined ? LEVELS : [level, ...LEVELS.filter(each => each !== level)];
  const verdict = verify(pyc, source, levels);
  if (verdict.status !== 'match') return `${verdict.status}: ${verdict.reason}`;
  const { target, optimize } = verdict.as;
  return `match: CPython ${target.version}${['', ' -O', ' -OO'][optimize]}`;
}

function headerOf({ header: { magic, stamp }, target }: Pyc): string {
  const about =
    stamp.mode === 'timestamp'
      ? `${new Date(stamp.mtime * 1000).toISOString().replace('.000Z', 'Z')} · source of ${stamp.size} bytes`
      : stamp.mode;
  return `CPython ${target.series} · magic ${magic} · ${about}`;
}
