// `colens tokens`: prints what `python -m tokenize -e` prints.
import { tokenizeModule } from '../python/tokenizer/tokenizeModule.ts';
