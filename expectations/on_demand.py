"""Libraries that Great Expectations imports whatever it is asked, and that no expectation of ours needs: loaded when one does.

They are a third of the CPU that its import takes, 1 of 3 s, which every run pays. https://docs.python.org/3/library/importlib.html#importlib.util.LazyLoader
"""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType

DRAWING_AND_DISTRIBUTIONS = ("altair", "scipy.stats")


class OnDemand(MetaPathFinder):
    """Finds each of `names` as a module that is loaded with the first attribute that is asked of it."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = frozenset(names)

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if fullname not in self._names:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
        return spec


def load_on_demand(names: Sequence[str]) -> None:
    """From now on."""
    sys.meta_path.insert(0, OnDemand(names))
