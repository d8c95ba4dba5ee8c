// The grammar of displays, comprehensions, calls and targets. See ../notation.ts for how it is written.
// CPython: Grammar/python.gram.
import * as messages from '../../messages.ts';

export const DISPLAYS = `
list:
  '[' a=[star_named_expressions_sequence] ']' -> List
tuple:
  '(' a=star_named_expression_sequence ',' b=[star_named_expressions_sequence] ')' -> Tuple
  '(' ')' -> Tuple
set:
  '{' star_named_expressions_sequence '}' -> Set
dict:
  '{' [double_starred_kvpairs] '}' -> Dict
  ?wordsDictEntries '{' invalid_double_starred_kvpairs '}'
double_starred_kvpairs:
  ','.double_starred_kvpair+ [',']
double_starred_kvpair:
  '**' bitwise_or
  kvpair
kvpair:
  expression ':' expression
invalid_double_starred_kvpairs:
  ?wordsUnpackingHere invalid_kvpair_unpacking [',']
  ?wordsUnpackingHere ','.double_starred_kvpair+ ',' (invalid_kvpair | invalid_kvpair_unpacking)
  ?!wordsUnpackingHere ','.double_starred_kvpair+ ',' invalid_kvpair
  ?!wordsUnpackingHere expression ':' a='*' bitwise_or -> from a: ${messages.STARRED_DICT_VALUE}
  expression a=':' &('}' | ',') -> at a: ${messages.VALUE_AFTER_KEY}
invalid_kvpair_unpacking:
  a='**' b=if_expression -> range a b: ${messages.DOUBLE_STARRED_CONDITIONAL}
  a='*' b=bitwise_or ':' expression -> range a b: ${messages.STARRED_DICT_KEY}
  a='**' b=bitwise_or ':' expression -> range a b: ${messages.UNPACKING_DICT_KEY}
  expression ':' a='*' b=bitwise_or -> range a b: ${messages.STARRED_DICT_VALUE}
  expression ':' a='**' b=bitwise_or -> range a b: ${messages.UNPACKING_DICT_VALUE}
invalid_kvpair:
  a=expression !(':') -> call keyWithoutColon
  expression ':' a='*' bitwise_or -> from a: ${messages.STARRED_DICT_VALUE}
  ?wordsUnpackingHere expression ':' a='**' bitwise_or -> from a: ${messages.UNPACKING_DICT_VALUE}
  expression a=':' &('}' | ',') -> at a: ${messages.VALUE_AFTER_KEY}
invalid_starred_expression_unpacking_sequence:
  a='**' bitwise_or -> at a: ${messages.DICT_UNPACKING_HERE}
  invalid_starred_expression_unpacking

for_if_clauses:
  for_if_clause+
for_if_clause:
  'async' 'for' star_targets 'in' ~ a=disjunction b=('if' z=disjunction)* -> call clause
  'for' star_targets 'in' ~ a=disjunction b=('if' z=disjunction)* -> call clause
  ?inRefusedAtOnce clause_without_in
  ?!inRefusedAtOnce ?wordsIn invalid_for_if_clause
  invalid_for_target
invalid_for_if_clause:
  clause_without_in
clause_without_in:
  'async'? 'for' (bitwise_or (',' bitwise_or)* [',']) !'in' -> here: ${messages.IN_EXPECTED}

listcomp:
  ?comprehensionUnpacking '[' star_named_expression for_if_clauses ']' -> ListComp
  ?!comprehensionUnpacking ?!comprehensionCuts '[' named_expression for_if_clauses ']' -> ListComp
  ?comprehensionCuts '[' named_expression ~ for_if_clauses ']' -> ListComp
  invalid_comprehension
setcomp:
  ?comprehensionUnpacking '{' star_named_expression for_if_clauses '}' -> SetComp
  ?!comprehensionUnpacking ?!comprehensionCuts '{' named_expression for_if_clauses '}' -> SetComp
  ?comprehensionCuts '{' named_expression ~ for_if_clauses '}' -> SetComp
  invalid_comprehension
genexp:
  ?comprehensionUnpacking '(' (assignment_expression | expression !':=' | starred_expression) for_if_clauses ')' -> GeneratorExp
  ?!comprehensionUnpacking ?!comprehensionCuts '(' (assignment_expression | expression !':=') for_if_clauses ')' -> GeneratorExp
  ?comprehensionCuts '(' named_expression ~ for_if_clauses ')' -> GeneratorExp
  invalid_comprehension
dictcomp:
  '{' kvpair for_if_clauses '}' -> DictComp
  ?comprehensionUnpacking '{' '**' expression for_if_clauses '}' -> DictComp
  ?!comprehensionUnpacking invalid_dict_comprehension
invalid_comprehension:
  ?comprehensionUnpacking '[' a='**' b=expression for_if_clauses -> range a b: ${messages.UNPACKING_IN_LIST}
  ?comprehensionUnpacking '(' a='**' b=expression for_if_clauses -> range a b: ${messages.UNPACKING_IN_GENERATOR}
  ?!comprehensionUnpacking ('[' | '(' | '{') a=starred_expression for_if_clauses -> at a: ${messages.UNPACKING_IN_COMPREHENSION}
  ?wordsComprehensionTarget ('[' | '{') a=star_named_expression ',' b=star_named_expressions for_if_clauses -> range a b: ${messages.COMPREHENSION_TARGET}
  ?wordsComprehensionTarget ('[' | '{') a=star_named_expression b=',' for_if_clauses -> range a b: ${messages.COMPREHENSION_TARGET}
invalid_dict_comprehension:
  '{' a='**' bitwise_or for_if_clauses '}' -> at a: ${messages.DICT_UNPACKING_IN_COMPREHENSION}

arguments memo:
  a=args [','] &')'
  invalid_arguments
args:
  ?!comprehensionCuts a=','.(starred_expression | argument !'=')+ b=[',' k=kwargs] -> call args
  ?comprehensionCuts a=','.(starred_expression | named_expression !'=')+ b=[',' k=kwargs] -> call args
  b=kwargs -> call args
argument:
  assignment_expression
  expression !':='
kwargs:
  a=','.kwarg_or_starred+ ',' b=','.kwarg_or_double_starred+ -> call both
  ','.kwarg_or_starred+
  ','.kwarg_or_double_starred+
starred_expression:
  ?wordsStarAssignment invalid_starred_expression_unpacking
  '*' a=expression -> Starred
  ?starRefusedAtOnce lone_star
  ?!starRefusedAtOnce ?wordsStars invalid_starred_expression
lone_star:
  '*' -> here: ${messages.INVALID_STAR}
invalid_starred_expression:
  lone_star
invalid_starred_expression_unpacking:
  ?wordsUnpackingHere a='*' b=if_expression -> range a b: ${messages.STARRED_CONDITIONAL}
  a='*' expression '=' b=expression -> range a b: ${messages.ASSIGN_TO_UNPACKING}
kwarg_or_starred:
  ?wordsComma invalid_kwarg
  NAME '=' expression -> Keyword
  a=starred_expression
  ?!wordsComma invalid_kwarg
kwarg_or_double_starred:
  ?wordsComma invalid_kwarg
  NAME '=' expression -> Keyword
  '**' expression -> call mapping
  ?!wordsComma invalid_kwarg
invalid_kwarg:
  ?!wordsComma !(NAME '=') a=expression '=' -> at a: ${messages.ARGUMENT_ASSIGNMENT}
  ?wordsComma a=('True' | 'False' | 'None') b='=' -> range a b: ${messages.cannotAssign('%s')}
  ?wordsComma a=NAME b='=' expression for_if_clauses -> range a b: ${messages.MAYBE_COMPARISON}
  ?wordsComma !(NAME '=') a=expression b='=' -> range a b: ${messages.ARGUMENT_ASSIGNMENT}
  ?wordsStarAssignment a='**' expression '=' b=expression -> range a b: ${messages.ASSIGN_TO_KEYWORD_UNPACKING}
invalid_arguments:
  ?unpackingFromComma ((','.(starred_expression | argument !'=')+ ',' kwargs) | kwargs) a=',' ','.(starred_expression !'=')+ -> from a: ${messages.ITERABLE_AFTER_UNPACKING}
  ?!unpackingFromComma ?unpackingAtStar ?wordsComma ((','.(starred_expression | argument !'=')+ ',' kwargs) | kwargs) ',' a='*' -> at a: ${messages.ITERABLE_AFTER_UNPACKING}
  ?!unpackingFromComma ?unpackingAtStar ?!wordsComma args ',' '*' -> here: ${messages.ITERABLE_AFTER_UNPACKING}
  ?!unpackingFromComma ?!unpackingAtStar a=args ',' '*' -> at a: ${messages.ITERABLE_AFTER_UNPACKING}
  ?wordsComma a=expression b=for_if_clauses ',' [args | expression for_if_clauses] -> range a b: ${messages.GENERATOR_PARENTHESES}
  ?!wordsComma a=expression for_if_clauses ',' [args | expression for_if_clauses] -> at a: ${messages.GENERATOR_PARENTHESES}
  ?wordsComma a=NAME b='=' expression for_if_clauses -> range a b: ${messages.MAYBE_COMPARISON}
  ?wordsMissingArgument (args ',')? a=NAME b='=' &(',' | ')') -> range a b: ${messages.EXPECTED_ARGUMENT}
  ?wordsComma a=args b=for_if_clauses -> call generatorArgument
  ?!wordsComma a=args for_if_clauses -> call generatorArgument
  ?wordsComma args ',' a=expression b=for_if_clauses -> range a b: ${messages.GENERATOR_PARENTHESES}
  ?!wordsComma args ',' a=expression for_if_clauses -> at a: ${messages.GENERATOR_PARENTHESES}
  a=args ',' args -> call positionalAfterKeyword

star_targets:
  a=star_target !','
  star_target (',' star_target)* [','] -> Tuple
star_targets_list_seq:
  ','.star_target+ [',']
star_targets_tuple_seq:
  star_target (',' star_target)+ [',']
  star_target ','
star_target memo:
  '*' (!'*' star_target)
  target_with_star_atom
target_with_star_atom memo:
  t_primary '.' NAME !t_lookahead
  t_primary '[' slices ']' !t_lookahead
  star_atom
star_atom:
  NAME
  '(' target_with_star_atom ')'
  '(' [star_targets_tuple_seq] ')'
  '[' [star_targets_list_seq] ']'
single_target:
  single_subscript_attribute_target
  NAME
  '(' single_target ')'
single_subscript_attribute_target:
  t_primary '.' NAME !t_lookahead
  t_primary '[' slices ']' !t_lookahead
t_primary left:
  atom &t_lookahead
  + '.' NAME &t_lookahead
  + '[' slices ']' &t_lookahead
  + genexp &t_lookahead
  + '(' [arguments] ')' &t_lookahead
t_lookahead:
  ('(' | '[' | '.')
del_targets:
  ','.del_target+ [',']
del_target memo:
  t_primary '.' NAME !t_lookahead
  t_primary '[' slices ']' !t_lookahead
  del_t_atom
del_t_atom:
  NAME
  '(' del_target ')'
  '(' [del_targets] ')'
  '[' [del_targets] ']'
`;
