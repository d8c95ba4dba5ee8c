// What a class statement gives the class and its instances: names that the body binds, `C.name = …` behind it, and
// `self.name = …` in its methods.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { FunctionDef } from '../../python/ast/nodes.ts';
import type { SymbolTableEntry } from '../../python/symtable/entry.ts';
import { BlockType, ComprehensionType, SymbolFlags } from '../../python/symtable/flags.ts';
import { mroOf } from '../classes/mro.ts';
import { isFunction } from '../../python/ast/parts.ts';
import type { EvaluationScope, SourceClass, Values } from '../values.ts';
import type { AttributeOwner, AttributeWrite, Context } from './context.ts';
import { classMember } from './lookup.ts';
import type { Entry, Memo } from './memo.ts';
import { classAround, methodKind } from './methods.ts';
import { mayWriteNames, namespaceWrites } from './namespaceWrites.ts';
import { UNKNOWN, unite } from './unions.ts';

/** What a class has under a name in the end: by what is set on it afterwards, by its body, by its methods. */
export function ownMember(context: Context, cls: SourceClass, name: string): Values {
  const cache = context.cache(cls.module);
  const memo = memoOf(cache.classMembers, cls);
  return context.memo(memo, name, () => {
    const scope: EvaluationScope = {
      module: cls.module,
      entry: cls.entry,
      offset: Infinity,
      frame: cls.scope.frame,
    };
    // What is set behind the class statement comes last, and counts.
    const later = setLater(context, cls, name);
    if (later.length > 0) return later;
    const written = classMember(context, name, scope);
    if (written.length > 0) return written;
    const byText = writtenByText(context, cls, name);
    return byText.length > 0 ? byText : writtenValues(context, cls, name, 'class');
  });
}

/** What a class sets on the classes below it when they are made. */
export const subclassMember = (context: Context, cls: SourceClass, name: string): Values =>
  writtenValues(context, cls, name, 'subclass');

/** What methods set on instances under a name: what says something comes before None. */
export function instanceAttribute(context: Context, cls: SourceClass, name: string): Values {
  const cache = context.cache(cls.module);
  const memo = memoOf(cache.instanceAttributes, cls);
  return context.memo(memo, name, () => {
    const values = writtenValues(context, cls, name, 'instance');
    const declared = values.length > 0 ? UNKNOWN : declaredValues(context, cls, name);
    const none = context.builtinClass('builtins.NoneType');
    const isNone = (value: Values[number]): boolean => value.type === 'instance' && value.class === none;
    const all = unite(values, declared);
    return all.length > 1 && all.some(isNone)
      ? [...all.filter(value => !isNone(value)), ...all.filter(isNone).slice(0, 1)]
      : all;
  });
}

/** `name: int` in the body says what instances have. */
function declaredValues(context: Context, cls: SourceClass, name: string): Values {
  const bindings = context.index(cls.module, cls.entry).bindings.get(name) ?? [];
  const scope: EvaluationScope = {
    module: cls.module,
    entry: cls.entry,
    offset: Infinity,
    frame: cls.scope.frame,
  };
  return unite(
    ...bindings
      .filter(binding => binding.type === 'annotated')
      .map(binding => context.binding(binding, scope)),
  );
}

function memoOf(memos: WeakMap<SourceClass, Memo<string>>, cls: SourceClass): Memo<string> {
  let memo = memos.get(cls);
  if (!memo) memos.set(cls, (memo = new Map<string, Entry>()));
  return memo;
}

/** `C.name = …` in the block of the class statement. */
function setLater(context: Context, cls: SourceClass, name: string): Values {
  const { entry } = cls.scope;
  const bindings = context.index(cls.module, entry).bindings.get(`${cls.name}.${name}`) ?? [];
  const scope: EvaluationScope = { ...cls.scope, offset: Infinity };
  return unite(...bindings.map(binding => context.binding(binding, scope)));
}

/** `setattr(C, 'name', …)` behind the class statement, `vars()['name'] = …` in its body. */
function writtenByText(context: Context, { module, qualname }: SourceClass, name: string): Values {
  return unite(
    ...context
      .globalWrites(module, `${qualname}.${name}`)
      .map(({ binding, entry }) =>
        context.binding(binding, { module, entry, offset: Infinity, frame: undefined }),
      ),
  );
}

function writtenValues(context: Context, cls: SourceClass, name: string, on: AttributeOwner): Values {
  const writes = attributeWrites(context, cls).get(name);
  if (!writes) return UNKNOWN;
  return unite(
    ...writes
      .filter(write => write.on === on && write.binding.type !== 'delete')
      .map(({ binding, entry }) =>
        context.binding(binding, { module: cls.module, entry, offset: Infinity, frame: cls.scope.frame }),
      ),
  );
}

