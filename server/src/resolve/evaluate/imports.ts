// What imports bind, and what a module's namespace holds: re-exports, star imports with `__all__`, submodules, and
// the modules that have no source. CPython: Python/ceval.c, import_from() and import_all_from().
import { NodeKind, Operator } from '../../python/ast/kinds.ts';
import type { Expression } from '../../python/ast/expressions.ts';
import type { Import, ImportFrom, Statement } from '../../python/ast/nodes.ts';
import { ConstantType } from '../../python/constants/values.ts';
import type { BundledMember } from '../bundled/library.ts';
import { moduleAnnotateFunction } from '../callables/generated.ts';
import { convertedEnum } from '../callables/models/enums.ts';
import type {
  Module,
  EvaluationScope,
  InstanceValue,
  SourceClass,
  SourceModule,
  Value,
  Values,
} from '../values.ts';
import type { Binding } from './bindings.ts';
import { bundledResult } from './bundledResults.ts';
import type { Context } from './context.ts';
import { typingMember } from './typingForms.ts';
import { UNKNOWN, unite } from './unions.ts';

const NONE: readonly Binding[] = [];

/** The module that a name leads to from a module: also by attributes, as `os.path` is none that a file is. */
export function findModule(context: Context, name: string, from: SourceModule): Values {
  const found = context.modules.module(name, from);
  if (found) return [{ type: 'module', module: found }];
  const dot = name.lastIndexOf('.');
  if (dot < 0) return UNKNOWN;
  const values = findModule(context, name.slice(0, dot), from);
  return values.flatMap(value =>
    value.type === 'module'
      ? context
          .moduleMember(value.module, name.slice(dot + 1))
          .filter(
            found =>
              found.type === 'module' ||
              (found.type === 'class' && putsInModules(value.module)) ||
              isMoves(found),
          )
      : isMoves(value)
        ? context.attribute(value, name.slice(dot + 1), NOWHERE).filter(found => found.type === 'module')
        : [],
  );
}

/** Whether a value is `six.moves`, which imports find: see sixMoves.ts. */
export const isMoves = (value: Value): value is InstanceValue & { class: SourceClass } =>
  value.type === 'instance' &&
  value.class.kind === 'source' &&
  value.class.name === '_MovedItems' &&
  /(?:^|\.)six$/.test(value.class.module.name);

/** Attributes of what is no module are evaluated nowhere. */
const NOWHERE = {} as EvaluationScope;

/** Whether a module's code makes modules of its own of something else: classes, as typing.io was. */
const putsInModules = (module: Module): boolean =>
  module.kind === 'source' && PUT_IN_MODULES.test(module.analysis.text);

const PUT_IN_MODULES = /^ *sys\.modules\[(\w+)\.__name__\] = \1$/m;

/** What an import statement's name is bound to. */
export function importedValues(
  context: Context,
  binding: Extract<Binding, { type: 'import' | 'from' | 'star' }>,
  scope: EvaluationScope,
): Values {
  const { module } = scope;
  if (binding.type === 'import') {
    const { name, asname } = binding.alias;
    if (asname !== null) return findModule(context, name, module);
    // `import a.b` binds a.
    const dot = name.indexOf('.');
    return findModule(context, dot < 0 ? name : name.slice(0, dot), module);
  }
  const name = binding.type === 'star' ? binding.name : binding.alias.name;
  const values = sourcesOf(context, binding.node, module).flatMap(value => {
    if (value.type === 'class') return context.ownMember(value.class, name);
    if (isMoves(value)) return context.attribute(value, name, scope);
    return value.type === 'module' ? context.moduleMember(value.module, name) : [];
  });
  if (values.length > 0) return values;
  // What a private module does not list may be known where it is made public.
  return fromLibrary(context, module, binding.type === 'star' ? name : (binding.alias.asname ?? name));
}

/** The module that `from … import` imports from. */
function sourcesOf(context: Context, node: ImportFrom, module: SourceModule): Values {
  if (node.level === 0) return node.module === null ? UNKNOWN : findModule(context, node.module, module);
  const name = context.modules.absoluteName(module, node.module, node.level);
  return name === undefined ? UNKNOWN : findModule(context, name, module);
}

/** Whether an import finds nothing; undefined where that is not known. */
export function importFails(
  context: Context,
  node: Import | ImportFrom,
  module: SourceModule,
): boolean | undefined {
  const { failing } = context.cache(module);
  if (failing.has(node)) return failing.get(node);
  failing.set(node, false); // for imports in circles
  const fails =
    node.kind === NodeKind.Import
      ? node.names.some(({ name }) => findModule(context, name, module).length === 0)
      : fromFails(context, node, module);
  failing.set(node, fails);
  return fails;
}

