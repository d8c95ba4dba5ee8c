// Hovers: on what, and in which words. That the slots are CPython's is compared in hover.oracle.test.ts.
import assert from 'node:assert/strict';
import { hover } from '../../../server/src/features/hover/hover.ts';
import { toMarkdown } from '../../../server/src/lsp/markdown.ts';
import { parseTarget } from '../../../server/src/python/versions/target.ts';
import { dedent, fixture } from '../../support/fixture.ts';
import { moduleOf } from '../../support/module.ts';

/** Checks the hover at `$0`, and that it is about what is underlined; without an expected text, that there is none. */
function check(source: string, expected: string | undefined, target = '3.13'): void {
  const { text, cursor, underlined } = fixture(source);
  const { evaluator, module } = moduleOf(text, { target });
  const found = hover(evaluator, module, cursor);
  if (expected === undefined) return assert.equal(found, undefined);
  assert.equal((found && toMarkdown(found.blocks))?.replaceAll('  \n', '\n'), dedent(expected).trimEnd());
  if (underlined.length > 0) {
    assert.deepEqual(
      { start: found?.start, end: found?.end },
      underlined[0],
      text.slice(found?.start, found?.end),
    );
  }
}

describe('hover', () => {
  describe('on code objects', () => {
    it('on the keyword of a def: flags with their causes, and counts', () =>
      check(
        `
        def outer(a, /, b, *args, key=None, **kw):
            total = 0
            d$0ef inner(x):
            ^^^^^^^^^
                nonlocal total
                yield a
            return inner
        `,
        `
        \`<code object outer.<locals>.inner>\` · CPython 3.13.18
        \`CO_NESTED\` inside \`outer\` · \`CO_GENERATOR\` \`yield\` on line 5
        1 parameter · 1 local · 0 cells · 2 free
        \`inner\`: **local variable** of \`outer\` · \`varnames[5]\`
        `,
      ));

    it('on its name', () =>
      check(
        `
        def vari$0adic(*args, **kw):
        ^^^^^^^^^^^^
            return args, kw
        `,
        `
        \`<code object variadic>\` · CPython 3.13.18
        \`CO_VARARGS\` \`*args\` · \`CO_VARKEYWORDS\` \`**kw\`
        2 parameters · 2 locals · 0 cells · 0 free
        `,
      ));

    it('on async def, with and without yield', () => {
      check(
        `
        async def f$0etch(): pass
        ^^^^^^^^^^^^^^^
        `,
        `
        \`<code object fetch>\` · CPython 3.13.18
        \`CO_COROUTINE\` \`async def\`
        0 parameters · 0 locals · 0 cells · 0 free
        `,
      );
      check(
        `
        async def f$0etch():
            if 0:
                yield
        `,
        `
        \`<code object fetch>\` · CPython 3.13.18
        \`CO_ASYNC_GENERATOR\` \`async def\` with \`yield\` on line 3
        0 parameters · 0 locals · 0 cells · 0 free
        `,
      );
    });

    it('on a yield of its own, not of a function inside', () =>
      check(
        `
        def f$0():
            def g(): yield 1
            x = lambda: (yield)
            yield from g()
        `,
        `
        \`<code object f>\` · CPython 3.13.18
        \`CO_GENERATOR\` \`yield from\` on line 4
        0 parameters · 2 locals · 0 cells · 0 free
        `,
      ));

    it('on a class', () =>
      check(
        `
        cl$0ass C:
        ^^^^^^^
            def m(self): return super().m()
        `,
        `
        \`<code object C>\` · CPython 3.13.18
        1 cell · 0 free
        `,
      ));

    it('on a lambda', () =>
      check(
        `
        def f(x):
            return lam$0bda: x
                   ^^^^^^
        `,
        `
        \`<code object f.<locals>.<lambda>>\` · CPython 3.13.18
        \`CO_NESTED\` inside \`f\`
        0 parameters · 0 locals · 0 cells · 1 free
        `,
      ));

    it('on a generator expression', () =>
      check(
        `
        x = (y async f$0or y in z)
               ^^^^^^^^^
        `,
        `
        \`<code object <genexpr>>\` · CPython 3.13.18
        \`CO_ASYNC_GENERATOR\` \`async for\` on line 1
        1 parameter · 2 locals · 0 cells · 0 free
        `,
      ));

    it('on a comprehension: a code object up to 3.11, then inlined', () => {
      const source = `
        def f(a):
            return [x f$0or x in a]
                      ^^^
        `;
      check(
        source,
        `
        \`<code object f.<locals>.<listcomp>>\` · CPython 3.11.7
        \`CO_NESTED\` inside \`f\`
        1 parameter · 2 locals · 0 cells · 0 free
        `,
        '3.11',
      );
      check(
        source,
        'list comprehension, inlined into `f` (PEP 709): no code object of its own · CPython 3.12.7',
        '3.12',
      );
    });
  });

  describe('on names', () => {
    it('a parameter', () =>
      check(
        `
        def f(a, *, key): return k$0ey
                                 ^^^
        `,
        '`key`: **keyword-only parameter** of `f` · `varnames[1]` · CPython 3.13.18',
      ));

    it('a local variable, and where it is bound first', () =>
      check(
        `
        def f(a):
            total = 1
            return t$0otal
        `,
        `
        \`total\`: **local variable** of \`f\` · \`varnames[1]\` · CPython 3.13.18
        First bound on line 2
        `,
      ));

    it('a cell, and what captures it', () =>
      check(
        `
        def f():
            co$0unt = 0
            ^^^^^
            def up():
                nonlocal count
                count += 1
            return up, lambda: count
        `,
        `
        \`count\`: **cell variable** of \`f\` · \`cellvars[0]\` · CPython 3.13.18
        Captured by \`f.<locals>.up\` (line 3), \`f.<locals>.<lambda>\` (line 6)
        `,
      ));

    it('a parameter that is a cell: in both tuples', () =>
      check(
        `
        def f(a, b$0):
            return lambda: b
        `,
        `
        \`b\`: **parameter and cell variable** of \`f\` · \`varnames[1]\` · \`cellvars[0]\` · CPython 3.13.18
        Captured by \`f.<locals>.<lambda>\` (line 2)
        `,
      ));

    it('a free variable, and whose cell it is, through functions that only pass it on', () =>
      check(
        `
        def f():
            a, b = 1, 2
            def g():
                def h():
                    return b$0, a
                return h
        `,
        `
        \`b\`: **free variable** of \`f.<locals>.g.<locals>.h\` · \`freevars[1]\` · CPython 3.13.18
        Cell of \`f\` · \`cellvars[1]\`, bound on line 2
        `,
      ));

    it('names in nonlocal and global statements', () => {
      check(
        `
        def f():
            n = 0
            def g():
                nonlocal n$0
                n = 1
        `,
        `
        \`n\`: **free variable** of \`f.<locals>.g\` · \`freevars[0]\` · CPython 3.13.18
        \`nonlocal n\` on line 4
        Cell of \`f\` · \`cellvars[0]\`, bound on line 2
        `,
      );
      check(
        `
        count = 0
        def f():
            global other, co$0unt
                          ^^^^^
            count += 1
        `,
        `
        \`count\`: **global, declared** · CPython 3.13.18
        \`global count\` on line 3
        Bound by the module on line 1
        `,
      );
    });

    it('globals: bound by the module, builtin, or neither', () => {
      check(
        `
        def f(): return g$0
        def g(): pass
        `,
        `
        \`g\`: **global** · CPython 3.13.18
        Bound by the module on line 2
        `,
      );
      check('def f(): return le$0n', '`len`: **builtin, looked up as a global first** · CPython 3.13.18');
      check(
        'def f(): return nob$0ody',
        '`nobody`: **global that this file does not bind** · CPython 3.13.18',
      );
    });

    it('builtins by version', () => {
      check('aite$0r', '`aiter`: **global that this file does not bind** · CPython 3.9.18', '3.9');
      check('aite$0r', '`aiter`: **builtin, looked up as a global first** · CPython 3.10.13', '3.10');
    });

    it('a class namespace, which functions look past', () => {
      check(
        `
        class C:
            size = 1
            other = si$0ze
        `,
        `
        \`size\`: **name in the namespace of class** \`C\` · CPython 3.13.18
        Functions in the class do not see it: they look past class namespaces
        First bound on line 2
        `,
      );
      check(
        `
        class C:
            size = 1
            def m(self): return si$0ze
        `,
        `
        \`size\`: **global that this file does not bind** · CPython 3.13.18
        Class \`C\` binds it too, on line 2, but its namespace is skipped
        `,
      );
    });

    it('__class__ and super()', () => {
      check(
        `
        class C:
            def m(self): return __cla$0ss__
        `,
        `
        \`__class__\`: **free variable** of \`C.m\` · \`freevars[0]\` · CPython 3.13.18
        The cell that class \`C\` keeps for it · \`cellvars[0]\`
        `,
      );
      check(
        `
        class C:
            def m(self): return sup$0er().m()
        `,
        `
        \`super\`: **builtin, looked up as a global first** · CPython 3.13.18
        Its call makes \`__class__\` a free variable of \`C.m\` · \`freevars[0]\`
        `,
      );
    });

    it('private names', () => {
      check(
        `
        class C:
            def m(self, __x):
                return __x$0
        `,
        `
        \`__x\`: **parameter** of \`C.m\` · \`varnames[1]\` · CPython 3.13.18
        Private to its class: \`__x\` is compiled as \`_C__x\`
        `,
      );
      check(
        `
        class _C:
            def m(self): return self.__sp$0am
                                     ^^^^^^
        `,
        'Private to its class: `__spam` is compiled as `_C__spam`',
      );
      check(
        `
        class C:
            def m(self): return self.__dunder$0__
        `,
        undefined,
      );
    });

    it('the variable of an inlined comprehension, and what is around it', () => {
      check(
        `
        def f(a, b):
            return [x$0 + b for x in a]
        `,
        `
        \`x\`: **local variable** of \`f\` · \`varnames[2]\` · CPython 3.13.18
        The comprehension is inlined (PEP 709): it has no code object of its own
        First bound on line 2
        `,
      );
      const source = `
        def f(a, b):
            return [x + b$0 for x in a]
        `;
      check(source, '`b`: **parameter** of `f` · `varnames[1]` · CPython 3.13.18');
      check(
        source,
        `
        \`b\`: **free variable** of \`f.<locals>.<listcomp>\` · \`freevars[0]\` · CPython 3.11.7
        Cell of \`f\` · \`cellvars[0]\`, bound on line 1
        `,
        '3.11',
      );
    });

    it('the target of a walrus in a comprehension', () =>
      check(
        `
        def f(a):
            return [(la$0st := x) for x in a]
        `,
        `
        \`last\`: **cell variable** of \`f\` · \`cellvars[0]\` · CPython 3.8.18
        Captured by \`f.<locals>.<listcomp>\` (line 2)
        `,
        '3.8',
      ));

    it('imports, exceptions, patterns, type parameters', () => {
      const local = (name: string, index: number): string =>
        `\`${name}\`: **local variable** of \`f\` · \`varnames[${index}]\` · CPython 3.13.18`;
      check('def f():\n    import os.pa$0th', undefined);
      check('def f():\n    import o$0s.path', local('os', 0));
      check('def f():\n    import os.path as p$0', local('p', 0));
      check('def f():\n    from x import y as z$0', local('z', 0));
      check('def f():\n    from x import y$0 as z', undefined);
      check('def f():\n    try: pass\n    except E as er$0r: pass', local('err', 0));
      check('def f(a):\n    match a:\n        case [x, *re$0st]: pass', local('rest', 2));
      check('def f(a):\n    match a:\n        case {"k": 1, **res$0t}: pass', local('rest', 1));
      check('def f(a):\n    match a:\n        case int() as n$0: pass', local('n', 1));
      check(
        'def f[T$0](a: T): pass',
        '`T`: **type parameter** of `<generic parameters of f>` · `varnames[1]` · CPython 3.13.18',
      );
    });

    it('annotations that no code evaluates', () => {
      check(
        `
        from __future__ import annotations
        def f(a: in$0t): pass
        `,
        `
        \`int\`: **in an annotation that no code evaluates** · CPython 3.13.18
        \`from __future__ import annotations\` keeps annotations as strings
        `,
      );
      check(
        `
        def f():
            x: in$0t = 1
        `,
        `
        \`int\`: **in an annotation that no code evaluates** · CPython 3.13.18
        Annotations of local variables are not evaluated
        `,
      );
      check('x: in$0t = 1', '`int`: **builtin, looked up as a global first** · CPython 3.13.18');
    });

    it('defaults and decorators belong to what is around the def', () =>
      check(
        `
        def f(a):
            def g(b=a$0): pass
        `,
        '`a`: **parameter** of `f` · `varnames[0]` · CPython 3.13.18',
      ));

    it('names in f-strings, of all versions', () => {
      for (const target of ['3.8', '3.11', '3.12', '3.15']) {
        const { version } = parseTarget(target)!;
        check(
          'def f(value): return f"{val$0ue!r:>{10}}"',
          `\`value\`: **parameter** of \`f\` · \`varnames[0]\` · CPython ${version}`,
          target,
        );
        check(
          'def f(value): return f"{val$0ue=}"',
          `\`value\`: **parameter** of \`f\` · \`varnames[0]\` · CPython ${version}`,
          target,
        );
      }
    });

    it('names that are normalised', () =>
      check('def f(ﬁ): return ﬁ$0', '`fi`: **parameter** of `f` · `varnames[0]` · CPython 3.13.18'));
  });

  it('says nothing of attributes, keywords, strings, comments and blanks', () => {
    check('os.pa$0th', undefined);
    check('f(ke$0y=1)', undefined);
    check('"na$0me"', undefined);
    check('def f():\n    pass # f$0\n', undefined);
    check('x = 1 $0 + 2', undefined);
    check('ret$0urn', undefined);
    check('$0', undefined);
  });

  describe('on keywords', () => {
    it('the suspension point that a yield or await is', () => {
      check(
        `
        def walk(tree):
            for node in tree:
                yie$0ld node
                ^^^^^
            yield from tree
        `,
        `
        \`yield\` in \`walk\`: suspension point 1 of 2 · CPython 3.13.18
        bound: \`node\`, \`tree\`
        A call of \`walk\` gives a generator
        `,
      );
      check(
        `
        async def fetch(client):
            async with client as c:
                return await$0 c.get()
                       ^^^^^
        `,
        `
        \`await\` in \`fetch\`: suspension point 2 of 3 · CPython 3.13.18
        delegates to \`c.get()\` · bound: \`c\`, \`client\`
        A call of \`fetch\` gives a coroutine
        `,
      );
    });

    it('that no code is made of, where it is not reached', () =>
      check(
        `
        def f():
            return
            yie$0ld
        `,
        `
        \`yield\` in \`f\`: no code is made of it · CPython 3.13.18
        A call of \`f\` gives a generator
        `,
      ));

    it('that is not reached, though code is made of it', () =>
      check(
        `
        def f():
            raise KeyError
            yie$0ld
        `,
        `
        \`yield\` in \`f\`: never reached · CPython ${parseTarget('3.8')!.version}
        A call of \`f\` gives a generator
        `,
        '3.8',
      ));

    it('where the iterable of a comprehension is evaluated, and what its condition does', () => {
      check(
        `
        def f(xs): return [x for x i$0n xs if x]
                                   ^^
        `,
        `
        \`in\` of the loop of a comprehension · CPython 3.13.18
        \`xs\` is evaluated once in \`f\`, before the comprehension runs
        `,
      );
      check(
        `
        y = {a for b in c for a in b i$0f a}
                                     ^^
        `,
        `
        \`if\` of loop 2 of 2 of a comprehension · CPython 3.13.18
        Items without \`a\` are skipped
        `,
      );
    });
  });
});
