// AST: what `colens ast -a` prints against `python -m ast -a`.
import { treeText } from '../../../server/src/cli/ast.ts';
import { compareLines, unlessRefused, type Twin } from './twin.ts';

export const astTwin: Twin = {
  name: 'ast',
  script: 'tree',
  ours: analysis =>
    unlessRefused(analysis.decodingError ?? analysis.parsed.errors[0], () =>
      treeText(analysis, { includeAttributes: true, indent: 3 }),
    ),
  compare: compareLines,
};
