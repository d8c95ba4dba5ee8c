// What docstrings of the usual styles say about parameters.
import assert from 'node:assert/strict';
import { readDocstring } from '../../../server/src/resolve/docstring/docstring.ts';
import { dedent } from '../../support/fixture.ts';

/** Checks what is read: `name` or `name: type` → text. */
function check(doc: string, expected: Record<string, string>, summary?: string): void {
  const found = readDocstring(dedent(doc).trim());
  const parameters = [...found.parameters].map(([name, { type, text }]) => [
    type === undefined ? name : `${name}: ${type}`,
    text,
  ]);
  assert.deepEqual(Object.fromEntries(parameters), expected);
  if (summary !== undefined) assert.equal(found.summary, summary);
}

describe('docstrings', () => {
  it('say what is returned', () => {
    const returns = (doc: string): string | undefined => readDocstring(dedent(doc).trim()).returns;
    assert.equal(returns('Summary.\n\nReturns:\n    dict: All of them.\n'), 'dict');
    assert.equal(returns('Summary.\n\nReturns:\n    All of them.\n'), undefined);
    assert.equal(returns('Summary.\n\nReturns\n-------\n`~.axes.Axes`\n    The axes.\n'), '`~.axes.Axes`');
    assert.equal(returns('Summary.\n\nReturns\n-------\nresult : int\n    It.\n'), 'int');
    assert.equal(returns('Summary.\n\nReturns\n-------\na : int\n    It.\nb : str\n'), undefined);
    assert.equal(returns('Summary.\n\n:param x: one\n:rtype: Thing\n'), 'Thing');
    assert.equal(returns('Summary. Returns: nothing.'), undefined);
  });

  it('in the style of Google', () =>
    check(
      `
      Fetches rows from a table.

      Retrieves rows pertaining to the given keys.

      Args:
          table_handle: An open table.
          keys: A sequence of strings: the keys
            of the rows to fetch.

            String keys are encoded.
          require_all (bool, optional): If True only
              rows with all values are returned.
          *args: More of them.
          **kwargs (dict): Options.

      Keyword Args:
          timeout (float): Seconds.

      Returns:
          dict: Not a parameter.

      Raises:
          IOError: An error.
      `,
      {
        table_handle: 'An open table.',
        keys: 'A sequence of strings: the keys\nof the rows to fetch.\n\nString keys are encoded.',
        'require_all: bool, optional': 'If True only\nrows with all values are returned.',
        args: 'More of them.',
        'kwargs: dict': 'Options.',
        'timeout: float': 'Seconds.',
      },
      'Fetches rows from a table.',
    ));

  it('in the style of NumPy', () =>
    check(
      `
      Return the thing,
      twice.

      Parameters
      ----------
      x : array_like, optional
          Input: data.

          More about it.
      y, z : {0, 1}
          The axes.
      axis
          Untyped.
      *args, **kwargs
          The rest.

      Returns
      -------
      out : ndarray
          Not a parameter.

      Other Parameters
      ----------------
      rare : int
      `,
      {
        'x: array_like, optional': 'Input: data.\n\nMore about it.',
        'y: {0, 1}': 'The axes.',
        'z: {0, 1}': 'The axes.',
        axis: 'Untyped.',
        args: 'The rest.',
        kwargs: 'The rest.',
        'rare: int': '',
      },
      'Return the thing,\ntwice.',
    ));

  it("with Sphinx's fields", () =>
    check(
      `
      Send a message.
      :param str sender: The person
          sending it.
      :param recipient: Who gets it,
        over two lines
      :type recipient: str or None
      :keyword priority:
      :returns: the id
      :rtype: int
      :raises ValueError: if it is too long
      `,
      {
        'sender: str': 'The person\nsending it.',
        'recipient: str or None': 'Who gets it,\nover two lines',
        priority: '',
      },
      'Send a message.',
    ));

  it("with epytext's fields", () =>
    check(
      `
      @param x: how far
        it is
      @type x: number
      @param y: nothing
      @return: sum
      `,
      { 'x: number': 'how far\nit is', y: 'nothing' },
      '',
    ));

  it("in the style of CPython's library", () => {
    check(
      `
      Object for parsing.

      Keyword Arguments:
          - prog -- The name of the program (default:
              \`\`os.path.basename\`\`)
          - usage -- A usage message
      `,
      { prog: 'The name of the program (default:\n``os.path.basename``)', usage: 'A usage message' },
    );
    check(
      `
      Open it.

      Arguments:
      name -- what to open
      mode -- how
        to open it

      There is more.
      `,
      { name: 'what to open', mode: 'how\nto open it' },
    );
  });

  it('that only look like one', () => {
    check('Compute f(x): the value.\n\nArgs are: many.', {}, 'Compute f(x): the value.');
    check(':class:`Thing` is made of these.\n\nMore.', {}, ':class:`Thing` is made of these.');
    check('', {}, '');
    check('Args:', {});
    check('Parameters\n----------', {});
  });

  it('take no time, whatever they are', () => {
    const begun = performance.now();
    for (const line of [
      ' '.repeat(400),
      ':param' + ' '.repeat(400),
      'x'.repeat(400),
      '- '.repeat(200),
      'a, '.repeat(150),
    ]) {
      readDocstring(`Args:\n    ${`${line}\n    `.repeat(100)}`);
      readDocstring(`Parameters\n---\n${`${line}\n`.repeat(100)}`);
    }
    assert.ok(performance.now() - begun < 1000);
  });
});
