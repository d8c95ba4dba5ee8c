// Which other extensions for Python are at work: CoLens leaves to them what they already do.

import { extensions, workspace } from 'vscode';

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
