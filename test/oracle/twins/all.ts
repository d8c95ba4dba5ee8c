// Every twin, in the order of the pipeline.
import { astTwin } from './ast.ts';
import { bindTwin } from './bind.ts';
import { errorsTwin } from './errors.ts';
import { factsTwin } from './facts.ts';
import { sourcesTwin } from './sources.ts';
import { symtableTwin } from './symtable.ts';
import { tokensTwin } from './tokens.ts';
import type { Twin } from './twin.ts';

/** Those that any source can be compared by. */
export const TWINS: readonly Twin[] = [tokensTwin, astTwin, symtableTwin, factsTwin, sourcesTwin, errorsTwin];

/** Those that look into sources of their own alone. */
export const CALL_TWINS: readonly Twin[] = [bindTwin];
