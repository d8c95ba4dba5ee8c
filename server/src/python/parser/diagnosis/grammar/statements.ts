// The grammar of simple statements, and of files. See ../notation.ts for how it is written.
// CPython: Grammar/python.gram.
import * as messages from '../../messages.ts';

export const STATEMENTS = `
file:
  [statements] ENDMARKER
field:
  star_expressions
statements:
  statement+
statement:
  compound_stmt
  simple_stmts
simple_stmts:
  simple_stmt !';' NEWLINE
  ';'.simple_stmt+ [';'] NEWLINE
simple_stmt memo:
  assignment
  ?typeParameters &"type" type_alias
  ?lazyImports &('import' | 'from' | "lazy") import_stmt
  star_expressions
  &'return' return_stmt
  ?!lazyImports &('import' | 'from') import_stmt
  &'raise' raise_stmt
  &'pass' pass_stmt
  &'del' del_stmt
  &'yield' yield_expr
  &'assert' assert_stmt
  &'break' break_stmt
  &'continue' continue_stmt
  &'global' global_stmt
  &'nonlocal' nonlocal_stmt
pass_stmt:
  'pass'
break_stmt:
  'break'
continue_stmt:
  'continue'
return_stmt:
  'return' [star_expressions]
global_stmt:
  'global' ','.NAME+
nonlocal_stmt:
  'nonlocal' ','.NAME+

assignment:
  NAME ':' expression ['=' annotated_rhs]
  ('(' single_target ')' | single_subscript_attribute_target) ':' expression ['=' annotated_rhs]
  (star_targets '=')+ annotated_rhs !'='
  single_target augassign ~ annotated_rhs
  invalid_assignment
augassign:
  ('+=' | '-=' | '*=' | '@=' | '/=' | '%=' | '&=' | '|=' | '^=' | '<<=' | '>>=' | '**=' | '//=')
annotated_rhs:
  yield_expr
  star_expressions
invalid_assignment:
  a=invalid_ann_assign_target ':' expression -> at a: ${messages.onlySingleTarget('%s')}
  a=star_named_expression ',' star_named_expressions* ':' expression -> at a: ${messages.onlySingleTarget('tuple')}
  a=expression ':' expression -> at a: ${messages.ILLEGAL_ANNOTATION_TARGET}
  (star_targets '=')* a=star_expressions '=' -> target assign a
  (star_targets '=')* a=yield_expr '=' -> at a: ${messages.YIELD_TARGET}
  a=star_expressions augassign annotated_rhs -> at a: ${messages.illegalAugmented('%s')}
invalid_ann_assign_target:
  list
  tuple
  '(' a=invalid_ann_assign_target ')'

raise_stmt:
  'raise' expression 'from' expression
  ?wordsClauses invalid_raise_stmt
  'raise' expression
  'raise'
invalid_raise_stmt:
  a='raise' b='from' -> range a b: ${messages.RAISE_FROM}
  'raise' expression a='from' -> at a: ${messages.RAISE_FROM_NOTHING}

del_stmt:
  'del' del_targets &(';' | NEWLINE)
  invalid_del_stmt
invalid_del_stmt:
  'del' a=star_expressions -> target delete a

assert_stmt:
  ?wordsClauses invalid_assert_stmt
  'assert' expression [',' expression]
invalid_assert_stmt:
  'assert' a=expression '=' b=expression -> range a b: ${messages.cannotAssignHere('%s')}
  'assert' expression ',' a=expression '=' b=expression -> range a b: ${messages.cannotAssignHere('%s')}
  'assert' a=expression ':=' b=expression -> range a b: ${messages.BARE_NAMED}
  'assert' expression ',' a=expression ':=' b=expression -> range a b: ${messages.BARE_NAMED}

import_stmt memo:
  ?wordsImport invalid_import
  import_name
  import_from
import_name:
  ?lazyImports "lazy"? 'import' dotted_as_names
  ?!lazyImports 'import' dotted_as_names
import_from:
  ?lazyImports l="lazy"? 'from' ('.' | '...')* a=dotted_name 'import' import_from_targets -> call lazyFuture
  ?lazyImports "lazy"? 'from' ('.' | '...')+ 'import' import_from_targets
  ?!lazyImports 'from' ('.' | '...')* dotted_name 'import' import_from_targets
  ?!lazyImports 'from' ('.' | '...')+ 'import' import_from_targets
import_from_targets:
  '(' import_from_as_names [','] ')'
  import_from_as_names !','
  '*'
  invalid_import_from_targets
import_from_as_names:
  ','.import_from_as_name+
import_from_as_name:
  ?wordsImportTarget invalid_import_from_as_name
  NAME ['as' NAME]
dotted_as_names:
  ','.dotted_as_name+
dotted_as_name:
  ?wordsImportTarget invalid_dotted_as_name
  dotted_name ['as' NAME]
dotted_name left:
  NAME
  + '.' NAME
invalid_import:
  a='import' ','.dotted_name+ 'from' dotted_name -> from a: ${messages.IMPORT_FROM}
  'import' a=NEWLINE -> from a: ${messages.IMPORT_NAMES}
  ?lazyImports 'from' ('.' | '...')* dotted_name a="lazy" 'import' -> at a: ${messages.LAZY_AFTER_FROM}
invalid_dotted_as_name:
  dotted_name 'as' !(NAME (',' | ')' | ';' | NEWLINE)) a=expression -> at a: ${messages.importTarget('%s')}
invalid_import_from_as_name:
  NAME 'as' !(NAME (',' | ')' | ';' | NEWLINE)) a=expression -> at a: ${messages.importTarget('%s')}
invalid_import_from_targets:
  ?importCommaEndsLine import_from_as_names ',' NEWLINE -> here: ${messages.IMPORT_TRAILING_COMMA}
  ?!importCommaEndsLine import_from_as_names ',' -> here: ${messages.IMPORT_TRAILING_COMMA}
  ?wordsImport a=NEWLINE -> from a: ${messages.IMPORT_NAMES}

type_alias:
  "type" NAME [type_params] '=' expression
type_params:
  ?wordsEmptyTypeParameters invalid_type_params
  ?typeParameters '[' type_param_seq ']'
invalid_type_params:
  '[' a=']' -> from a: ${messages.TYPE_PARAMETERS_EMPTY}
type_param_seq:
  ','.type_param+ [',']
type_param memo:
  NAME [type_param_bound] [type_param_default]
  ?boundRefusedAtOnce bounded_param
  ?!boundRefusedAtOnce invalid_type_param
  '*' NAME [type_param_starred_default]
  '**' NAME [type_param_default]
invalid_type_param:
  bounded_param
bounded_param:
  '*' NAME a=':' e=expression -> call bound
  '**' NAME a=':' e=expression -> call bound
type_param_bound:
  ':' expression
type_param_default:
  ?typeParameterDefaults '=' expression
type_param_starred_default:
  ?typeParameterDefaults '=' star_expression
`;
