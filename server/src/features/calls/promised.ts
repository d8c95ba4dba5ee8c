// What an annotation says of a callee whose definition is not known: what `Callable[[int, str], bool]` takes, by
// position, and gives. It is no signature of inspect's: what is passed decides that.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { Expression } from '../../python/ast/expressions.ts';
import { unparse } from '../../python/ast/unparse.ts';
import type { Span } from '../../python/locate/path.ts';
import type { Evaluator, EvaluationScope } from '../../resolve/values.ts';
import { code, rich, type RichText } from '../richText.ts';

export interface PromisedCall {
  /** `callback(int, str) -> bool` */
  readonly label: string;
  /** Where what it takes stands in the label, by position. */
  readonly parameters: readonly Span[];
  /** That it is an annotation that says so. */
  readonly remark: RichText;
}

/** What annotations say of a callee; none where they leave open what it gives or whether it can be called at all. */
export function promisedCalls(
  evaluator: Evaluator,
  callee: Expression,
  scope: EvaluationScope,
): readonly PromisedCall[] {
  const name =
    callee.kind === NodeKind.Name ? callee.id : callee.kind === NodeKind.Attribute ? callee.attr : 'Callable';
  const found = new Map<string, PromisedCall>();
  for (const value of evaluator.evaluate(callee, scope)) {
    if (value.type !== 'opaque' || value.qualname !== 'typing.Callable' || !value.scope) continue;
    const [takes, gives] = value.args ?? [];
    if (value.args?.length !== 2) continue;
    const { dialect } = value.scope.module.analysis.target;
    const promised = promisedCall(name, takes, gives, node => unparse(node, dialect));
    found.set(promised.label, promised);
  }
  return [...found.values()];
}

function promisedCall(
  name: string,
  takes: Expression,
  gives: Expression,
  textOf: (node: Expression) => string,
): PromisedCall {
  const parameters: Span[] = [];
  let label = `${name}(`;
  if (takes.kind === NodeKind.List) {
    takes.elts.forEach((item, i) => {
      if (i > 0) label += ', ';
      const start = label.length;
      label += textOf(item);
      parameters.push({ start, end: label.length });
    });
  } else label += '...'; // any arguments, or those of a ParamSpec
  label += `) -> ${textOf(gives)}`;
  const annotation = code(`Callable[${textOf(takes)}, ${textOf(gives)}]`);
  return {
    label,
    parameters,
    remark: rich`As its annotation says, ${annotation}: what inspect finds depends on what is passed.`,
  };
}