function attributeWrites(context: Context, cls: SourceClass): ReadonlyMap<string, readonly AttributeWrite[]> {
  const { attributeWrites: known } = context.cache(cls.module);
  let writes = known.get(cls.node);
  if (!writes) known.set(cls.node, (writes = collectWrites(context, cls)));
  return writes;
}

function collectWrites(context: Context, cls: SourceClass): Map<string, AttributeWrite[]> {
  const writes = new Map<string, AttributeWrite[]>();
  const { module } = cls;
  const visit = (entry: SymbolTableEntry, self: string, on: AttributeOwner): void => {
    const { bindings } = context.index(module, entry);
    const prefix = `${self}.`;
    for (const [key, list] of bindings) {
      if (!key.startsWith(prefix) || key.includes('.', prefix.length)) continue;
      const name = key.slice(prefix.length);
      const known = writes.get(name) ?? [];
      for (const binding of list) known.push({ binding, entry, on });
      writes.set(name, known);
    }
    // Functions inside that take `self` from around.
    for (const child of entry.children) {
      if (child.type === BlockType.Function && !child.varnames.includes(self) && isCode(child))
        visit(child, self, on);
    }
  };
  for (const [node, method] of methodsOf(cls)) {
    const self = method.varnames[0];
    const kind = methodKind(node);
    if (self === undefined || kind === 'static') continue;
    const below = node.name === '__init_subclass__';
    visit(method, self, below ? 'subclass' : kind === 'class' ? 'class' : 'instance');
  }
  return writes;
}

const isCode = ({ node, comprehension }: SymbolTableEntry): boolean =>
  isFunction(node) && comprehension === ComprehensionType.None;

function methodsOf(cls: SourceClass): [FunctionDef, SymbolTableEntry][] {
  const methods: [FunctionDef, SymbolTableEntry][] = [];
  const visit = (entry: SymbolTableEntry): void => {
    for (const child of entry.children) {
      if (child.type === BlockType.TypeParameters) visit(child);
      else if (child.type === BlockType.Function && isFunction(child.node)) {
        if (child.node.args.posonlyargs.length + child.node.args.args.length === 0) continue;
        if (classAround(child) === cls.entry) methods.push([child.node, child]);
      }
    }
  };
  visit(cls.entry);
  return methods;
}

/** What code of a module binds in its namespace by `global` or by texts; in its classes, as `C.name`, by texts. */
export function collectGlobalWrites(
  context: Context,
  module: SourceClass['module'],
): Map<string, AttributeWrite[]> {
  const { text } = module.analysis;
  const writes = mayWriteNames(text) ? namespaceWrites(module) : new Map<string, AttributeWrite[]>();
  if (!text.includes('global ')) return writes;
  const visit = (entry: SymbolTableEntry): void => {
    if (entry.type === BlockType.Function && entry.node.kind !== NodeKind.Lambda) {
      const declared = globalsOf(entry);
      if (declared.length > 0) {
        const { bindings } = context.index(module, entry);
        for (const name of declared) {
          const list = bindings.get(name);
          if (!list) continue;
          const known = writes.get(name) ?? [];
          for (const binding of list)
            if (binding.type !== 'delete') known.push({ binding, entry, on: 'instance' });
          writes.set(name, known);
        }
      }
    }
    for (const child of entry.children) visit(child);
  };
  visit(module.analysis.symbolTable.top);
  return writes;
}

function globalsOf(entry: SymbolTableEntry): string[] {
  const names: string[] = [];
  for (const name of entry.symbols.keys())
    if ((entry.flags(name) & SymbolFlags.DEF_GLOBAL) !== 0) names.push(name);
  return names;
}

/** The classes of a class's module that inherit from it. */
export function subclassesOf(context: Context, cls: SourceClass): readonly SourceClass[] {
  const { module } = cls;
  const known = context.cache(module).subclasses;
  let found = known.get(cls.node);
  if (!found) {
    known.set(cls.node, (found = []));
    const { top } = module.analysis.symbolTable;
    const classes: SourceClass[] = [];
    for (const list of context.index(module, top).bindings.values()) {
      for (const binding of list) {
        if (binding.type !== 'class' || binding.node === cls.node) continue;
        classes.push(
          context.sourceClass(binding.node, { module, entry: top, offset: binding.start, frame: undefined }),
        );
      }
    }
    found = classes.filter(other => mroOf(context, other).classes.includes(cls));
    known.set(cls.node, found);
  }
  return found;
}
