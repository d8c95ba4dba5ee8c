// The grammar of CPython's parser before PEP 617, which read a token ahead and never went back. What is wrong beyond it
// was found when the tree was made of what it had read. See ../notation.ts for how it is written.
// CPython 3.8: Grammar/Grammar.

export const LL1 = `
file:
  (NEWLINE | statement)* ENDMARKER
field:
  testlist
statement:
  simple_stmt
  compound_stmt
simple_stmt:
  ';'.small_stmt+ [';'] NEWLINE
small_stmt:
  expr_stmt
  del_stmt
  'pass'
  flow_stmt
  import_stmt
  global_stmt
  nonlocal_stmt
  assert_stmt
expr_stmt:
  testlist_star_expr annassign
  testlist_star_expr augassign (yield_expr | testlist)
  testlist_star_expr ('=' (yield_expr | testlist_star_expr))*
annassign:
  ':' test ['=' (yield_expr | testlist_star_expr)]
testlist_star_expr:
  ','.test_or_star_expr+ [',']
test_or_star_expr flat:
  (test | star_expr)
augassign:
  ('+=' | '-=' | '*=' | '@=' | '/=' | '%=' | '&=' | '|=' | '^=' | '<<=' | '>>=' | '**=' | '//=')
del_stmt:
  'del' exprlist
flow_stmt:
  ('break' | 'continue')
  return_stmt
  raise_stmt
  yield_stmt
return_stmt:
  'return' [testlist_star_expr]
raise_stmt:
  'raise' [test ['from' test]]
yield_stmt:
  yield_expr
import_stmt:
  'import' ','.dotted_as_name+
  'from' (('.' | '...')* dotted_name | ('.' | '...')+) 'import' ('*' | '(' import_as_names ')' | import_as_names)
import_as_name:
  NAME ['as' NAME]
dotted_as_name:
  dotted_name ['as' NAME]
import_as_names:
  ','.import_as_name+ [',']
dotted_name:
  NAME ('.' NAME)*
global_stmt:
  'global' ','.NAME+
nonlocal_stmt:
  'nonlocal' ','.NAME+
assert_stmt:
  'assert' test [',' test]

compound_stmt:
  if_stmt
  while_stmt
  for_stmt
  try_stmt
  with_stmt
  funcdef
  classdef
  decorated
  async_stmt
async_stmt:
  'async' (funcdef | with_stmt | for_stmt)
if_stmt:
  'if' namedexpr_test ':' suite ('elif' namedexpr_test ':' suite)* ['else' ':' suite]
while_stmt:
  'while' namedexpr_test ':' suite ['else' ':' suite]
for_stmt:
  'for' exprlist 'in' testlist ':' suite ['else' ':' suite]
try_stmt:
  'try' ':' suite handlers
handlers flat:
  (except_clause ':' suite)+ ['else' ':' suite] ['finally' ':' suite]
  'finally' ':' suite
with_stmt:
  'with' ','.with_item+ ':' suite
with_item:
  test ['as' expr]
except_clause:
  'except' [test ['as' NAME]]
suite memo:
  simple_stmt
  NEWLINE INDENT statement+ DEDENT
decorated:
  decorators (classdef | funcdef | async_funcdef)
async_funcdef:
  'async' funcdef
decorators:
  decorator+
decorator:
  '@' dotted_name ['(' [arglist] ')'] NEWLINE
funcdef:
  'def' NAME parameters ['->' test] ':' suite
classdef:
  'class' NAME ['(' [arglist] ')'] ':' suite

parameters:
  '(' [typedargslist] ')'
typedargslist:
  typedargs ',' '/' [',' [typedrest]]
  typedrest
typedrest flat:
  typedargs [',' [typedstars]]
  typedstars
typedargs flat:
  ','.typedarg+
typedarg flat:
  tfpdef ['=' test]
typedstars flat:
  '*' [tfpdef] (',' typedarg)* [',' ['**' tfpdef [',']]]
  '**' tfpdef [',']
tfpdef:
  NAME [':' test]
varargslist:
  varargs ',' '/' [',' [varrest]]
  varrest
varrest flat:
  varargs [',' [varstars]]
  varstars
varargs flat:
  ','.vararg+
vararg flat:
  NAME ['=' test]
varstars flat:
  '*' [NAME] (',' vararg)* [',' ['**' NAME [',']]]
  '**' NAME [',']

namedexpr_test:
  test [':=' test]
test:
  or_test ['if' or_test 'else' test]
  lambdef
test_nocond:
  or_test
  lambdef_nocond
lambdef:
  'lambda' [varargslist] ':' test
lambdef_nocond:
  'lambda' [varargslist] ':' test_nocond
or_test:
  'or'.and_test+
and_test:
  'and'.not_test+
not_test:
  'not' not_test
  comparison
comparison:
  expr (comp_op expr)*
comp_op:
  ('<' | '>' | '==' | '>=' | '<=' | 'in' | unequal)
  'not' 'in'
  'is' 'not'
  'is'
unequal flat:
  '!=' -> call notEqual
star_expr:
  '*' expr
expr:
  '|'.xor_expr+
xor_expr:
  '^'.and_expr+
and_expr:
  '&'.shift_expr+
shift_expr:
  arith_expr (('<<' | '>>') arith_expr)*
arith_expr:
  term (('+' | '-') term)*
term:
  factor (('*' | '@' | '/' | '%' | '//') factor)*
factor:
  ('+' | '-' | '~') factor
  power
power:
  atom_expr ['**' factor]
atom_expr:
  ['await'] atom trailer*
atom:
  '(' [yield_expr | testlist_comp] ')'
  '[' [testlist_comp] ']'
  '{' [dictorsetmaker] '}'
  (NAME | NUMBER | '...' | 'None' | 'True' | 'False')
  STRING+
testlist_comp:
  namedexpr_or_star comp_for
  ','.namedexpr_or_star+ [',']
namedexpr_or_star flat:
  (namedexpr_test | star_expr)
trailer:
  '(' [arglist] ')'
  '[' subscriptlist ']'
  '.' NAME
subscriptlist:
  ','.subscript+ [',']
subscript:
  [test] ':' [test] [sliceop]
  test
sliceop:
  ':' [test]
exprlist:
  ','.expr_or_star+ [',']
expr_or_star flat:
  (expr | star_expr)
testlist:
  ','.test+ [',']
dictorsetmaker:
  entry comp_for
  ','.entry+ [',']
  test_or_star_expr comp_for
  ','.test_or_star_expr+ [',']
entry flat:
  test ':' test
  '**' expr
arglist:
  ','.argument+ [',']
argument:
  test ':=' test
  test '=' test
  test [comp_for]
  '**' test
  '*' test
comp_for:
  ['async'] sync_comp_for
sync_comp_for:
  'for' exprlist 'in' or_test [comp_iter]
comp_iter:
  comp_for
  comp_if
comp_if:
  'if' test_nocond [comp_iter]
yield_expr:
  'yield' [yield_arg]
yield_arg:
  ('from' test | testlist_star_expr)
`;
