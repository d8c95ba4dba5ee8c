// Every twin, in the order of the pipeline.
import { astTwin } from './ast.ts';
import { bindTwin } from './bind.ts';
import { cfgTwin } from './cfg.ts';
import { codeTwin } from './code.ts';
import { codegenTwin } from './codegen.ts';
import { disTwin } from './dis.ts';
import { errorsTwin } from './errors.ts';
import { factsTwin } from './facts.ts';
import { instructionsTwin } from './instructions.ts';
import { linesTwin } from './lines.ts';
import { sourcesTwin } from './sources.ts';
import { stackTwin } from './stack.ts';
import { symtableTwin } from './symtable.ts';
import { tokensTwin } from './tokens.ts';
import { atLevel, type LeveledTwin, type OptimizationLevel, type Twin } from './twin.ts';

/** Those that any source can be compared by. */
const TWINS: readonly Twin[] = [tokensTwin, astTwin, symtableTwin, factsTwin, sourcesTwin, errorsTwin];

/** Those that also depend on the optimisation level. */
const LEVELED: readonly LeveledTwin[] = [
  codegenTwin,
  cfgTwin,
  codeTwin,
  disTwin,
  instructionsTwin,
  linesTwin,
  stackTwin,
];

/** The twins of a level: above 0 only those that depend on it. */
export const twinsAt = (optimize: OptimizationLevel): readonly Twin[] => [
  ...(optimize === 0 ? TWINS : []),
  ...LEVELED.map(twin => atLevel(twin, optimize)),
];

/** Those that look into sources of their own alone. */
export const CALL_TWINS: readonly Twin[] = [bindTwin];
