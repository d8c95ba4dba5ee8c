// `colens tokens`: prints what `python -m tokenize -e` prints.
import { tokenizeModule } from '../python/tokenizer/tokenizeModule.ts';
import type { Command } from './command.ts';
import { eachInput } from './each.ts';
import { PATH_HELP, readOptions, readTarget, TARGET_HELP, TARGET_OPTION } from './options.ts';

export const tokens: Command = {
  name: 'tokens',
  summary: 'what python -m tokenize -e prints',
  help: `usage: colens tokens [--target VERSION] PATH...

Prints the tokens of sources, a line each: place, exact type, text. As in the target's own tokenize module, which up
to 3.11 is more lenient than the compiler.

${TARGET_HELP}

${PATH_HELP}`,

  run(args, io) {
    const { values, positionals } = readOptions(args, TARGET_OPTION);
    const target = readTarget(values.target);
    return eachInput(positionals, io, async ({ bytes, location }) => {
      const { text, error } = tokenizeModule(bytes, target.dialect.tokenizer, location);
      if (error !== undefined) io.complain(`${location}:${error}`);
      else await io.write(text);
      return error === undefined;
    });
  },
};
