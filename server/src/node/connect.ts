// How a Node process talks with the client that starts it: `--stdio`, `--node-ipc`, `--socket=PORT` or `--pipe=NAME`.
// Whatever it is, the process ends with it.
import { once } from 'node:events';
import net from 'node:net';
import { type Connection, createConnection, ProposedFeatures } from 'vscode-languageserver/node';

/** The connection that the arguments ask for. Throws an Error with words for the user. */
export async function connect(args: readonly string[]): Promise<Connection> {
  const valueOf = (option: string): string | undefined => {
    const at = args.findIndex(arg => arg === option || arg.startsWith(`${option}=`));
    return at < 0 ? undefined : args[at] === option ? args[at + 1] : args[at].slice(option.length + 1);
  };
  if (args.includes('--stdio')) return createConnection(ProposedFeatures.all, process.stdin, process.stdout);
  if (args.includes('--node-ipc')) {
    process.on('disconnect', () => process.exit(1));
    return createConnection(ProposedFeatures.all);
  }
  const port = valueOf('--socket');
  const pipe = valueOf('--pipe');
  if (port === undefined && pipe === undefined)
    throw new Error('needs --stdio, --node-ipc, --socket=PORT or --pipe=NAME');
  if (port !== undefined && !(/^\d+$/.test(port) && Number(port) > 0 && Number(port) < 65536))
    throw new Error(`--socket takes a port, not '${port}'`);
  const socket = port === undefined ? net.connect(pipe!) : net.connect(Number(port), '127.0.0.1');
  try {
    await once(socket, 'connect');
  } catch (error) {
    throw new Error(`cannot connect to ${port ?? pipe}: ${(error as Error).message}`, { cause: error });
  }
  // The other side may be gone at any time; 'close' follows, and ends the process.
  socket.on('error', () => socket.destroy());
  // As streams, so that the end of the socket ends the process, with 0 after `shutdown` and with 1 before.
  return createConnection(ProposedFeatures.all, socket, socket);
}
