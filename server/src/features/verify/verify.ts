// Whether a .pyc file is what its source compiles to: in some patch level of the version that its header tells, at some
// level of -O, every field of every code object. Nothing of the file is run.
import type { WholeCode } from '../../python/code/bytecode.ts';
import type { Pyc } from '../../python/code/marshal/pyc.ts';
import { sourceHash } from '../../python/code/marshal/pyc.ts';
import { analyzeBytes, type Analysis, type OptimizationLevel } from '../../python/index.ts';
import { patchLevels, type Target } from '../../python/versions/target.ts';
import { firstDifference, NO_BYTECODE, sameBytes, type Difference } from './difference.ts';
import { savedNames } from './savedNames.ts';

/** A source as it is now; a time in seconds since 1970, its low 32 bits, where there is one. */
export interface CurrentSource {
  readonly bytes: Uint8Array;
  readonly mtime?: number | undefined;
}

/** How a source was compiled. */
export interface Compilation {
  readonly target: Target;
  readonly optimize: OptimizationLevel;
}

export type Verdict =
  /** It is what this compiles the source to, and perhaps others do. */
  | { readonly status: 'match'; readonly as: Compilation }
  /** Its header does not fit the source as it is now; an import would compile it again. */
  | { readonly status: 'stale'; readonly reason: string; readonly as: Compilation | undefined }
  | {
      readonly status: 'differs';
      /** What was compared: what its name and header tell. */
      readonly as: Compilation;
      /** Where it differs first; undefined if this does not compile the source at all. */
      readonly difference: Difference | undefined;
      readonly reason: string;
    }
  /** The source is too long. */
  | { readonly status: 'unknown'; readonly reason: string };

/** `levels`: those that are tried, first the one that the name of the file tells. */
export function verify(pyc: Pyc, source: CurrentSource, levels: readonly OptimizationLevel[]): Verdict {
  const stale = staleness(pyc, source);
  const result = compare(pyc, source, levels);
  // Imports take a file whose hash is not checked, whatever the source is by now.
  if (stale === undefined || pyc.header.stamp.mode === 'unchecked-hash') {
    if (stale === undefined || result.status !== 'match') return result;
    return { status: 'stale', reason: stale, as: result.as };
  }
  return { status: 'stale', reason: stale, as: result.status === 'match' ? result.as : undefined };
}

/** Why imports would not take the file for that of its source. */
function staleness({ header: { stamp }, target }: Pyc, { bytes, mtime }: CurrentSource): string | undefined {
  if (stamp.mode !== 'timestamp') {
    const isSame = sameBytes(stamp.hash, sourceHash(bytes, target.dialect.assembler));
    return isSame ? undefined : 'the hash of its header is not that of the source';
  }
  if (stamp.size !== bytes.length >>> 0)
    return `it was made from a source of ${stamp.size} bytes, not ${bytes.length}`;
  if (mtime === undefined || mtime === stamp.mtime) return undefined;
  const date = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
  return `it was made from a source of ${date(stamp.mtime)}, not ${date(mtime)}`;
}

function compare(
  { code, target }: Pyc,
  { bytes }: CurrentSource,
  levels: readonly OptimizationLevel[],
): Exclude<Verdict, { status: 'stale' }> {
  let first: Exclude<Verdict, { status: 'stale' }> | undefined;
  for (const optimize of levels) {
    for (const patch of patchLevels(target)) {
      const as = { target: patch, optimize };
      const analysis = analyzeBytes(bytes, patch, optimize).generateAll();
      const error = analysis.errors.at(0);
      if (error) {
        const reason = `the source does not compile: ${error.type}: ${error.msg}`;
        first ??= { status: 'differs', as, difference: undefined, reason };
        continue;
      }
      const difference = differenceOf(analysis, code);
      if (!difference) return { status: 'match', as };
      // Hashes of names, which are others in each process, decide on an order that any could be.
      const saved = difference === NO_BYTECODE ? undefined : savedNames(code, patch.dialect);
      if (saved && !differenceOf(analyzeBytes(bytes, patch, optimize, saved).generateAll(), code)) {
        return { status: 'match', as };
      }
      first ??=
        difference === NO_BYTECODE
          ? { status: 'unknown', reason: 'the source is too long, or nested too deep' }
          : { status: 'differs', as, difference, reason: inWords(difference) };
    }
  }
  return first!;
}

function differenceOf(analysis: Analysis, code: WholeCode): ReturnType<typeof firstDifference> {
  const { dialect } = analysis.target;
  const sides = { bytecode: analysis.bytecode.bind(analysis), dialect, filename: code.filename };
  return firstDifference(analysis.code, code, sides);
}

function inWords({ qualname, field, at, source, file }: Difference): string {
  const place = at === undefined ? '' : ` at ${at}`;
  return `${qualname}: ${field}${place}: ${file} in the file, ${source} of the source`;
}