function fromFails(context: Context, node: ImportFrom, module: SourceModule): boolean | undefined {
  if (node.module === '__future__') return false;
  const sources = sourcesOf(context, node, module);
  const modules = sources.flatMap(value => (value.type === 'module' ? [value.module] : []));
  if (modules.length === 0) return sources.length === 0;
  // Of what is there in machine code nobody knows the names: that they are there is why it was built.
  if (modules.some(isUnknown)) return false;
  const missing = node.names.filter(
    ({ name }) => name !== '*' && modules.every(source => !hasMember(context, source, name)),
  );
  if (missing.length === 0) return false;
  return missing.every(({ name }) => modules.some(source => isPartial(source, name))) ? undefined : true;
}

/** Whether a module is there of which nothing else is known. */
const isUnknown = (module: Module): boolean => module.kind === 'module' && module.names().length === 0;

/** Whether a module without source may have a name that nobody has listed: private ones are, as far as others need them. */
const isPartial = (module: Module, name: string): boolean =>
  module.kind === 'module' && (name.startsWith('_') || module.name.startsWith('_'));

/** What every module has. */
const MODULE_ATTRIBUTES = new Set([
  '__name__',
  '__doc__',
  '__package__',
  '__loader__',
  '__spec__',
  '__dict__',
]);

/** Whether a module has a name; without asking what it is. */
export function hasMember(context: Context, module: Module, name: string): boolean {
  if (MODULE_ATTRIBUTES.has(name)) return true;
  if (module.kind === 'source') {
    return (
      binds(context, module, name) ||
      context.modules.submodule(module, name) !== undefined ||
      binds(context, module, '__getattr__')
    );
  }
  if (module.kind === 'module' && module.member(name)) return true;
  return context.modules.submodule(module, name) !== undefined;
}

/** Whether a module's own code binds a name. */
export function binds(context: Context, module: SourceModule, name: string): boolean {
  const index = context.index(module, module.analysis.symbolTable.top);
  return (
    index.bindings.has(name) ||
    (index.stars.length > 0 && starBindings(context, module, name, NONE).length > 0) ||
    context.globalWrites(module, name).length > 0
  );
}

/** The bindings of a module's name with those that star imports make, in the order of the source. */
export function starBindings(
  context: Context,
  module: SourceModule,
  name: string,
  bindings: readonly Binding[],
): readonly Binding[] {
  const { stars } = context.index(module, module.analysis.symbolTable.top);
  if (stars.length === 0 || name.startsWith('__')) return bindings;
  const { starExports } = context.cache(module);
  let found = starExports.get(name);
  if (!found) {
    starExports.set(name, NONE); // for imports in circles
    found = stars
      .filter(node =>
        sourcesOf(context, node, module).some(
          // From itself, a module brings nothing new.
          value => value.type === 'module' && value.module !== module && exports(context, value.module, name),
        ),
      )
      .map((node): Binding => ({ type: 'star', node, name, start: node.start, end: node.end }));
    starExports.set(name, found);
  }
  if (found.length === 0) return bindings;
  return [...bindings, ...found].sort((a, b) => a.start - b.start);
}

/** Whether `from module import *` brings a name. */
function exports(context: Context, module: Module, name: string): boolean {
  if (module.kind === 'namespace') return false;
  if (module.kind === 'module') return !name.startsWith('_') && module.member(name) !== undefined;
  const all = exportedNames(context, module);
  if (all) return all.has(name);
  return !name.startsWith('_') && binds(context, module, name);
}

/** `__all__`; undefined without one. What cannot be told of it is left out. */
function exportedNames(context: Context, module: SourceModule): ReadonlySet<string> | undefined {
  const cache = context.cache(module);
  if (cache.exportedNames !== undefined) return cache.exportedNames ?? undefined;
  const { bindings } = context.index(module, module.analysis.symbolTable.top);
  if (!bindings.has('__all__')) {
    cache.exportedNames = null;
    return undefined;
  }
  const names = new Set<string>();
  cache.exportedNames = names;
  const isAll = (node: Expression): boolean => node.kind === NodeKind.Name && node.id === '__all__';
  const visit = (body: readonly Statement[]): void => {
    for (const node of body) {
      if (node.kind === NodeKind.Assign && node.targets.some(isAll)) addNames(node.value);
      else if (node.kind === NodeKind.AnnAssign && isAll(node.target) && node.value) addNames(node.value);
      else if (node.kind === NodeKind.AugAssign && isAll(node.target)) addNames(node.value);
      else if (node.kind === NodeKind.Expr && node.value.kind === NodeKind.Call) {
        const { func, args } = node.value;
        if (func.kind === NodeKind.Name && args.length === 1 && extendsAll(module, func.id))
          addAllOf(args[0]);
        if (func.kind !== NodeKind.Attribute || !isAll(func.value) || args.length !== 1) continue;
        if (func.attr === 'append') addName(args[0]);
        else if (func.attr === 'extend') addNames(args[0]);
      } else if (node.kind === NodeKind.If || node.kind === NodeKind.Try) {
        visit(node.body);
        visit(node.orelse);
      }
    }
  };
  const addName = (node: Expression): void => {
    if (node.kind === NodeKind.Constant && node.value.type === ConstantType.Str) names.add(node.value.value);
  };
  const addNames = (node: Expression): void => {
    switch (node.kind) {
      case NodeKind.List:
      case NodeKind.Tuple:
        for (const item of node.elts) addName(item);
        return;
      case NodeKind.BinOp:
        if (node.op !== Operator.Add) return;
        addNames(node.left);
        addNames(node.right);
        return;
      case NodeKind.Attribute:
        if (node.attr === '__all__') addAllOf(node.value);
        return;
      default:
        // A comprehension, say: what is public.
        for (const name of bindings.keys()) if (!name.startsWith('_')) names.add(name);
    }
  };
  const addAllOf = (node: Expression): void => {
    const scope = {
      module,
      entry: module.analysis.symbolTable.top,
      offset: Infinity,
      frame: undefined,
    };
    for (const value of context.evaluate(node, scope)) {
      if (value.type !== 'module') continue;
      if (value.module.kind === 'source')
        for (const name of exportedNames(context, value.module) ?? []) names.add(name);
      else if (value.module.kind === 'module') for (const name of value.module.names()) names.add(name);
    }
  };
  visit(module.analysis.module.body);
  return names;
}

