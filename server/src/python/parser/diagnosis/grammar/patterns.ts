// The grammar of patterns. See ../notation.ts for how it is written.
// CPython: Grammar/python.gram.
import * as messages from '../../messages.ts';

export const PATTERNS = `
patterns:
  open_sequence_pattern
  pattern
pattern:
  as_pattern
  or_pattern
as_pattern:
  or_pattern 'as' pattern_capture_target -> MatchAs
  invalid_as_pattern
invalid_as_pattern:
  or_pattern 'as' a="_" -> at a: ${messages.PATTERN_WILDCARD_TARGET}
  ?wordsPatternTarget or_pattern 'as' a=expression -> at a: ${messages.cannotUseAsPattern('%s')}
  ?!wordsPatternTarget or_pattern 'as' !NAME a=expression -> at a: ${messages.PATTERN_TARGET}
or_pattern:
  '|'.closed_pattern+
closed_pattern memo:
  literal_pattern
  capture_pattern
  wildcard_pattern
  value_pattern
  group_pattern
  sequence_pattern
  mapping_pattern
  class_pattern
literal_pattern:
  signed_number !('+' | '-')
  complex_number
  strings
  'None' -> Constant
  'True' -> Constant
  'False' -> Constant
literal_expr:
  signed_number !('+' | '-')
  complex_number
  strings
  'None' -> Constant
  'True' -> Constant
  'False' -> Constant
complex_number:
  signed_real_number '+' imaginary_number -> BinOp
  signed_real_number '-' imaginary_number -> BinOp
signed_number:
  number
  ?plusPatterns '+' a=number
  '-' number -> UnaryOp
signed_real_number:
  real_number
  ?plusPatterns '+' a=real_number
  '-' real_number -> UnaryOp
real_number:
  number -> call real
imaginary_number:
  number -> call imaginary
capture_pattern:
  pattern_capture_target
pattern_capture_target:
  !"_" NAME !('.' | '(' | '=') -> Name
wildcard_pattern:
  "_" -> Name
value_pattern:
  attr !('.' | '(' | '=')
attr:
  NAME ('.' NAME)+ -> Attribute
name_or_attr:
  attr
  NAME -> Name
group_pattern:
  '(' a=pattern ')'
sequence_pattern:
  '[' maybe_sequence_pattern? ']' -> MatchSequence
  '(' open_sequence_pattern? ')' -> MatchSequence
open_sequence_pattern:
  maybe_star_pattern ',' maybe_sequence_pattern?
maybe_sequence_pattern:
  ','.maybe_star_pattern+ ','?
maybe_star_pattern:
  star_pattern
  pattern
star_pattern memo:
  '*' pattern_capture_target
  '*' wildcard_pattern
mapping_pattern:
  '{' '}' -> MatchMapping
  '{' double_star_pattern ','? '}' -> MatchMapping
  '{' items_pattern ',' double_star_pattern ','? '}' -> MatchMapping
  '{' items_pattern ','? '}' -> MatchMapping
  ?wordsClauses invalid_mapping_pattern
invalid_mapping_pattern:
  '{' (items_pattern ',')? a=double_star_pattern ',' items_pattern ','? '}' -> at a: ${messages.REST_NOT_LAST}
items_pattern:
  ','.key_value_pattern+
key_value_pattern:
  (literal_expr | attr) ':' pattern
double_star_pattern:
  '**' a=pattern_capture_target
class_pattern:
  name_or_attr '(' ')' -> MatchClass
  name_or_attr '(' positional_patterns ','? ')' -> MatchClass
  name_or_attr '(' keyword_patterns ','? ')' -> MatchClass
  name_or_attr '(' positional_patterns ',' keyword_patterns ','? ')' -> MatchClass
  invalid_class_pattern
invalid_class_pattern:
  name_or_attr '(' a=invalid_class_argument_pattern -> range a a: ${messages.PATTERN_ORDER}
invalid_class_argument_pattern:
  [positional_patterns ','] keyword_patterns ',' a=positional_patterns
positional_patterns:
  ','.pattern+
keyword_patterns:
  ','.keyword_pattern+
keyword_pattern:
  NAME '=' pattern
`;
