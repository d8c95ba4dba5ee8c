// The tokens that the parser gets. The kinds and texts are CPython's: Parser/lexer/lexer.c, asked by way of its tokenize module.
import assert from 'node:assert/strict';
import { tokenize, type TokenizeResult } from '../../../server/src/python/tokenizer/tokenize.ts';
import type { TokenizeOptions } from '../../../server/src/python/tokenizer/state.ts';
import { SoftKeyword, TokenKind } from '../../../server/src/python/tokenizer/tokens.ts';
import { parseTarget, TARGETS } from '../../../server/src/python/versions/target.ts';

/** What a first pass found no end of. */
const NOTHING_OPEN = { offsets: new Set<number>(), tripleQuotes: false };

const dialectOf = (version: string) => {
  const target = parseTarget(version);
  assert.ok(target);
  return target.dialect.tokenizer;
};

/** Each token as `KIND` or `KIND:text`; operators as their text. */
function show(text: string, { tokens }: TokenizeResult): string {
  const words: string[] = [];
  for (let i = 0; i < tokens.count; i++) {
    const kind: TokenKind = tokens.kinds[i];
    const string = text.slice(tokens.starts[i], tokens.ends[i]);
    if (kind >= TokenKind.LPAR && kind < TokenKind.FALSE) words.push(string);
    else words.push(string.trim() === '' ? TokenKind[kind] : `${TokenKind[kind]}:${string}`);
  }
  return words.join(' ');
}

function check(version: string, text: string, expected: string, options?: TokenizeOptions): TokenizeResult {
  const result = tokenize(text, dialectOf(version), options);
  assert.equal(show(text, result), expected);
  return result;
}

