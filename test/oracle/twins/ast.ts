// AST: what `colens ast -a` prints against `python -m ast -a`.
import { compareLines, unlessRefused, type Twin } from './twin.ts';

const path = '../../../server/src/python/ast/dump.ts';
const provider = await import(path).catch(() => undefined);

export const astTwin: Twin | undefined = provider && {
  name: 'ast',
  script: 'tree',
  ours: analysis =>
    unlessRefused(analysis.decodingError ?? analysis.parsed.errors[0], () => [provider.dump(analysis), 0]),
  compare: compareLines,
};
