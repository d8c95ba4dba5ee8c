"""Prints this interpreter's standard library, a line of JSON for each file: {"name", "source": BASE64}.

For interpreters whose library is not a folder of this machine: WebAssembly keeps it in an archive.
"""
import base64
import json
import os
import sys
import sysconfig
import zipfile

SKIPPED = ('__pycache__', 'site-packages', 'dist-packages')


def sources():
    for place in sys.path:
        if zipfile.is_zipfile(place):
            with zipfile.ZipFile(place) as archive:
                for name in archive.namelist():
                    yield name, archive.read(name)
            return
    root = sysconfig.get_path('stdlib')
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if name not in SKIPPED]
        for file in files:
            path = os.path.join(folder, file)
            with open(path, 'rb') as opened:
                yield os.path.relpath(path, root).replace(os.sep, '/'), opened.read()


for name, source in sorted(item for item in sources() if item[0].endswith('.py')):
    print(json.dumps({'name': name, 'source': base64.b64encode(source).decode('ascii')}))
