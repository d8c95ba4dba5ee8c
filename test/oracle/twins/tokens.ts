// Tokens: what `colens tokens` prints against `python -m tokenize -e`.
import { tokenizeModule } from '../../../server/src/python/tokenizer/tokenizeModule.ts';
import { compareLines, REFUSED, type Twin } from './twin.ts';

export const tokensTwin: Twin = {
  name: 'tokens',
  script: 'tokens',
  ours({ target }, bytes) {
    const { text, error } = tokenizeModule(bytes, target.dialect.tokenizer);
    if (error?.startsWith(' unexpected error: ')) return REFUSED;
    return error?.trimStart() ?? text.replace(/\n$/, '');
  },
  compare: compareLines,
};
