// Every twin, in the order of the pipeline.
import { astTwin } from './ast.ts';
import { errorsTwin } from './errors.ts';
import { factsTwin } from './facts.ts';
import { symtableTwin } from './symtable.ts';
import { tokensTwin } from './tokens.ts';
import type { Twin } from './twin.ts';

export const TWINS: readonly Twin[] = [tokensTwin, astTwin, symtableTwin, factsTwin, errorsTwin];
