// The grammar of compound statements. See ../notation.ts for how it is written.
// CPython: Grammar/python.gram.
import * as messages from '../../messages.ts';

const COLON = `here: ${messages.expected(':')}`;
const block = (after: string): string => `indent a: ${messages.expectedBlock(after, '%d')}`;

export const COMPOUND = `
compound_stmt:
  &('def' | '@' | 'async') function_def
  &'if' if_stmt
  &('class' | '@') class_def
  &('with' | 'async') with_stmt
  &('for' | 'async') for_stmt
  &'try' try_stmt
  &'while' while_stmt
  ?matchStatement match_stmt
block memo:
  NEWLINE INDENT statements DEDENT
  simple_stmts
  invalid_block
invalid_block:
  NEWLINE !INDENT -> indent: ${messages.EXPECTED_BLOCK}
decorators:
  ('@' named_expression NEWLINE)+

class_def:
  decorators class_def_raw
  class_def_raw
class_def_raw:
  ?wordsBlock invalid_class_def_raw
  'class' NAME [type_params] ['(' [arguments] ')'] ':' block
invalid_class_def_raw:
  'class' NAME [type_params] ['(' [arguments] ')'] NEWLINE -> ${COLON}
  a='class' NAME [type_params] ['(' [arguments] ')'] ':' NEWLINE !INDENT -> ${block('class definition')}

function_def:
  decorators function_def_raw
  function_def_raw
function_def_raw:
  ?wordsBlock invalid_def_raw
  ?!forcesDefColon 'async'? 'def' NAME '(' [params] ')' ['->' expression] ':' block
  ?forcesDefColon ?forcesInSecondPass 'async'? 'def' NAME [type_params] '(' [params] ')' ['->' expression] ':' block
  ?forcesDefColon ?!forcesInSecondPass ?wordsDefParenthesis 'async'? 'def' NAME [type_params] &&'(' [params] ')' ['->' expression] &&':' block
  ?forcesDefColon ?!forcesInSecondPass ?!wordsDefParenthesis 'async'? 'def' NAME '(' [params] ')' ['->' expression] &&':' block
invalid_def_raw:
  'async'? a='def' NAME [type_params] '(' [params] ')' ['->' expression] ':' NEWLINE !INDENT -> ${block('function definition')}
  ?forcesInSecondPass 'async'? 'def' NAME [type_params] &&'(' [params] ')' ['->' expression] &&':' block

if_stmt:
  ?wordsBlock invalid_if_stmt
  'if' named_expression ':' block elif_stmt
  'if' named_expression ':' block [else_block]
invalid_if_stmt:
  'if' named_expression NEWLINE -> ${COLON}
  a='if' named_expression ':' NEWLINE !INDENT -> ${block("'if' statement")}
elif_stmt:
  ?wordsBlock invalid_elif_stmt
  'elif' named_expression ':' block elif_stmt
  'elif' named_expression ':' block [else_block]
invalid_elif_stmt:
  'elif' named_expression NEWLINE -> ${COLON}
  a='elif' named_expression ':' NEWLINE !INDENT -> ${block("'elif' statement")}
else_block:
  ?wordsBlock invalid_else_stmt
  ?wordsColon 'else' &&':' block
  ?!wordsColon 'else' ':' block
invalid_else_stmt:
  a='else' ':' NEWLINE !INDENT -> ${block("'else' statement")}
  ?wordsElif 'else' ':' block 'elif' -> here: ${messages.ELIF_AFTER_ELSE}

while_stmt:
  ?wordsBlock invalid_while_stmt
  'while' named_expression ':' block [else_block]
invalid_while_stmt:
  'while' named_expression NEWLINE -> ${COLON}
  a='while' named_expression ':' NEWLINE !INDENT -> ${block("'while' statement")}

for_stmt:
  ?wordsBlock invalid_for_stmt
  'for' star_targets 'in' ~ star_expressions ':' block [else_block]
  'async' 'for' star_targets 'in' ~ star_expressions ':' block [else_block]
  invalid_for_target
invalid_for_stmt:
  'async'? 'for' star_targets 'in' star_expressions NEWLINE -> ${COLON}
  'async'? a='for' star_targets 'in' star_expressions ':' NEWLINE !INDENT -> ${block("'for' statement")}
invalid_for_target:
  'async'? 'for' a=star_expressions -> target for a

with_stmt:
  ?wordsBlock invalid_with_stmt_indent
  'with' '(' ','.with_item+ ','? ')' ':' block
  'with' ','.with_item+ ':' block
  'async' 'with' '(' ','.with_item+ ','? ')' ':' block
  'async' 'with' ','.with_item+ ':' block
  ?wordsColon invalid_with_stmt
with_item:
  expression 'as' star_target &(',' | ')' | ':')
  invalid_with_item
  expression
invalid_with_item:
  ?wordsBlock expression 'as' a=expression &(',' | ')' | ':') -> target assign a
  ?!wordsBlock expression 'as' a=expression -> target assign a
invalid_with_stmt_indent:
  'async'? a='with' ','.(expression ['as' star_target])+ ':' NEWLINE !INDENT -> ${block("'with' statement")}
  'async'? a='with' '(' ','.(expressions ['as' star_target])+ ','? ')' ':' NEWLINE !INDENT -> ${block("'with' statement")}
invalid_with_stmt:
  ?wordsClauses 'async'? 'with' ','.(expression ['as' star_target])+ a=',' ':' -> at a: ${messages.WITH_TRAILING_COMMA}
  'async'? 'with' ','.(expression ['as' star_target])+ NEWLINE -> ${COLON}
  'async'? 'with' '(' ','.(expressions ['as' star_target])+ ','? ')' NEWLINE -> ${COLON}

try_stmt:
  ?wordsBlock invalid_try_stmt
  ?wordsColon 'try' &&':' block finally_block
  ?wordsColon 'try' &&':' block except_block+ [else_block] [finally_block]
  ?!wordsColon 'try' ':' block finally_block
  ?!wordsColon 'try' ':' block except_block+ [else_block] [finally_block]
  ?exceptStar 'try' &&':' block except_star_block+ [else_block] [finally_block]
invalid_try_stmt:
  a='try' ':' NEWLINE !INDENT -> ${block("'try' statement")}
  'try' ':' block !('except' | 'finally') -> here: ${messages.EXPECTED_HANDLER}
  ?wordsMixedHandlers 'try' ':' block* except_block+ a='except' b='*' expression ['as' NAME] ':' -> range a b: ${messages.EXCEPT_MIXED}
  ?wordsMixedHandlers 'try' ':' block* except_star_block+ a='except' [expression ['as' NAME]] ':' -> at a: ${messages.EXCEPT_MIXED}
except_block:
  ?wordsBlock invalid_except_stmt_indent
  ?bareExceptTuple 'except' expressions ':' block
  ?bareExceptTuple 'except' expression 'as' NAME ':' block
  ?!bareExceptTuple 'except' expression ['as' NAME] ':' block
  'except' ':' block
  ?wordsExcept invalid_except_stmt
except_star_block:
  invalid_except_star_stmt_indent
  ?bareExceptTuple 'except' '*' expressions ':' block
  ?bareExceptTuple 'except' '*' expression 'as' NAME ':' block
  ?!bareExceptTuple 'except' '*' expression ['as' NAME] ':' block
  ?bareExceptTuple invalid_except_star_stmt
  ?!bareExceptTuple invalid_except_stmt
finally_block:
  ?wordsBlock invalid_finally_stmt
  ?wordsColon 'finally' &&':' block
  ?!wordsColon 'finally' ':' block
invalid_except_stmt:
  ?bareExceptTuple 'except' a=expression ',' expressions 'as' NAME ':' -> from a: ${messages.EXCEPT_PARENTHESES_AS}
  ?bareExceptTuple 'except' expression ['as' NAME] NEWLINE -> ${COLON}
  ?!bareExceptTuple ?exceptStar 'except' '*'? a=expression ',' expressions ['as' NAME] ':' -> from a: ${messages.EXCEPT_PARENTHESES}
  ?!bareExceptTuple ?exceptStar 'except' '*'? expression ['as' NAME] NEWLINE -> ${COLON}
  ?!exceptStar 'except' a=expression ',' expressions ['as' NAME] ':' -> from a: ${messages.EXCEPT_PARENTHESES}
  ?!exceptStar 'except' expression ['as' NAME] NEWLINE -> ${COLON}
  'except' NEWLINE -> ${COLON}
  ?!bareExceptTuple ?exceptStar 'except' '*' (NEWLINE | ':') -> here: ${messages.EXCEPT_TYPES}
  ?wordsExceptTarget 'except' expression 'as' a=expression ':' block -> at a: ${messages.exceptTarget(false, '%s')}
invalid_except_star_stmt:
  'except' '*' a=expression ',' expressions 'as' NAME ':' -> from a: ${messages.EXCEPT_PARENTHESES_AS}
  'except' '*' expression ['as' NAME] NEWLINE -> ${COLON}
  'except' '*' (NEWLINE | ':') -> here: ${messages.EXCEPT_TYPES}
  'except' '*' expression 'as' a=expression ':' block -> at a: ${messages.exceptTarget(true, '%s')}
invalid_finally_stmt:
  a='finally' ':' NEWLINE !INDENT -> ${block("'finally' statement")}
invalid_except_stmt_indent:
  a='except' expression ['as' NAME] ':' NEWLINE !INDENT -> ${block("'except' statement")}
  a='except' ':' NEWLINE !INDENT -> ${block("'except' statement")}
invalid_except_star_stmt_indent:
  a='except' '*' expression ['as' NAME] ':' NEWLINE !INDENT -> ${block("'except*' statement")}

match_stmt:
  "match" subject_expr ':' NEWLINE INDENT case_block+ DEDENT
  invalid_match_stmt
subject_expr:
  star_named_expression ',' star_named_expressions?
  named_expression
case_block:
  invalid_case_block
  "case" patterns [guard] ':' block
guard:
  'if' named_expression
invalid_match_stmt:
  "match" subject_expr NEWLINE -> ${COLON}
  a="match" subject_expr ':' NEWLINE !INDENT -> ${block("'match' statement")}
  ?wordsCase a="case" patterns [guard] b=':' block -> range a b: ${messages.CASE_OUTSIDE}
invalid_case_block:
  "case" patterns [guard] NEWLINE -> ${COLON}
  a="case" patterns [guard] ':' NEWLINE !INDENT -> ${block("'case' statement")}
`;
