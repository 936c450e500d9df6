"""Loads dataframely without SQLAlchemy, which it takes in where it finds it, for a translation of schemas that we never ask for.

That is a quarter of a second of each command. None in sys.modules is how Python is told that a module is not there:
https://docs.python.org/3/reference/import.html#the-module-cache. Whoever imports SQLAlchemy afterwards gets it.
"""

import sys

NAME = "sqlalchemy"

if NAME in sys.modules:
    import dataframely as dataframely
else:
    sys.modules[NAME] = None  # type: ignore[assignment]
    try:
        import dataframely as dataframely
    finally:
        del sys.modules[NAME]
