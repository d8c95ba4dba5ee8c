// The server as a Node process: `--stdio`, `--node-ipc` or `--socket=PORT`, as the client that starts it asks.
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from '../lsp/server.ts';
import { nodePlatform } from './platform.ts';

startServer(createConnection(ProposedFeatures.all), nodePlatform);
