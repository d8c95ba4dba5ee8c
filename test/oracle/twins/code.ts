// Whole code objects: every field of each, nested ones among the constants, against those that compile() gives.
import { wholeCodeJson } from '../../../server/src/python/code/dump.ts';
import { Analysis } from '../../../server/src/python/index.ts';
import { compareCodeObjects } from './codeObjects.ts';
import { unlessRefused, type LeveledTwin } from './twin.ts';

/** What we say of a source whose bytecode met a limit. */
const NOTHING = 'no bytecode';

export const codeTwin: LeveledTwin = {
  name: 'code',
  script: 'code_objects',

  ours({ text, target, decodingError }, _bytes, optimize) {
    const analysis = new Analysis(text, target, decodingError, optimize).generateAll();
    return unlessRefused(analysis.errors[0], () => {
      const dump = { target, bytecode: analysis.bytecode.bind(analysis) };
      return wholeCodeJson(analysis.code, dump) ?? NOTHING;
    });
  },

  compare(ours, theirs) {
    if (ours !== NOTHING) return compareCodeObjects(ours, theirs);
    return [{ class: NOTHING, where: 'the file', ours, theirs: '' }];
  },
};
