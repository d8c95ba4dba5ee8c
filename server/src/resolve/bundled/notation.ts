// Texts of the bundled table: signatures and types as server/tools/signatures writes them.
import { type Parameter, ParameterKind } from '../../python/inspect/parameter.ts';
import type { Signature } from '../../python/inspect/signature.ts';
import type { BundledType, ResultType } from './library.ts';

const ESCAPED: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', s: ';', e: '=' };

/** A field's text. */
export function readText(field: string): string {
  if (!field.includes('\\')) return field;
  return field.replace(/\\(?:u([0-9a-f]{4})|(.))/g, (_, code: string | undefined, character: string) =>
    code ? String.fromCharCode(parseInt(code, 16)) : (ESCAPED[character] ?? character),
  );
}

/** `self;/;sep=None;*args;*;key:int=1;->str` */
export function readSignature(text: string): Signature {
  const parameters: Parameter[] = [];
  let returnAnnotation: string | undefined;
  let kind = ParameterKind.POSITIONAL_OR_KEYWORD;
  for (const part of text === '' ? [] : text.split(';')) {
    if (part === '/') {
      for (let i = 0; i < parameters.length; i++) {
        parameters[i] = { ...parameters[i], kind: ParameterKind.POSITIONAL_ONLY };
      }
    } else if (part === '*') kind = ParameterKind.KEYWORD_ONLY;
    else if (part.startsWith('->')) returnAnnotation = readText(part.slice(2));
    else if (part.startsWith('**')) parameters.push(readParameter(part.slice(2), ParameterKind.VAR_KEYWORD));
    else if (part.startsWith('*')) {
      parameters.push(readParameter(part.slice(1), ParameterKind.VAR_POSITIONAL));
      kind = ParameterKind.KEYWORD_ONLY;
    } else parameters.push(readParameter(part, kind));
  }
  if (returnAnnotation === undefined) return { parameters };
  return { parameters, returnAnnotation, returnStringAnnotation: stringValue(returnAnnotation) };
}

/** `name:annotation=default` */
function readParameter(text: string, kind: ParameterKind): Parameter {
  const equals = text.indexOf('=');
  const head = equals < 0 ? text : text.slice(0, equals);
  const colon = head.indexOf(':');
  const parameter = {
    name: colon < 0 ? head : head.slice(0, colon),
    kind,
    default: equals < 0 ? undefined : readText(text.slice(equals + 1)),
  };
  if (colon < 0) return parameter;
  const annotation = readText(head.slice(colon + 1));
  return { ...parameter, annotation, stringAnnotation: stringValue(annotation) };
}

/** The value of an annotation that is a str: formatannotation() gives its repr(). */
function stringValue(annotation: string): string | undefined {
  const quote = annotation[0];
  if (quote !== "'" && quote !== '"') return undefined;
  return annotation.slice(1, -1).replace(/\\(.)/g, (_, character: string) => ESCAPED[character] ?? character);
}

/** `dict[str,$0|int]|NoneType`: names without a dot are of builtins. */
export function readTypes(text: string): ResultType {
  return text === '' ? [] : splitOutside(text, '|').map(readType);
}

function readType(text: string): BundledType {
  const index = Number(text.slice(1));
  switch (text[0]) {
    case '$':
      return { type: 'item', index };
    case '@':
      return { type: 'argument', index };
    case '%':
      return { type: 'returned', index };
    case '~':
      return { type: 'text', index };
    case '^':
      return { type: 'self' };
  }
  const bracket = text.indexOf('[');
  if (bracket < 0) return { type: 'instance', name: qualify(text), args: [] };
  const name = qualify(text.slice(0, bracket));
  const args = splitOutside(text.slice(bracket + 1, -1), ',');
  const variadic = args.at(-1) === '...';
  if (variadic) args.pop();
  // A question mark is what is not known.
  const types = args.map(arg => (arg === '?' ? [] : readTypes(arg)));
  return variadic
    ? { type: 'instance', name, args: types, variadic }
    : { type: 'instance', name, args: types };
}

/** A class's qualified name. */
export const qualify = (name: string): string => (name.includes('.') ? name : `builtins.${name}`);

/** The parts of a text between separators that are in no brackets. */
function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '[') depth++;
    else if (character === ']') depth--;
    else if (character === separator && depth === 0) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}
