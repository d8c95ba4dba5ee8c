# Which file each module below the folders of a search path is loaded from, by importlib's path finder, and which names
# that could be modules' are none. Nothing is imported.
# Question: the folders. Answer: [[name, kind, places], ...]; kind is None, 'source', 'binary' or 'namespace'.
import importlib.machinery
import json
import os
import sys
import types

LOADERS = {
    importlib.machinery.SourceFileLoader: 'source',
    importlib.machinery.SourcelessFileLoader: 'binary',
    importlib.machinery.ExtensionFileLoader: 'binary',
}


def names_in(folders):
    names = set()
    for folder in folders:
        if os.path.isdir(folder):
            stems = {entry.split('.')[0] for entry in os.listdir(folder)}
            names |= stems | {stem.swapcase() for stem in stems if len(stem) % 4 == 0}
    return sorted(name for name in names if name)


def walk(prefix, folders, depth, answer):
    for name in names_in(folders):
        spec = importlib.machinery.PathFinder.find_spec(prefix + name, folders)
        if spec is None:
            answer.append([prefix + name, None, []])
            continue
        kind = LOADERS.get(type(spec.loader), 'namespace')
        inner = spec.submodule_search_locations
        inner = None if inner is None else list(getattr(inner, '_path', inner))
        answer.append([prefix + name, kind, inner if kind == 'namespace' else [spec.origin]])
        if inner and depth > 0:
            # Namespace packages look their parents up among what has been imported.
            imported = sys.modules.get(prefix + name)
            sys.modules[prefix + name] = types.ModuleType(prefix + name)
            sys.modules[prefix + name].__path__ = inner
            walk(prefix + name + '.', inner, depth - 1, answer)
            del sys.modules[prefix + name]
            if imported is not None:
                sys.modules[prefix + name] = imported


folders = json.load(sys.stdin)
found = []
walk('', folders, 12, found)
json.dump(found, sys.stdout)
