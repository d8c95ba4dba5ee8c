// Whether the parameters of requests are what the protocol says. Those that are not are answered with InvalidParams
// (-32602) and words that say what is missing, before anything looks into them.
import { ErrorCodes, ResponseError } from 'vscode-languageserver';
import { parseTarget, TARGETS } from '../python/versions/target.ts';
import { decodeBase64 } from './base64.ts';
import { PASSES } from '../features/passes/passText.ts';
import type { OptimizationLevel } from '../python/index.ts';
import {
  codeObjectCommand,
  type CodeObjectParams,
  type InstructionParams,
  type Pass,
  type PassTextParams,
  type Position,
  type Range,
} from './protocol.ts';

type Members = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const invalidParams = (words: string): ResponseError =>
  new ResponseError(ErrorCodes.InvalidParams, words);

/** The parameters of `initialize` as far as they are looked into. */
export function checkInitialize(params: unknown): void {
  if (!isObject(params)) throw invalidParams('the parameters must be an object');
  const { capabilities, workspaceFolders } = params;
  if (!isObject(capabilities)) throw invalidParams('capabilities must be an object');
  const isFolder = (value: unknown): boolean => isObject(value) && typeof value.uri === 'string';
  const areFolders = Array.isArray(workspaceFolders) && workspaceFolders.every(isFolder);
  if (workspaceFolders !== undefined && workspaceFolders !== null && !areFolders)
    throw invalidParams('workspaceFolders must be null or a list of objects with a uri');
}

/** The URI of the document that a request is about. */
export function documentUri(params: unknown): string {
  if (!isObject(params)) throw invalidParams('the parameters must be an object');
  const { textDocument } = params;
  if (!isObject(textDocument) || typeof textDocument.uri !== 'string')
    throw invalidParams('textDocument.uri must be a string');
  return textDocument.uri;
}

export function positionIn(params: unknown, what = 'position'): Position {
  const value = isObject(params) ? params[what.slice(what.lastIndexOf('.') + 1)] : undefined;
  const isNumber = (number: unknown): boolean => Number.isInteger(number) && Number(number) >= 0;
  if (!isObject(value) || !isNumber(value.line) || !isNumber(value.character))
    throw invalidParams(`${what} must have a line and a character, integers from 0`);
  return { line: Number(value.line), character: Number(value.character) };
}

export function rangeIn(params: unknown): Range {
  const range = isObject(params) ? params.range : undefined;
  return { start: positionIn(range, 'range.start'), end: positionIn(range, 'range.end') };
}

export function codeObjectParams(params: unknown): CodeObjectParams {
  const textDocument = { uri: documentUri(params) };
  const { position, range, qualname, target, forComparison } = params as Members;
  if (qualname !== undefined && typeof qualname !== 'string')
    throw invalidParams('qualname must be a string');
  checkTarget(target);
  if (forComparison !== undefined && typeof forComparison !== 'boolean')
    throw invalidParams('forComparison must be true or false');
  return {
    textDocument,
    ...(position !== undefined && { position: positionIn(params) }),
    ...(range !== undefined && { range: rangeIn(params) }),
    ...(qualname !== undefined && { qualname }),
    ...(target !== undefined && { target }),
    ...(forComparison !== undefined && { forComparison }),
  };
}

/** Of `workspace/executeCommand`, those of the only command. */
export function commandParams(params: unknown): CodeObjectParams {
  if (!isObject(params)) throw invalidParams('the parameters must be an object');
  const { command, arguments: args } = params;
  if (command !== codeObjectCommand) throw invalidParams(`command must be "${codeObjectCommand}"`);
  return codeObjectParams(Array.isArray(args) ? args[0] : undefined);
}

export function instructionParams(params: unknown): InstructionParams {
  const which = codeObjectParams(params);
  const { offset } = params as Members;
  if (!Number.isInteger(offset) || Number(offset) < 0)
    throw invalidParams('offset must be an integer from 0');
  return { ...which, offset: Number(offset) };
}

export function passTextParams(params: unknown): PassTextParams {
  const textDocument = { uri: documentUri(params) };
  const { pass, target } = params as Members;
  if (!isPass(pass)) throw invalidParams(`pass must be one of ${PASSES.join(', ')}`);
  checkTarget(target);
  return { textDocument, pass, ...(target !== undefined && { target }) };
}

/** A .pyc file and its source, as bytes. */
export function pycParams(params: unknown): {
  name: string;
  bytes: Uint8Array;
  source: { bytes: Uint8Array; mtime: number } | undefined;
  optimize: OptimizationLevel | undefined;
} {
  if (!isObject(params)) throw invalidParams('the parameters must be an object');
  const { name, bytes, source, optimize } = params;
  if (typeof name !== 'string') throw invalidParams('name must be a string');
  if (optimize !== undefined && optimize !== 0 && optimize !== 1 && optimize !== 2)
    throw invalidParams('optimize must be 0, 1 or 2');
  if (source !== undefined && !(isObject(source) && Number.isInteger(source.mtime)))
    throw invalidParams('source must have bytes and mtime, an integer');
  return {
    name,
    bytes: fromBase64(bytes, 'bytes'),
    source: source && { bytes: fromBase64(source.bytes, 'source.bytes'), mtime: Number(source.mtime) },
    optimize,
  };
}

function fromBase64(value: unknown, what: string): Uint8Array {
  const bytes = typeof value === 'string' ? decodeBase64(value) : undefined;
  if (!bytes) throw invalidParams(`${what} must be base64`);
  return bytes;
}

const isPass = (value: unknown): value is Pass => (PASSES as readonly unknown[]).includes(value);

function checkTarget(target: unknown): asserts target is string | undefined {
  if (target === undefined || isVersion(target)) return;
  const [first, last] = [TARGETS[0], TARGETS[TARGETS.length - 1]];
  throw invalidParams(`target must be a version, "${first.series}" to "${last.series}"`);
}

const isVersion = (value: unknown): value is string =>
  typeof value === 'string' && parseTarget(value) !== undefined;
