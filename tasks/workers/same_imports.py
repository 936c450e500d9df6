"""A process that this one starts imports what this one imports, wherever that was started.

`python -c` and `python -m` put the working folder before all libraries: a `logging.py` that lies there would be imported instead of
Python's own. See PYTHONSAFEPATH in https://docs.python.org/3.11/using/cmdline.html
"""

import os
import sys


def same_imports() -> dict[str, str]:
    """Variables for it: our own path, and nothing before it."""
    return {"PYTHONSAFEPATH": "1", "PYTHONPATH": os.pathsep.join(path or os.getcwd() for path in sys.path)}  # noqa: PTH109
