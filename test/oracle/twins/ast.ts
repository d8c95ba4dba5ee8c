// AST: what `colens ast -a` prints against `python -m ast -a`.
import { treeError, treePieces } from '../../../server/src/features/passes/astText.ts';
import { compareLines, unlessRefused, type Twin } from './twin.ts';

export const astTwin: Twin = {
  name: 'ast',
  script: 'tree',
  ours(analysis) {
    return unlessRefused(treeError(analysis), () =>
      [...treePieces(analysis, { includeAttributes: true, indent: 3 })].join(''),
    );
  },
  compare: compareLines,
};
