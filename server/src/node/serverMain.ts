// The server as a Node process, which talks with the client that starts it as that asks: see connect.ts.
import { setFlagsFromString } from 'node:v8';
import { startServer } from '../lsp/server.ts';
import { connect } from './connect.ts';
import { nodePlatform } from './platform.ts';

// Most of what is made lasts (trees, what is known of them), so that room for what does not is better kept small: it
// would grow to several times of what is needed, and not shrink.
setFlagsFromString('--semi-space-growth-factor=1');
// And between collections it would grow to a multiple of what lasts.
setFlagsFromString('--heap-growing-percent=50');

connect(process.argv.slice(2)).then(
  connection => startServer(connection, nodePlatform),
  (error: unknown) => {
    process.stderr.write(`colens: ${(error as Error).message}\n`);
    process.exit(1);
  },
);