describe('tokenize', () => {
  it('makes keywords kinds of their own, and numbers names', () => {
    const { tokens } = check(
      '3.13',
      'if spam: match = spam\n',
      'IF:if NAME:spam : NAME:match = NAME:spam NEWLINE ENDMARKER',
    );
    assert.equal(tokens.values[1], tokens.values[5]);
    assert.equal(tokens.names[tokens.values[1]], 'spam');
    assert.equal(tokens.values[3], SoftKeyword.MATCH);
  });

  it('makes blocks of columns', () => {
    check(
      '3.8',
      'if a:\n  if b:\n\tc\n\n# comment\nd',
      'IF:if NAME:a : NEWLINE INDENT IF:if NAME:b : NEWLINE INDENT NAME:c NEWLINE ' +
        'DEDENT DEDENT NAME:d NEWLINE ENDMARKER',
    );
  });

  it('takes any line break, and needs none at the end', () => {
    const expected = 'NAME:a NEWLINE NAME:b NEWLINE ENDMARKER';
    for (const text of ['a\nb\n', 'a\r\nb\r\n', 'a\rb\r', 'a\n\n\f\nb']) check('3.13', text, expected);
  });

  it('joins lines in brackets and after backslashes', () => {
    check('3.13', 'f(a,\n\n  b) + \\\n c\n', 'NAME:f ( NAME:a , NAME:b ) + NAME:c NEWLINE ENDMARKER');
  });

  it('knows all operators', () => {
    const operators =
      '@ = + - * / | & < > % == != <= >= ~ ^ << >> ** // += -= *= /= %= &= |= ^= <<= >>= **= //= @= -> ... . : := , ;';
    check('3.13', operators, `${operators} NEWLINE ENDMARKER`);
  });

  it('reads numbers of all forms', () => {
    const numbers = '0 00 0_0 1_000 0xFf_0 0o17 0B1 1. .5 1.5e-3 1e5J 0.j 09.5';
    check('3.13', numbers, `${numbers.replace(/\S+/g, 'NUMBER:$&')} NEWLINE ENDMARKER`);
  });

  it('reads strings with their prefixes', () => {
    const strings = `'a' "b" '''c'd''' r'\\d' b"x" Rb'x' u'x' 'it\\'s' ''`;
    check('3.13', strings, `${strings.replace(/\S+/g, 'STRING:$&')} NEWLINE ENDMARKER`);
  });

  it('normalises names, which are no keywords then', () => {
    const { tokens } = check('3.13', 'ﬁ ⅰf', 'NAME:ﬁ NAME:ⅰf NEWLINE ENDMARKER');
    assert.deepEqual([tokens.names[tokens.values[0]], tokens.names[tokens.values[1]]], ['fi', 'if']);
  });

  it('leaves f-strings whole up to 3.11', () => {
    check('3.11', `f"{x!r:>{w}}"`, `STRING:f"{x!r:>{w}}" NEWLINE ENDMARKER`);
  });

  it('takes f-strings apart from 3.12 on', () => {
    check(
      '3.12',
      `rf"a{x = !r:>{w}}b{{}}{'"'}"`,
      `FSTRING_START:rf" FSTRING_MIDDLE:a { NAME:x = ! NAME:r : FSTRING_MIDDLE:> { NAME:w } FSTRING_MIDDLE } ` +
        `FSTRING_MIDDLE:b{ FSTRING_MIDDLE:} { STRING:'"' } FSTRING_END:" NEWLINE ENDMARKER`,
    );
    check(
      '3.12',
      `f'\\N{DASH}{f'{1}' != 2}'`,
      `FSTRING_START:f' FSTRING_MIDDLE:\\N{DASH} { FSTRING_START:f' { NUMBER:1 } FSTRING_END:' != NUMBER:2 } ` +
        `FSTRING_END:' NEWLINE ENDMARKER`,
    );
  });

  it('has t-strings from 3.14 on', () => {
    check('3.13', "t'{x}'", "NAME:t STRING:'{x}' NEWLINE ENDMARKER");
    check('3.14', "t'{x}'", "TSTRING_START:t' { NAME:x } TSTRING_END:' NEWLINE ENDMARKER");
  });

  it('tokenizes a part of a text as an expression, with the same names', () => {
    const text = "f'''{ a\n + b }''' + a";
    const whole = tokenize(text, dialectOf('3.11'));
    const { nameTable } = whole;
    const part = check('3.11', text, 'NAME:a + NAME:b ENDMARKER', {
      start: 5,
      end: 13,
      expression: true,
      nameTable,
    });
    assert.equal(part.tokens.values[0], whole.tokens.values[2]);
  });

  it('goes on after what CPython refuses', () => {
    const refused = check(
      '3.13',
      'a = 1__0\nb = "x\nc = )\nd €\n',
      'NAME:a = ERRORTOKEN:1__0 NEWLINE NAME:b = STRING:"x NEWLINE NAME:c = ) NEWLINE ' +
        'NAME:d ERRORTOKEN:€ NEWLINE ENDMARKER',
    );
    assert.deepEqual(
      refused.errors.map(({ token, msg }) => [token, msg]),
      [
        [2, 'invalid decimal literal'],
        [6, 'unterminated string literal (detected at line 2)'],
        [10, "unmatched ')'"],
        [13, "invalid character '€' (U+20AC)"],
      ],
    );
  });

  it('closes an f-string whose field has no end', () => {
    const text = 'f"a{x" + c\nd';
    const { errors } = check(
      '3.13',
      text,
      'FSTRING_START:f" FSTRING_MIDDLE:a { NAME:x FSTRING_END:" + NAME:c NEWLINE NAME:d NEWLINE ENDMARKER',
    );
    assert.equal(errors[0].msg, `f-string: expecting '}'`);
  });

  it('ends brackets where a statement begins, if asked to', () => {
    const text = 'f(a, [b,\ndef g(): pass\n';
    check('3.13', text, 'NAME:f ( NAME:a , [ NAME:b , DEF:def NAME:g ( ) : PASS:pass NEWLINE ENDMARKER');
    check(
      '3.13',
      text,
      'NAME:f ( NAME:a , [ NAME:b , NEWLINE DEF:def NAME:g ( ) : PASS:pass NEWLINE ENDMARKER',
      { recover: NOTHING_OPEN },
    );
    check(
      '3.13',
      'if x:\n  f"{a(\n  return 1\nasync def f(): pass',
      'IF:if NAME:x : NEWLINE INDENT FSTRING_START:f" { NAME:a ( FSTRING_END NEWLINE RETURN:return NUMBER:1 NEWLINE ' +
        'DEDENT ASYNC:async DEF:def NAME:f ( ) : PASS:pass NEWLINE ENDMARKER',
      { recover: NOTHING_OPEN },
    );
  });

  it('adds comments and blank lines when asked to', () => {
    check(
      '3.13',
      '# a\nb # c\n\n(\n)',
      'COMMENT:# a NL NAME:b COMMENT:# c NEWLINE NL ( NL ) NEWLINE ENDMARKER',
      { extraTokens: true },
    );
  });

  it('is of one mind about what brackets close in files that compile', () => {
    const text = 'x = [\n  i\n  for i in y\n  if i\n]\n';
    for (const { dialect } of TARGETS) {
      const plain = tokenize(text, dialect.tokenizer);
      assert.equal(
        show(text, tokenize(text, dialect.tokenizer, { recover: NOTHING_OPEN })),
        show(text, plain),
      );
    }
  });
});
