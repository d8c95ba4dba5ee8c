// The grammar of parameters: of a def, and of a lambda, which has neither annotations nor parentheses.
// CPython: Grammar/python.gram.
import * as messages from '../../messages.ts';

/**
 * A parameter's rules, for a def and for a lambda.
 *
 * @param prefix that of the rules' names
 * @param end the token behind the last
 * @param comment what may follow in a def
 */
const rules = (prefix: string, end: string, comment: string): string => `
${prefix}parameters:
  ${prefix}slash_no_default ${prefix}param_no_default* ${prefix}param_with_default* [${prefix}star_etc]
  ${prefix}slash_with_default ${prefix}param_with_default* [${prefix}star_etc]
  ${prefix}param_no_default+ ${prefix}param_with_default* [${prefix}star_etc]
  ${prefix}param_with_default+ [${prefix}star_etc]
  ${prefix}star_etc
${prefix}slash_no_default:
  ${prefix}param_no_default+ '/' ','
  ${prefix}param_no_default+ '/' &'${end}'
${prefix}slash_with_default:
  ${prefix}param_no_default* ${prefix}param_with_default+ '/' ','
  ${prefix}param_no_default* ${prefix}param_with_default+ '/' &'${end}'
${prefix}kwds:
  ?wordsParameters invalid_${prefix}kwds
  '**' ${prefix}param_no_default
${prefix}param_no_default:
  a=${prefix}param ','${comment}
  a=${prefix}param${comment} &'${end}'
${prefix}param_with_default:
  ${prefix}param default ','${comment}
  ${prefix}param default${comment} &'${end}'
${prefix}param_maybe_default:
  ${prefix}param default? ','${comment}
  ${prefix}param default?${comment} &'${end}'
invalid_${prefix}parameters_helper:
  ${prefix}slash_with_default
  ${prefix}param_with_default+
`;

export const PARAMETERS = `
params:
  invalid_parameters
  parameters
${rules('', ')', ' TYPE_COMMENT?')}
star_etc:
  ?wordsParameters invalid_star_etc
  '*' param_no_default param_maybe_default* [kwds]
  ?starredAnnotation '*' param_no_default_star_annotation param_maybe_default* [kwds]
  '*' ',' param_maybe_default+ [kwds]
  kwds
  ?!wordsParameters invalid_star_etc
param_no_default_star_annotation:
  param_star_annotation ',' TYPE_COMMENT?
  param_star_annotation TYPE_COMMENT? &')'
param:
  a=NAME annotation? -> Arg
param_star_annotation:
  NAME star_annotation
annotation:
  ':' expression
star_annotation:
  ':' star_expression
default:
  '=' expression
  ?wordsParameters invalid_default
invalid_default:
  a='=' &(')' | ',') -> at a: ${messages.EXPECTED_DEFAULT}

lambdef:
  'lambda' [lambda_params] ':' expression -> Lambda
lambda_params:
  invalid_lambda_parameters
  lambda_parameters
${rules('lambda_', ':', '')}
lambda_star_etc:
  ?wordsParameters invalid_lambda_star_etc
  '*' lambda_param_no_default lambda_param_maybe_default* [lambda_kwds]
  '*' ',' lambda_param_maybe_default+ [lambda_kwds]
  lambda_kwds
  ?!wordsParameters invalid_lambda_star_etc
lambda_param:
  NAME -> Arg
`;

/** The rules for errors, which differ by a few words and one alternative. */
const errors = (prefix: string, end: string, word: string, nonDefault: string): string => `
invalid_${prefix}parameters:
  ?wordsParameterRange a='/' ',' -> at a: ${messages.slashFirst(word)}
  ?wordsParameterRange (${prefix}slash_no_default | ${prefix}slash_with_default) ${prefix}param_maybe_default* a='/' -> at a: ${messages.SLASH_ONCE}
  ?wordsParameterRange ${prefix}slash_no_default? ${prefix}param_no_default* invalid_${prefix}parameters_helper a=${prefix}param_no_default -> at a: ${nonDefault}
  ?!wordsParameterRange ?nonDefaultAtParameter ${prefix}param_no_default* invalid_${prefix}parameters_helper a=${prefix}param_no_default -> at a: ${nonDefault}
  ?!nonDefaultAtParameter ${prefix}param_no_default* (${prefix}slash_with_default | ${prefix}param_with_default+) ${prefix}param_no_default -> here: ${nonDefault}
  ?wordsParameters ${
    prefix === ''
      ? `param_no_default* a='(' param_no_default+ ','? b=')' -> range a b: ${messages.PARENTHESIZED_PARAMETERS}`
      : `lambda_param_no_default* a='(' ','.lambda_param+ ','? b=')' -> range a b: ${messages.PARENTHESIZED_LAMBDA_PARAMETERS}`
  }
  ?wordsParameters ?!wordsParameterRange a='/' ',' -> at a: ${messages.slashFirst(word)}
  ?wordsParameters ?!wordsParameterRange (${prefix}slash_no_default | ${prefix}slash_with_default) ${prefix}param_maybe_default* a='/' -> at a: ${messages.SLASH_ONCE}
  ?wordsParameters (${prefix}slash_no_default | ${prefix}slash_with_default)? ${prefix}param_maybe_default* '*' (',' | ${prefix}param_no_default) ${prefix}param_maybe_default* a='/' -> at a: ${messages.SLASH_BEFORE_STAR}
  ?wordsParameters ${prefix}param_maybe_default+ '/' a='*' -> at a: ${messages.COMMA_AFTER_SLASH}
invalid_${prefix}star_etc:
  ${
    prefix === ''
      ? `?nonDefaultAtParameter a='*' (')' | ',' (')' | '**')) -> at a: ${messages.namedAfterStar(word)}`
      : `?nonDefaultAtParameter '*' (':' | ',' (':' | '**')) -> here: ${messages.namedAfterStar(word)}`
  }
  ?!nonDefaultAtParameter '*' ('${end}' | ',' ('${end}' | '**')) -> here: ${messages.namedAfterStar(word)}
  ?wordsParameters '*' ${prefix}param a='=' -> at a: ${messages.varargDefault(word)}
  ?wordsParameters '*' (${prefix}param_no_default | ',') ${prefix}param_maybe_default* a='*' (${prefix}param_no_default | ',') -> at a: ${messages.starOnce(word)}
invalid_${prefix}kwds:
  '**' ${prefix}param a='=' -> at a: ${messages.kwargDefault(word)}
  '**' ${prefix}param ',' a=${prefix}param -> at a: ${messages.afterKwarg(word)}
  '**' ${prefix}param ',' a=('*' | '**' | '/') -> at a: ${messages.afterKwarg(word)}
`;

/**
 * @param word what a parameter is called
 * @param nonDefault what is said of one without default behind one with
 */
export const parameterErrors = (word: string, nonDefault: string): string =>
  errors('', ')', word, nonDefault) + errors('lambda_', ':', word, nonDefault);
