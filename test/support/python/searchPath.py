# The folders on sys.path, without the script's own. No question; answer: the folders.
import json
import os
import sys

json.dump([folder.replace('\\', '/') for folder in sys.path[1:] if os.path.isdir(folder)], sys.stdout)
