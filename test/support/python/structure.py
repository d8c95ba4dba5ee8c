"""What inspect says of the classes and wrappers of made.py, and why conflict.py cannot be run: for colens inspect."""
import inspect
import json
import sys
import types


def tree(part):
    if isinstance(part, list):
        return [tree(each) for each in part]
    cls, bases = part
    return {'class': name(cls), 'bases': [name(base) for base in bases]}


def name(cls):
    return f'{cls.__module__}.{cls.__qualname__}'


def main():
    files = json.load(sys.stdin)
    made = types.ModuleType('made')
    exec(files['made.py'], vars(made))
    classes = [value for _, value in sorted(vars(made).items())
               if inspect.isclass(value) and value.__module__ == 'made']
    wrappers = []
    inspect.unwrap(made.g, stop=lambda f: wrappers.append(f) or False)
    wrappers.append(inspect.unwrap(made.g))
    codes = [f.__code__ for f in wrappers]
    try:
        exec(files['conflict.py'], {'__name__': 'conflict'})
    except TypeError as error:
        conflict = f'TypeError: {error}'
    print(json.dumps({
        'module': tree(inspect.getclasstree(classes)),
        'class': tree(inspect.getclasstree(made.D.__mro__)),
        'conflict': conflict,
        # Names of code objects have no qualified one everywhere.
        'wrappers': [[code.co_firstlineno + (code.co_name == 'wrapper') + 2 * (code.co_name == 'g'),
                      'deco.<locals>.wrapper' if code.co_name == 'wrapper' else 'g'] for code in codes],
    }))


main()
