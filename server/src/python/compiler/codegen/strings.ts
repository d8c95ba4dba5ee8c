// f-strings, t-strings and what `%` makes f-strings of. CPython: Python/codegen.c, codegen_joined_str(),
// codegen_formatted_value(), codegen_template_str().
import { NodeKind, Operator } from '../../ast/kinds.ts';
import type {
  Expression,
  FormattedValue,
  Interpolation,
  JoinedStr,
  TemplateStr,
} from '../../ast/expressions.ts';
import type { Field } from '../../constants/percentFormat.ts';
import type { StrConstant } from '../../constants/values.ts';
import { Op } from '../../versions/opcodes/op.generated.ts';
import type { Place } from '../unit/frameBlocks.ts';
import { NO_LOCATION } from '../unit/location.ts';
import { inplace } from './binaryOperators.ts';
import type { CodeGenerator } from './generator.ts';

const NO_CONVERSION = -1;

/** The argument of CONVERT_VALUE, by conversion. CPython: FVC_STR, FVC_REPR, FVC_ASCII. */
const CONVERSIONS: Readonly<Record<number, number>> = { 0x73: 1, 0x72: 2, 0x61: 3 };

/** A bit of the argument of FORMAT_VALUE. CPython: FVS_HAVE_SPEC. */
const HAVE_SPEC = 4;

export function visitJoinedStr(g: CodeGenerator, e: JoinedStr): void {
  if (e.values.length === 0 && !g.records && !g.dialect.emptyJoinedStrIsConstant) return;
  const visit = (i: number): void => {
    g.expression(e.values[i]);
  };
  joined(g, e.values.length, visit, e);
}

/** Joins `count` values, each put on the stack by `visit`. CPython: codegen_joined_str(). */
function joined(g: CodeGenerator, count: number, visit: (i: number) => void, at: Place): void {
  const { emit } = g;
  const isBig = count > g.dialect.stackGuideline;
  if (isBig && emit.recording !== null) {
    emit.string('', at);
    emit.method('join', at);
    emit.op(Op.BUILD_LIST, 0, at);
  }
  for (let i = 0; i < count; i++) {
    visit(i);
    if (isBig) emit.op(Op.LIST_APPEND, 1, at);
  }
  if (isBig) emit.callMethod(1, at);
  else if (count > 1) emit.op(Op.BUILD_STRING, count, at);
  else if (count === 0) {
    if (g.records && !g.dialect.emptyJoinedStrIsConstant) emit.op(Op.BUILD_STRING, 0, at);
    else emit.string('', at);
  }
}

export function visitFormattedValue(g: CodeGenerator, e: FormattedValue): void {
  const { emit } = g;
  g.expression(e.value);
  if (!g.dialect.formatValue && e.conversion !== NO_CONVERSION) {
    emit.op(Op.CONVERT_VALUE, CONVERSIONS[e.conversion], e);
  }
  if (e.format_spec) g.expression(e.format_spec);
  format(g, e.conversion, e.format_spec !== null, e);
}

/** Formats the value on the stack, by the specification above it if there is one. */
function format({ emit, dialect }: CodeGenerator, conversion: number, hasSpec: boolean, at: Place): void {
  if (dialect.formatValue) {
    emit.op(Op.FORMAT_VALUE, (CONVERSIONS[conversion] ?? 0) | (hasSpec ? HAVE_SPEC : 0), at);
  } else emit.op(hasSpec ? Op.FORMAT_WITH_SPEC : Op.FORMAT_SIMPLE, 0, at);
}

/** An f-string that the optimiser makes of `'text' % (…)`; its texts are in no line. CPython: optimize_format(). */
export function visitFormat(g: CodeGenerator, pieces: readonly (StrConstant | Field)[], at: Place): void {
  const { emit } = g;
  const visit = (i: number): void => {
    const piece = pieces[i];
    if ('type' in piece) {
      emit.constant(piece, NO_LOCATION);
      return;
    }
    const { value, spec, conversion } = piece;
    g.expression(value);
    if (!g.dialect.formatValue) emit.op(Op.CONVERT_VALUE, CONVERSIONS[conversion], value);
    if (spec !== '') emit.string(spec, NO_LOCATION);
    g.setLocation(value);
    format(g, conversion, spec !== '', value);
    g.setLocation(at);
  };
  joined(g, pieces.length, visit, at);
}

// ---- Template strings (PEP 750) ---------------------------------------------------------------------------------

const isInterpolation = (value: Expression): value is Interpolation => value.kind === NodeKind.Interpolation;

/** A string for each gap around the interpolations, then those. CPython: codegen_template_str(). */
export function visitTemplateStr(g: CodeGenerator, e: TemplateStr): void {
  const { emit } = g;
  let strings = 0;
  let interpolations = 0;
  let isEmpty = true;
  const endGap = (): void => {
    if (isEmpty) {
      emit.string('', e);
      strings++;
    }
    isEmpty = true;
  };
  for (const value of e.values) {
    if (isInterpolation(value)) {
      endGap();
      interpolations++;
      continue;
    }
    g.expression(value);
    if (isEmpty) strings++;
    else inplace(g, Operator.Add, e);
    isEmpty = false;
  }
  endGap();
  emit.op(Op.BUILD_TUPLE, strings, e);
  for (const value of e.values) if (isInterpolation(value)) g.expression(value);
  emit.op(Op.BUILD_TUPLE, interpolations, e);
  emit.op(Op.BUILD_TEMPLATE, 0, e);
}

/** CPython: codegen_interpolation(). */
export function visitInterpolation(g: CodeGenerator, e: Interpolation): void {
  const { emit } = g;
  g.expression(e.value);
  emit.string(e.str, e);
  if (e.format_spec) g.expression(e.format_spec);
  const conversion = e.conversion === NO_CONVERSION ? 0 : CONVERSIONS[e.conversion];
  emit.op(Op.BUILD_INTERPOLATION, 2 | (e.format_spec ? 1 : 0) | (conversion << 2), e);
}