/** Whether a function of the module adds to its `__all__` what another module's holds: `extend_all(module)`. */
function extendsAll({ analysis: { module, text } }: SourceModule, name: string): boolean {
  const found = module.body.find(node => node.kind === NodeKind.FunctionDef && node.name === name);
  if (!found) return false;
  const body = text.slice(found.start, found.end);
  return /\b__all__(?:\.append\(|\.extend\(| \+= )/.test(body) && /\.__all__\b|, ['"]__all__['"]/.test(body);
}

// ---- Members ---------------------------------------------------------------------------------------------------

/** A name in a module's namespace after it has run. */
export function moduleMember(context: Context, module: Module, name: string): Values {
  switch (module.kind) {
    case 'source': {
      const special = typingMember(context, module.name, name);
      if (special) return special;
      const cache = context.cache(module);
      return context.memo(cache.members, name, () => sourceMember(context, module, name));
    }
    case 'module': {
      const special = typingMember(context, module.name, name);
      if (special) return special;
      const member = module.member(name);
      return member ? bundledMember(context, member) : submodule(context, module, name);
    }
    case 'namespace':
      return submodule(context, module, name);
  }
}

function submodule(context: Context, module: Module, name: string): Values {
  const found = context.modules.submodule(module, name);
  return found ? [{ type: 'module', module: found }] : UNKNOWN;
}

function sourceMember(context: Context, module: SourceModule, name: string): Values {
  if (binds(context, module, name)) {
    const { top } = module.analysis.symbolTable;
    const scope = { module, entry: top, offset: Infinity, frame: undefined };
    const flow = context.moduleFlow(module, name);
    const own = unite(
      ...flow.map(({ binding }) =>
        binding && binding.type !== 'delete' ? context.binding(binding, scope) : [],
      ),
    );
    const written = context
      .globalWrites(module, name)
      .map(({ binding, entry }) =>
        context.binding(binding, { module, entry, offset: Infinity, frame: undefined }),
      );
    const values = unite(own, ...written);
    if (values.length > 0) return values;
  }
  const inner = submodule(context, module, name);
  if (inner.length > 0) return inner;
  switch (name) {
    case '__annotate__':
      return moduleAnnotateFunction(module);
    default: {
      const known = fromLibrary(context, module, name);
      return known.length > 0 ? known : fromStub(context, module, name);
    }
  }
}

/** What a source has from a module in machine code its stub may tell. */
function fromStub(context: Context, module: SourceModule, name: string): Values {
  const stub = context.modules.stub(module);
  return stub ? context.moduleMember(stub, name) : UNKNOWN;
}

/** What a source leaves open its library's answers may tell: names put into `globals()`. */
function fromLibrary(context: Context, module: SourceModule, name: string): Values {
  if (!context.isLibrary(module)) return UNKNOWN;
  const member = context.modules.bundled.module(module.name)?.member(name);
  return member ? bundledMember(context, member) : convertedEnum(context, module, name);
}

/** What a module or class without source has under a name. */
export function bundledMember(context: Context, member: BundledMember): Values {
  switch (member.kind) {
    case 'module': {
      const module = context.modules.module(member.name) ?? member;
      return [{ type: 'module', module }];
    }
    case 'class': {
      // Private modules offer it as well, with less said of it: `_datetime.datetime`.
      const cls = context.modules.bundled.classNamed(`${member.module}.${member.qualname}`) ?? member;
      return [{ type: 'class', class: cls }];
    }
    case 'function':
    case 'method':
    case 'classmethod':
    case 'staticmethod':
      return [{ type: 'builtin', function: member }];
    case 'attribute':
    case 'property':
    case 'instance':
      return member.result ? bundledResult(context, member.result, {}) : UNKNOWN;
  }
}
