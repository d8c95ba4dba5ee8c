// `colens serve`: the language server, for any editor that speaks LSP.
import { ExitCode, UsageError, type Command } from './command.ts';
import { readOptions } from './options.ts';

export const serve: Command = {
  name: 'serve',
  summary: 'the language server, on standard input and output',
  help: `usage: colens serve [--stdio]

Speaks the Language Server Protocol on standard input and output until the client says exit.`,

  async run(args, io) {
    const { positionals } = readOptions(args, {
      stdio: { type: 'boolean' },
      // Clients add it so that a server can watch them; this one ends with its input.
      clientProcessId: { type: 'string' },
    });
    if (positionals.length > 0) throw new UsageError(`serve takes no paths: '${positionals[0]}'`);
    if (!io.serve) throw new UsageError('there is no server here');
    await io.serve();
    return ExitCode.Ok;
  },
};
