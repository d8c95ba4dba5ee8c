// Class definitions. CPython: Python/codegen.c, codegen_class() and codegen_class_body().
import { ExprContext } from '../../ast/kinds.ts';
import type { ClassDef, Statement } from '../../ast/nodes.ts';
import { visitDeferredAnnotations } from './annotations.ts';
import type { Compiler } from './compiler.ts';
import { validateKeywords, visitCall } from './expressions.ts';
import { docstringOf, firstLineOf } from './functions.ts';
import { typeParametersCode, visitTypeParams } from './typeParameters.ts';
import { ScopeType } from './unit.ts';

export function visitClassDef(c: Compiler, s: ClassDef): void {
  c.expressions(s.decorator_list);
  const firstlineno = firstLineOf(c, s);
  const typeParameters = s.type_params.length > 0 ? c.symbolTable.typeParametersBlock(s) : undefined;
  if (typeParameters) {
    const code = typeParametersCode(
      c,
      s.name,
      typeParameters,
      s,
      firstlineno,
      { privateName: s.name },
      () => {
        visitTypeParams(c, s.type_params);
        c.name('.type_params', ExprContext.Store, s);
        makeClass(c, s, firstlineno);
        c.name('.type_params', ExprContext.Load, s);
        c.name('.generic_base', ExprContext.Store, s);
        visitBases(c, s);
      },
    );
    c.makeClosure(code);
  } else {
    makeClass(c, s, firstlineno);
    visitBases(c, s);
  }
  c.name(s.name, ExprContext.Store, s);
}

function visitBases(c: Compiler, s: ClassDef): void {
  validateKeywords(c, s.keywords);
  c.loadString(s.name);
  visitCall(c, s.bases, s.keywords, 2, false);
}

function makeClass(c: Compiler, s: ClassDef, firstlineno: number): void {
  const scope = c.symbolTable.block(s);
  if (!scope) return;
  const code = c.codeObject(
    { name: s.name, type: ScopeType.Class, scope, node: s, firstlineno, privateName: s.name },
    () => {
      c.loadString(c.unit.qualname);
      visitBody(c, s.body);
      visitDeferredAnnotations(c, s, firstlineno);
      if (!scope.needsClassClosure) c.loadNone();
    },
  );
  c.byNode.set(s, code);
  c.makeClosure(code);
}

/** The body of a module or class, whose docstring is stored as `__doc__`. CPython: codegen_body(). */
export function visitBody(c: Compiler, body: readonly Statement[]): void {
  const docstring = docstringOf(body);
  if (docstring) c.loadConstant(docstring);
  for (let i = docstring ? 1 : 0; i < body.length; i++) c.statement(body[i]);
}
