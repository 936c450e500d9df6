"""The empty warehouse that a new home begins with: tables, views, macros and the dictionary, none of which a page has a part in.

It takes longer to make than some hundred pages to load: what was made is kept, and copied for the homes after.
"""

import os
import shutil
import sys
import tempfile
from functools import cache
from hashlib import sha256
from pathlib import Path

import duckdb
from platformdirs import user_cache_path

from warehouse.definitions import are_current
from warehouse.version import VERSION

ROOM = Path(__file__).parent
NAME = "warehouse"


def kept_as(name: str) -> Path:
    """Where a database that follows from this code is kept, whether it is there or not: in the user's folder for caches."""
    return user_cache_path("broadsheet") / f"{name}-{_of_code()}.duckdb"


def kept_warehouse() -> Path:
    """Where the empty warehouse is."""
    return kept_as(NAME)


def copy_kept(target: Path) -> bool:
    """Copy the kept one to `target`; False where there is none that can be read. Raises OSError where `target` cannot be written."""
    try:
        content = kept_warehouse().read_bytes()  # some megabytes
    except OSError:
        return False
    with target.open("wb") as copy:
        copy.write(content)
        copy.flush()
        os.fsync(copy.fileno())
    return True


def begin_anew(con: duckdb.DuckDBPyConnection) -> bool:
    """Have a copy tell when it came to be, and not when the kept one did; False for one that was not made of today's files."""
    if not are_current(con):
        return False
    con.execute("UPDATE ops.migrations SET applied_at = now(); CHECKPOINT")
    return True


def keep(made: Path, name: str = NAME) -> None:
    """Keep a copy of a file that no connection has open, in place of those that other code has made."""
    kept = kept_as(name)
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept.parent, prefix=f".{name}-") as folder:  # two may keep theirs at the same time
            shutil.copyfile(made, Path(folder) / kept.name).replace(kept)
        for other in set(kept.parent.glob(f"{name}-*.duckdb")) - {kept}:
            other.unlink(missing_ok=True)
    except OSError as error:  # nothing is lost: the next one is made anew, too
        told = f"{name} could not be kept at {kept}: {error}. It is made anew each time; XDG_CACHE_HOME names another folder to keep it in."
        print(told, file=sys.stderr)


@cache
def _of_code() -> str:
    files = sorted(path for path in ROOM.rglob("*") if path.is_file() and path.suffix != ".pyc")
    parts = (part for path in files for part in (str(path.relative_to(ROOM)).encode(), path.read_bytes()))
    return sha256(b"\0".join([f"{VERSION} {duckdb.__version__}".encode(), *parts])).hexdigest()[:16]
