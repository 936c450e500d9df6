"""Whether two machines run the same: one row must not depend on which machine has made it."""

import hashlib
import platform
import re
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any, Self

from warehouse.version import VERSION

ROOT = Path(__file__).parents[3]  # of the checkout, or what a wheel was installed into
ROOMS = ("flows", "tasks", "expectations", "warehouse")
CODE = (".py", ".toml", ".npz", ".tsv", ".sql")
CARRIES = ("distributed", "dask", "cloudpickle", "msgpack")  # the extra's, which pyproject.toml names but once


@dataclass(frozen=True, slots=True)
class Build:
    """What is the same on all machines of a cluster, or they are none of it."""

    version: str  # of Broadsheet, with a hash of all its code
    extractor: str  # as core.evidence has it, the libraries that decide within
    python: str
    libraries: dict[str, str]  # by name, as installed

    @classmethod
    def here(cls, extractor: str) -> Self:
        """Of this process."""
        return cls(f"{VERSION}+{_code()}", extractor, platform.python_version(), _libraries())

    @classmethod
    def told(cls, told: dict[str, Any]) -> Self:
        """As `as_dict` of another machine gave it."""
        return cls(**told)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def name(self) -> str:
        """Equal where all is equal; in Dask's terms a resource, which only machines of the same build have."""
        told = repr((self.version, self.extractor, self.python, sorted(self.libraries.items())))
        return f"broadsheet-{hashlib.sha256(told.encode()).hexdigest()[:12]}"

    def differences(self, other: "Build") -> str:
        """`numpy 2.1 and not 2.2`: what `other` has, and what is here; empty where nothing differs."""
        ours, theirs = self._parts(), other._parts()
        odd = sorted(name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name))
        return ", ".join(f"{name} {theirs.get(name, 'none')} and not {ours.get(name, 'none')}" for name in odd)

    def _parts(self) -> dict[str, str]:
        return {"broadsheet": self.version, "extractor": self.extractor, "Python": self.python, **self.libraries}


@cache
def _code() -> str:
    """Eight hex digits for all code of the rooms; by names and contents, so that a checkout and its wheel have the same."""
    digest = hashlib.sha256()
    for path in sorted(path for room in ROOMS for path in (ROOT / room).rglob("*") if path.suffix in CODE):
        digest.update(f"\0{path.relative_to(ROOT).as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:8]


@cache
def _libraries() -> dict[str, str]:
    """Of what pyproject.toml names, but for extras."""
    try:
        named = [re.split(r"[^\w.-]", each, maxsplit=1)[0] for each in requires("broadsheet") or () if "extra ==" not in each]
    except PackageNotFoundError:  # run from a checkout that is not installed
        named = []
    return {name: version(name) for name in sorted({*named, *CARRIES})}
