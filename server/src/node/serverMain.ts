// The server as a Node process: `--stdio`, `--node-ipc` or `--socket=PORT`, as the client that starts it asks.
import { setFlagsFromString } from 'node:v8';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from '../lsp/server.ts';
import { nodePlatform } from './platform.ts';

// Most of what is made lasts (trees, what is known of them), so that room for what does not is better kept small: it
// would grow to several times of what is needed, and not shrink.
setFlagsFromString('--semi-space-growth-factor=1');
// And between collections it would grow to a multiple of what lasts.
setFlagsFromString('--heap-growing-percent=50');

startServer(createConnection(ProposedFeatures.all), nodePlatform);
