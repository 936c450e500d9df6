"""What raw.pages says of where bytes lie, so that it stays true when the home folder moves."""

import os
import re
import shutil
from pathlib import Path
from typing import Final

from tasks.raw_store.staging import storage_failed
from tasks.sources.printable import openable
from warehouse.durable import sync_folder
from warehouse.raw_positions import is_own

OWN_NAME: Final = re.compile(r"broadsheet-(\d{6})\.warc\.gz")
HEAD_BYTES: Final = 1024  # of a file of a raw store: its warcinfo record, whose id no other file has


def pointer(home: Path, path: str) -> str:
    """How raw.pages names the WARC file at `path`: relative to `home` where it lies in it, else absolute.

    A file of another home's raw store gets a name in this one's, since one of the two homes may take the other's place.
    Raises StorageFailed where it cannot.
    """
    for base, file in ((os.path.abspath(home), path), (os.path.realpath(home), os.path.realpath(path))):  # noqa: PTH100 - as files are found
        if file.startswith(base + os.sep):
            return Path(file).relative_to(base).as_posix()
    named = Path(path)
    return _adopted(home / "raw", named) if named.parent.name == "raw" and OWN_NAME.fullmatch(named.name) else path


def located(home: Path, warc_uri: str) -> Path:
    """The file that raw.pages names so."""
    return Path(openable(str(home / warc_uri)))  # an absolute warc_uri stays itself


def holds(home: Path, warc_uri: str, offset: int) -> bool:
    """Whether the file is there, and goes on behind `offset` where offsets are bytes of it: in a STREAM they are not."""
    try:
        size = located(home, warc_uri).stat().st_size
    except OSError:
        return False
    return size > offset or not is_own(warc_uri)


def is_shared(path: Path) -> bool:
    """Whether the file has a second name, as in the raw store of another home: it must stay as it is."""
    return path.stat().st_nlink > 1


def numbers(raw: Path) -> list[int]:
    """Those of the files in a raw store."""
    return [int(found[1]) for path in raw.glob("broadsheet-*") if (found := OWN_NAME.fullmatch(path.name))]


def _adopted(raw: Path, path: Path) -> str:
    """The file under a name in `raw`: a hard link, or a copy on another disk."""
    try:
        raw.mkdir(parents=True, exist_ok=True)
        number = int(path.name[11:17])
        taken = numbers(raw)
        for other in taken:
            if _is_same(path, raw / _name(other)):
                return f"raw/{_name(other)}"
        target = raw / _name(number if number not in taken else max(taken) + 1)
        try:
            os.link(os.path.realpath(path), target)
        except OSError:  # another disk, or one without links; what else is wrong, the copy meets again
            passing = target.with_name(f".{target.name}.copying")
            shutil.copyfile(path, passing)
            with passing.open("rb") as copied:
                os.fsync(copied.fileno())
            passing.replace(target)
        sync_folder(raw)
    except OSError as error:
        raise storage_failed(raw, error) from error
    return f"raw/{target.name}"


def _is_same(path: Path, other: Path) -> bool:
    if path.samefile(other):
        return True
    if path.stat().st_size != other.stat().st_size:
        return False
    with path.open("rb") as one, other.open("rb") as two:
        return one.read(HEAD_BYTES) == two.read(HEAD_BYTES)


def _name(number: int) -> str:
    return f"broadsheet-{number:06d}.warc.gz"
