"""Where an export is written: into a hidden folder beside its target, which gets the name when all of it is on the disk.

A folder that a killed export has left is removed by the next one beside it: one under way holds a lock on its own.
"""

import ctypes
import fcntl
import glob
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.durable import sync_folder
from warehouse.errors import SettingsInvalid

DESCRIPTOR = "datapackage.json"
AT_FDCWD, RENAME_EXCHANGE = -100, 2  # of renameat2(2)
MADE_BY = "broadsheet export"  # in the descriptor: what --replace may replace


@contextmanager
def workshop(target: Path, *, is_replaced: bool) -> Iterator[Path]:
    """A folder in which `package` is to be made, which then becomes `target`; whatever ends the block in another way leaves `target` as
    it was. Raises SettingsInvalid where it is there and may not be replaced, StorageFailed where nothing can be made there."""
    target = target.absolute()
    _refuse_what_is_there(target, is_replaced=is_replaced)
    with folder_beside(target) as folder:
        (folder / "package").mkdir()
        yield folder
        _refuse_what_is_there(target, is_replaced=is_replaced)  # somebody else may have been faster
        _give_the_name(folder / "package", target, folder / "replaced")


@contextmanager
def folder_beside(target: Path) -> Iterator[Path]:
    """A hidden folder on the disk of `target`, for what is going to get its name. It goes with the block, or when it is made there next."""
    target.parent.mkdir(parents=True, exist_ok=True)
    _sweep(target)
    folder = target.with_name(f".{target.name}.{secrets.token_hex(4)}.exporting")
    folder.mkdir()
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def _give_the_name(package: Path, target: Path, aside: Path) -> None:
    try:
        if target.exists() and _exchanged(package, target):
            return
        if target.exists():
            target.rename(aside)
        package.rename(target)
    finally:
        if aside.exists() and not target.exists():  # stopped in between
            aside.rename(target)
        sync_folder(target.parent)


def _exchanged(one: Path, other: Path) -> bool:
    """Swap two names in one step; False where system or file system cannot."""
    swap = getattr(ctypes.CDLL(None), "renameat2", None)
    return swap is not None and swap(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0


def _refuse_what_is_there(target: Path, *, is_replaced: bool) -> None:
    if not os.path.lexists(target):
        return
    if not _is_export(target):
        raise SettingsInvalid(f"Expected a folder to make, but {target} is there and is no earlier export: give another --to.")
    if not is_replaced:
        raise SettingsInvalid(f"Expected a folder to make, but {target} is an earlier export: give --replace, or another --to.")


def _is_export(target: Path) -> bool:
    try:
        told = json.loads((target / DESCRIPTOR).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return not target.is_symlink() and isinstance(told, dict) and told.get("madeBy") == MADE_BY


def _sweep(target: Path) -> None:
    for left in target.parent.glob(f".{glob.escape(target.name)}.*.exporting"):
        try:
            descriptor = os.open(left, os.O_RDONLY | os.O_DIRECTORY)
        except OSError:  # gone meanwhile, or nothing of ours
            continue
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left, ignore_errors=True)
        except BlockingIOError:
            continue  # under way
        finally:
            os.close(descriptor)
