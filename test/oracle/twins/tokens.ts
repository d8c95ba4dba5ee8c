// Tokens: what `colens tokens` prints against `python -m tokenize -e`.
import { compareLines, type Twin } from './twin.ts';

const path = '../../../server/src/python/tokenizer/tokenizeModule.ts';
const provider = await import(path).catch(() => undefined);

export const tokensTwin: Twin | undefined = provider && {
  name: 'tokens',
  script: 'tokens',
  ours: analysis => {
    const text: string = provider.tokenizeModule(analysis.text, analysis.target.dialect.tokenizer);
    return text.trimEnd();
  },
  compare: compareLines,
};
