// Every refusal of inspect's, and of calls and classes, in CPython's words.
// CPython: Lib/inspect.py; Python/ceval.c, missing_arguments(), too_many_positional(); Objects/typeobject.c, pmerge().

const plural = (count: number): string => (count === 1 ? '' : 's');

/** repr() of a name: an identifier holds no quote and nothing unprintable. */
const quoted = (name: string): string => `'${name}'`;

/** `'a'`, `'a' and 'b'`, `'a', 'b', and 'c'`; the last comma is the interpreter's, and not getcallargs()'. */
function listed(names: readonly string[], lastComma: boolean): string {
  const texts = names.map(quoted);
  const [last] = texts.slice(-1);
  if (texts.length === 1) return last;
  return `${texts.slice(0, -1).join(', ')}${lastComma && texts.length > 2 ? ',' : ''} and ${last}`;
}

export const Messages = {
  // Parameter and Signature: ValueError.
  defaultNotAllowed: (kind: string) => `${kind} parameters cannot have default values`,
  implicitKind: (kind: string) =>
    `implicit arguments must be passed as positional or keyword arguments, not ${kind}`,
  invalidName: (name: string) => `${quoted(name)} is not a valid parameter name`,
  wrongOrder: (before: string, kind: string) =>
    `wrong parameter order: ${before} parameter before ${kind} parameter`,
  nonDefaultAfterDefault: 'non-default argument follows default argument',
  duplicateName: (name: string) => `duplicate parameter name: ${quoted(name)}`,
  moreThanOne: (kind: string) => `more than one ${kind} parameter`,
  noBoundParameter: 'invalid method signature',
  wrapperLoop: (repr: string) => `wrapper loop when unwrapping ${repr}`,

  // Signature.bind(): TypeError.
  tooManyPositional: 'too many positional arguments',
  multipleValues: (name: string) => `multiple values for argument ${quoted(name)}`,
  missingRequired: (name: string, keywordOnly: boolean) =>
    `missing a required${keywordOnly ? ' keyword-only' : ''} argument: ${quoted(name)}`,
  missingPositionalOnly: (name: string) => `missing a required positional-only argument: ${quoted(name)}`,
  positionalOnlyAsKeyword: (name: string) =>
    `${quoted(name)} parameter is positional only, but was passed as a keyword`,
  positionalOnlyAsKeywords: (names: readonly string[]) =>
    `got some positional-only arguments passed as keyword arguments: ${quoted(names.join(', '))}`,
  unexpectedKeyword: (name: string) => `got an unexpected keyword argument ${quoted(name)}`,

  // Calls and getcallargs(): TypeError.
  didYouMean: (name: string) => `. Did you mean ${quoted(name)}?`,
  takesNoArguments: (name: string) => `${name}() takes no arguments`,
  callMultipleValues: (name: string) => `got multiple values for argument ${quoted(name)}`,
  callMissing: (names: readonly string[], positional: boolean, lastComma: boolean) =>
    `missing ${names.length} required ${positional ? 'positional' : 'keyword-only'} argument${plural(names.length)}: ` +
    listed(names, lastComma),
  callTooMany: (least: number, most: number, given: number, keywordOnly: number) => {
    const range = least === most ? String(most) : `from ${least} to ${most}`;
    const takes = `takes ${range} positional argument${least === most ? plural(most) : 's'}`;
    const also =
      keywordOnly > 0
        ? ` positional argument${plural(given)} (and ${keywordOnly} keyword-only argument${plural(keywordOnly)})`
        : '';
    return `${takes} but ${given}${also} ${given === 1 && keywordOnly === 0 ? 'was' : 'were'} given`;
  },

  // Calls of builtins: TypeError.
  builtinTakesNoKeywords: (name: string) => `${name}() takes no keyword arguments`,
  builtinTakesNone: (name: string, given: number) => `${name}() takes no arguments (${given} given)`,
  builtinTakesOne: (name: string, given: number) => `${name}() takes exactly one argument (${given} given)`,
  builtinExpects: (name: string, least: number, most: number, given: number) => {
    const limit = given < least ? least : most;
    const range = least === most ? '' : given < least ? 'at least ' : 'at most ';
    return `${name} expected ${range}${limit} argument${plural(limit)}, got ${given}`;
  },

  // Classes: TypeError.
  inconsistentMro: (names: readonly string[], lineBreak: string) =>
    `Cannot create a consistent method resolution${lineBreak}order (MRO) for bases ${names.join(', ')}`,
  duplicateBase: (name: string) => `duplicate base class ${name}`,
} as const;
