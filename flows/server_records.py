"""The empty database of a temporary Prefect server.

Prefect makes it by a hundred migrations, which take more CPU than a thousand pages: what they made is kept for the runs after.
"""

import asyncio
import shutil
import sqlite3
import tempfile
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

from platformdirs import user_cache_path


def kept_database() -> Path:
    """Where the empty database of this Prefect is kept, whether it is there or not: in the user's folder for caches."""
    return user_cache_path("broadsheet") / f"prefect-{version('prefect')}.db"


def make_database(target: Path) -> None:
    """An empty database at `target`, from the one that is kept where it is sound; else by Prefect's migrations, and kept if it can be.

    Call before the server is made, in its process: the migrations look for their database in its settings.
    """
    kept = kept_database()
    if _is_sound(kept):
        part = target.with_suffix(".part")
        shutil.copyfile(kept, part)
        part.replace(target)  # a server that dies here is started again, and takes what it finds for its records
        return
    from prefect.server.database import provide_database_interface

    asyncio.run(provide_database_interface().create_db())
    try:
        _keep(target, kept)
    except OSError as error:  # nothing is lost: the next run makes its own
        print(f"the empty database could not be kept at {kept}: {error}")


def _is_sound(database: Path) -> bool:
    if not database.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            ((said,),) = connection.execute("PRAGMA quick_check").fetchall()
            return bool(said == "ok" and connection.execute("SELECT 1 FROM alembic_version").fetchall())
    except (sqlite3.DatabaseError, ValueError):
        return False


def _keep(database: Path, kept: Path) -> None:
    """Copied under a name of its own first: runs that begin at the same time must not meet a half of it."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept.parent, prefix=".prefect-") as folder:
        part = Path(folder) / kept.name
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(part)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # Prefect's own is WAL, of which each reader leaves two more files
        part.replace(kept)
