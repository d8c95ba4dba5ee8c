// Which other extensions for Python are at work: CoLens leaves to them what they already do.

import { extensions, workspace, type Disposable, type Event } from 'vscode';

/** Extensions that report the syntax errors of Python whenever they are enabled. */
const REPORT_SYNTAX_ERRORS = [
  'ms-pyright.pyright',
  'detachhead.basedpyright',
  'anysphere.cursorpyright',
  'charliermarsh.ruff',
  'astral-sh.ty',
  'meta.pyrefly',
];

/** Whether another enabled extension already reports syntax errors of Python. */
export function pythonErrorsAreReported(): boolean {
  if (REPORT_SYNTAX_ERRORS.some(id => extensions.getExtension(id))) return true;
  // Microsoft's extension brings Jedi with it and runs Pylance if that is there, unless told to run neither.
  return (
    extensions.getExtension('ms-python.python') !== undefined &&
    workspace.getConfiguration('python').get('languageServer') !== 'None'
  );
}

/** What is used of Microsoft's extension's interface: https://github.com/microsoft/vscode-python/wiki/Python-Environment-APIs */
interface PythonExtension {
  readonly environments?: {
    getActiveEnvironmentPath(): { readonly path: string };
    readonly onDidChangeActiveEnvironmentPath: Event<unknown>;
  };
}

const pythonExtension = () => extensions.getExtension<PythonExtension | undefined>('ms-python.python');

/** The interpreter that is selected in Microsoft's extension, if that is at work. */
export function selectedInterpreter(): string | undefined {
  const extension = pythonExtension();
  return extension?.isActive ? extension.exports?.environments?.getActiveEnvironmentPath().path : undefined;
}

/** Calls back when another interpreter is selected, and once when it is known which one is. */
export async function onInterpreterSelected(selected: () => void): Promise<Disposable | undefined> {
  // It starts with Python documents, as CoLens does.
  const environments = (await pythonExtension()?.activate())?.environments;
  if (!environments) return undefined;
  selected();
  return environments.onDidChangeActiveEnvironmentPath(selected);
}
