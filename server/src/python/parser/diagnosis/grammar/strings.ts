// The grammar of strings: as tokens that the parser takes apart, and with fields that are tokens (PEP 701, PEP 750).
// CPython: Grammar/python.gram.
import * as messages from '../../messages.ts';

/** A replacement field and what is wrong with it, for f-strings and t-strings. */
const field = (letter: 'f' | 't', name: string): string => `
invalid_${letter}string_replacement_field:
  '{' a='=' -> at a: ${messages.fieldNeedsExpression(letter, '=')}
  '{' a='!' -> at a: ${messages.fieldNeedsExpression(letter, '!')}
  '{' a=':' -> at a: ${messages.fieldNeedsExpression(letter, ':')}
  '{' a='}' -> at a: ${messages.fieldNeedsExpression(letter, '}')}
  '{' !annotated_rhs -> next: ${messages.fieldExpression(letter)}
  '{' annotated_rhs !('=' | '!' | ':' | '}') -> next: ${messages.fieldExpecting(letter, "'=', or '!', or ':', or '}'")}
  '{' annotated_rhs '=' !('!' | ':' | '}') -> next: ${messages.fieldExpecting(letter, "'!', or ':', or '}'")}
  '{' annotated_rhs '='? invalid_${letter}string_conversion_character
  '{' annotated_rhs '='? ['!' NAME] !(':' | '}') -> next: ${messages.fieldExpecting(letter, "':' or '}'")}
  '{' annotated_rhs '='? ['!' NAME] ':' fstring_format_spec* !'}' -> next: ${messages.fieldExpecting(letter, "'}', or format specs")}
  '{' annotated_rhs '='? ['!' NAME] !'}' -> next: ${messages.fieldExpecting(letter, "'}'")}
invalid_${letter}string_conversion_character:
  '!' &(':' | '}') -> next: ${messages.missingConversion(letter)}
  '!' !NAME -> next: ${messages.invalidConversion(letter)}
${name}:
  '{' annotated_rhs d='='? b=[fstring_conversion] [${letter}string_full_format_spec] '}' -> call field
  invalid_${letter}string_replacement_field
`;

export const STRINGS = `
strings memo:
  ?!fstringTokens STRING+ -> call literal
  ?templateStrings invalid_string_tstring_concat
  ?fstringTokens (fstring | string)+ -> call literal
  ?templateStrings tstring+ -> call literal
string:
  STRING -> Constant
fstring:
  FSTRING_START fstring_middle* FSTRING_END -> JoinedStr
fstring_middle:
  fstring_replacement_field
  FSTRING_MIDDLE
fstring_conversion:
  '!' NAME -> call conversion
fstring_full_format_spec:
  ':' fstring_format_spec*
fstring_format_spec:
  FSTRING_MIDDLE -> call literal
  fstring_replacement_field
${field('f', 'fstring_replacement_field')}
tstring memo:
  TSTRING_START tstring_middle* TSTRING_END -> TemplateStr
tstring_middle:
  tstring_replacement_field
  TSTRING_MIDDLE
tstring_full_format_spec:
  ':' tstring_format_spec*
tstring_format_spec:
  TSTRING_MIDDLE -> call literal
  tstring_replacement_field
${field('t', 'tstring_replacement_field')}
invalid_string_tstring_concat:
  a=(fstring | string)+ b=tstring -> call mixedTemplate
  a=tstring+ b=(fstring | string) -> call mixedTemplate
`;
