// The settings `colens.*`: read from whatever a client sends, each value checked, the default where it makes no sense.
import { defaultSettings, type Settings, type Switch } from './protocol.ts';

/** The settings in an object such as `workspace/configuration` answers; never throws, whatever it is given. */
export function readSettings(value: unknown): Settings {
  const {
    target,
    pythonPath,
    searchPaths,
    hover,
    codeLens,
    signatureHelp,
    diagnostics,
    callDiagnostics,
    inlayHints,
  } = defaultSettings;
  return {
    target: readString(member(value, 'target'), target),
    pythonPath: readString(member(value, 'pythonPath'), pythonPath),
    searchPaths: readStrings(member(value, 'searchPaths'), searchPaths),
    hover: {
      enabled: readBoolean(member(value, 'hover', 'enabled'), hover.enabled),
      details: readBoolean(member(value, 'hover', 'details'), hover.details),
    },
    codeLens: {
      enabled: readBoolean(member(value, 'codeLens', 'enabled'), codeLens.enabled),
      lambdas: readBoolean(member(value, 'codeLens', 'lambdas'), codeLens.lambdas),
      showAllFlags: readBoolean(member(value, 'codeLens', 'showAllFlags'), codeLens.showAllFlags),
    },
    signatureHelp: readSwitch(member(value, 'signatureHelp'), signatureHelp),
    diagnostics: readSwitch(member(value, 'diagnostics'), diagnostics),
    callDiagnostics: readBoolean(member(value, 'callDiagnostics'), callDiagnostics),
    inlayHints: {
      parameterNames: readBoolean(member(value, 'inlayHints', 'parameterNames'), inlayHints.parameterNames),
    },
  };
}

/** What the Python extension's section says about the interpreter; `python` and the like name no place. */
export function defaultInterpreter(value: unknown): string {
  return readString(member(value, 'defaultInterpreterPath'), '');
}

/** `value[path[0]][path[1]]…`, also where the path is one key with dots; undefined where there is nothing. */
function member(value: unknown, ...path: string[]): unknown {
  const own = (object: unknown, key: string): unknown =>
    typeof object === 'object' && object !== null && Object.hasOwn(object, key)
      ? (object as Record<string, unknown>)[key]
      : undefined;
  return own(value, path.join('.')) ?? path.reduce(own, value);
}

const readString = (value: unknown, otherwise: string): string =>
  typeof value === 'string' ? value : otherwise;

const readStrings = (value: unknown, otherwise: string[]): string[] =>
  Array.isArray(value) ? value.filter(item => typeof item === 'string') : otherwise;

const readBoolean = (value: unknown, otherwise: boolean): boolean =>
  typeof value === 'boolean' ? value : otherwise;

const readSwitch = (value: unknown, otherwise: Switch): Switch =>
  value === 'auto' || value === 'on' || value === 'off' ? value : otherwise;
