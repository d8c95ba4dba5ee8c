// A workspace without trust: nothing in it leads out of it, neither links nor what is written in files.
import assert from 'node:assert/strict';
import { SignatureHelpRequest } from 'vscode-languageserver-protocol/node';
import { trustedNotification } from '../../server/src/lsp/protocol.ts';
import { NO_BUNDLED } from '../../server/src/resolve/bundled/none.ts';
import { TestClient } from '../support/client.ts';
import { MemoryFiles } from '../support/tree.ts';

const SITE = '/ws/.venv/lib/python3.13/site-packages';

const TREE = {
  '/ws/near.py': 'def f(near): pass',
  '/ws/.venv/pyvenv.cfg': 'home = /secret/bin\nversion = 3.13.1\n',
  [`${SITE}/installed.py`]: 'def f(installed): pass',
  [`${SITE}/paths.pth`]: '/secret/pth\n../../../../inside\n',
  [`${SITE}/edit.pth`]: 'import __editable___x_finder; __editable___x_finder.install()\n',
  [`${SITE}/__editable___x_finder.py`]: "MAPPING = {'edited': '/secret/edited', 'own': '/ws/inside/own'}\n",
  '/ws/inside/within.py': 'def f(within): pass',
  '/ws/inside/own.py': 'def f(own): pass',
  '/secret/bin/python3.13': '',
  '/secret/lib/python3.13/os.py': '',
  '/secret/lib/python3.13/homely.py': 'def f(homely): pass',
  '/secret/pth/listed.py': 'def f(listed): pass',
  '/secret/edited.py': 'def f(edited): pass',
  '/secret/linked.py': 'def f(linked): pass',
  '/usr/lib/python3.13/os.py': '',
  '/usr/lib/python3.13/standard.py': 'def f(standard): pass',
};

const WITHIN = ['near', 'installed', 'within', 'own'];
const OUTSIDE = ['homely', 'listed', 'edited', 'linked', 'folder.linked'];

describe('a workspace without trust', () => {
  let client: TestClient;
  let files: MemoryFiles;

  const start = async (trusted?: boolean): Promise<void> => {
    files = new MemoryFiles(TREE);
    files.link('/ws/linked.py', '/secret/linked.py');
    files.link('/ws/folder', '/secret');
    client = await TestClient.start({
      workspaceFolders: ['file:///ws'],
      initializationOptions: trusted === undefined ? {} : { trusted },
      platform: {
        files,
        machine: { system: 'posix', variable: () => undefined, home: undefined },
        bundled: () => Promise.resolve(NO_BUNDLED),
      },
    });
  };
  afterEach(() => client.stop());

  const found = async (module: string): Promise<boolean> => {
    const call = `${module}.f`;
    const uri = await client.open(`import ${module}\n${call}(`, `file:///ws/main_${module}.py`);
    const position = { line: 1, character: call.length + 1 };
    const help = await client.connection.sendRequest(SignatureHelpRequest.type, {
      textDocument: { uri },
      position,
    });
    return help?.signatures[0]?.label === `f(${module.slice(module.lastIndexOf('.') + 1)})`;
  };
  const foundOf = async (modules: readonly string[]): Promise<string[]> => {
    const names: string[] = [];
    for (const module of modules) if (await found(module)) names.push(module);
    return names;
  };

  it('reads what is in it and the library of a Python that is installed, and nothing else', async () => {
    await start(false);
    assert.deepEqual(await foundOf([...WITHIN, 'standard', ...OUTSIDE]), [...WITHIN, 'standard']);
    assert.deepEqual(
      files.log.filter(entry => entry.includes('/secret') || entry.startsWith('read /ws/linked')),
      [],
    );
  });

  it('follows links, .pth files and home once it is trusted', async () => {
    await start(false);
    assert.equal(await found('linked'), false);
    await client.connection.sendNotification(trustedNotification);
    assert.deepEqual(await foundOf([...WITHIN, ...OUTSIDE]), [...WITHIN, ...OUTSIDE]);
  });

  it('is trusted where the client says nothing', async () => {
    await start();
    assert.deepEqual(await foundOf(OUTSIDE), OUTSIDE);
  });
});
