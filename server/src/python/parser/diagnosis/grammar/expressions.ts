// The grammar of expressions, from lists of them down to what operators combine. See ../notation.ts.
// CPython: Grammar/python.gram.
import * as messages from '../../messages.ts';

export const EXPRESSIONS = `
expressions:
  a=expression b=(',' c=expression)+ [','] -> Tuple
  a=expression ',' -> Tuple
  expression
expression memo:
  ?wordsPartOfConditional invalid_if_expression
  ?wordsComma invalid_expression
  ?wordsComma invalid_legacy_expression
  ?wordsPartOfConditional if_expression
  ?!wordsPartOfConditional disjunction 'if' disjunction 'else' expression -> IfExp
  disjunction
  lambdef
if_expression:
  disjunction 'if' disjunction 'else' expression -> IfExp
expression_without_invalid:
  disjunction 'if' disjunction 'else' expression -> IfExp
  disjunction
  lambdef
invalid_if_expression:
  disjunction 'if' disjunction 'else' a='*' -> at a: ${messages.PART_OF_CONDITIONAL}
  disjunction 'if' disjunction 'else' a='**' -> at a: ${messages.DICT_PART_OF_CONDITIONAL}
invalid_expression:
  ?wordsString STRING a=(!STRING expression_without_invalid)+ STRING -> range a a: ${messages.PART_OF_STRING}
  !(NAME STRING | SOFT_KEYWORD) a=disjunction b=expression_without_invalid -> call missingComma
  a=disjunction 'if' b=disjunction !('else' | ':') -> range a b: ${messages.EXPECTED_ELSE}
  ?wordsStatement disjunction 'if' disjunction 'else' !expression -> next: ${messages.STATEMENT_AFTER_ELSE}
  ?wordsStatement a=(pass_stmt | break_stmt | continue_stmt) 'if' disjunction 'else' simple_stmt -> at a: ${messages.STATEMENT_BEFORE_IF}
  ?fstringTokens a='lambda' [lambda_params] b=':' &FSTRING_MIDDLE -> range a b: ${messages.fieldLambda('f')}
  ?templateStrings a='lambda' [lambda_params] b=':' &TSTRING_MIDDLE -> range a b: ${messages.fieldLambda('t')}
invalid_legacy_expression:
  a=NAME !'(' b=star_expressions -> call legacy

yield_expr:
  'yield' 'from' expression -> YieldFrom
  'yield' [star_expressions] -> Yield
star_expressions:
  a=star_expression b=(',' c=star_expression)+ [','] -> Tuple
  a=star_expression ',' -> Tuple
  star_expression
star_expression memo:
  '*' a=bitwise_or -> Starred
  expression
star_named_expressions:
  ','.star_named_expression+ [',']
star_named_expression:
  '*' a=bitwise_or -> Starred
  named_expression
star_named_expressions_sequence:
  ','.star_named_expression_sequence+ [',']
star_named_expression_sequence:
  ?wordsUnpackingHere invalid_starred_expression_unpacking_sequence
  star_named_expression
assignment_expression:
  NAME ':=' ~ expression -> NamedExpr
named_expression:
  assignment_expression
  ?wordsComma invalid_named_expression
  expression !':='
  ?!wordsComma invalid_named_expression
invalid_named_expression memo:
  a=expression ':=' expression -> at a: ${messages.cannotName('%s')}
  ?wordsComparison a=NAME '=' b=bitwise_or !('=' | ':=') -> range a b: ${messages.MAYBE_COMPARISON}
  ?wordsComparison !(list | tuple | genexp | 'True' | 'None' | 'False') a=bitwise_or '=' bitwise_or !('=' | ':=') -> at a: ${messages.cannotAssignHere('%s')}

disjunction memo:
  conjunction ('or' conjunction)+ -> BoolOp
  conjunction
conjunction memo:
  inversion ('and' inversion)+ -> BoolOp
  inversion
inversion memo:
  'not' inversion -> UnaryOp
  comparison
comparison:
  a=bitwise_or b=compare_op_bitwise_or_pair+ -> Compare
  bitwise_or
compare_op_bitwise_or_pair:
  ('==' | '<=' | '<' | '>=' | '>') bitwise_or
  unequal bitwise_or
  'not' 'in' bitwise_or
  'in' bitwise_or
  'is' 'not' bitwise_or
  'is' bitwise_or
unequal:
  ?wordsNotEqual invalid_unequal
  '!=' -> call notEqual
invalid_unequal:
  '!=' -> call oldNotEqual

bitwise_or left:
  bitwise_xor
  + '|' bitwise_xor -> BinOp
bitwise_xor left:
  bitwise_and
  + '^' bitwise_and -> BinOp
bitwise_and left:
  shift_expr
  + '&' shift_expr -> BinOp
shift_expr left:
  ?wordsNot invalid_arithmetic
  sum
  + '<<' sum -> BinOp
  + '>>' sum -> BinOp
invalid_arithmetic:
  sum ('+' | '-' | '*' | '/' | '%' | '//' | '@') a='not' b=inversion -> range a b: ${messages.NOT_AFTER_OPERATOR}
sum left:
  term
  + '+' term -> BinOp
  + '-' term -> BinOp
term left:
  ?wordsNot invalid_factor
  factor
  + ('*' | '/' | '//' | '%' | '@') factor -> BinOp
invalid_factor:
  ('+' | '-' | '~') a='not' b=factor -> range a b: ${messages.NOT_AFTER_OPERATOR}
factor memo:
  ('+' | '-' | '~') factor -> UnaryOp
  power
power:
  await_primary '**' factor -> BinOp
  await_primary
await_primary memo:
  'await' primary -> Await
  primary
primary left:
  atom
  ?!wordsComma + invalid_primary
  + '.' NAME -> Attribute
  + genexp -> Call
  + '(' [arguments] ')' -> Call
  + '[' slices ']' -> Subscript
invalid_primary:
  a='{' -> at a: ${messages.INVALID_SYNTAX}
slices:
  slice !','
  ?starredSubscript a=','.(slice | starred_expression)+ [','] -> Tuple
  ?!starredSubscript a=','.slice+ [','] -> Tuple
slice:
  [expression] ':' [expression] [':' [expression]] -> Slice
  ?bareWalrusInSubscript named_expression
  ?!bareWalrusInSubscript expression

atom:
  NAME -> Name
  'True' -> Constant
  'False' -> Constant
  'None' -> Constant
  ?!fstringTokens &STRING strings
  ?fstringTokens ?!templateStrings &(STRING | FSTRING_START) strings
  ?templateStrings &(STRING | FSTRING_START | TSTRING_START) strings
  number
  ?comprehensionFirst &'(' (genexp | tuple | group)
  ?comprehensionFirst &'[' (listcomp | list)
  ?comprehensionFirst &'{' (dictcomp | setcomp | dict | set)
  ?!comprehensionFirst &'(' (tuple | group | genexp)
  ?!comprehensionFirst &'[' (list | listcomp)
  ?!comprehensionFirst &'{' (dict | set | dictcomp | setcomp)
  '...' -> Constant
number flat:
  NUMBER -> call literal
group:
  '(' a=(yield_expr | named_expression) ')'
  invalid_group
invalid_group:
  ?saysCannot '(' a=starred_expression ')' -> at a: ${messages.STARRED_HERE}
  ?!saysCannot '(' a=starred_expression ')' -> at a: ${messages.STARRED_HERE_CANT}
  ?wordsDoubleStarredGroup '(' a='**' expression ')' -> at a: ${messages.DOUBLE_STARRED_HERE}
`;
