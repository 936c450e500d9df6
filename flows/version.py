"""Which code decides: recorded with every run and every row of core.evidence."""

import hashlib
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from warehouse.version import VERSION

ROOT = Path(__file__).parents[1]  # of the checkout, or what a wheel was installed into: the rooms lie there side by side
# What makes rows of a page that was read. Not what reads pages, nor what judges rows: tests/flows/test_version.py keeps the lists.
DECIDES = (
    "tasks/restoration", "tasks/dissection", "tasks/pages", "tasks/shaping",
    "tasks/workers/dissect_batch.py", "warehouse/search/fold.py", "warehouse/search/fold.tsv",
)  # fmt: skip
DECIDES_NOTHING = (
    "tasks/dissection/outline",  # draws a page
    "tasks/restoration/characters/build_fold.py", "tasks/restoration/characters/build_model.py",  # make files that are hashed
    "tasks/shaping/fetches.py", "tasks/shaping/ledger.py", "tasks/shaping/rejects.py",  # write down how it went
)  # fmt: skip
DECIDING_FILES = (".py", ".toml", ".npz", ".tsv")  # code, lexicons, the character model, the fold
LIBRARIES = (
    "courlan", "dateparser", "ftfy", "htmldate", "justext", "lxml", "lxml-html-clean", "opencc", "pypinyin", "python-dateutil",
    "resiliparse", "trafilatura",
)  # fmt: skip


@cache
def extractor() -> str:
    """broadsheet/x.y.z+hhhhhhhh trafilatura/x.y.z: equal where the same code, lexicons, models and libraries decide.

    The eight hex digits are of a hash over the contents of DECIDES, the versions of LIBRARIES and of Unicode. 20 ms, once a process.
    """
    return f"broadsheet/{VERSION}+{fingerprint(ROOT)} trafilatura/{version('trafilatura')}"


def fingerprint(root: Path) -> str:
    """Eight hex digits for what decides under `root`; by names and contents, so that a checkout and its wheel have the same."""
    digest = hashlib.sha256(unicodedata.unidata_version.encode())
    for library in LIBRARIES:
        digest.update(f"\0{library} {version(library)}".encode())
    for path in deciding_files(root):
        content = path.read_bytes()
        name = path.as_posix().removeprefix(f"{root.as_posix()}/")  # relative_to of a thousand files takes longer than hashing them
        digest.update(f"\0{name} {len(content)}\0".encode() + content)
    return digest.hexdigest()[:8]


def deciding_files(root: Path) -> Iterator[Path]:
    """The files of DECIDES in the order of their names."""
    given = [root / name for name in DECIDES]
    found = {path for each in given for path in (each.rglob("*") if each.is_dir() else [each]) if path.suffix in DECIDING_FILES}
    idle = tuple(f"{(root / name).as_posix()}/" for name in DECIDES_NOTHING)
    return iter(sorted(path for path in found if not f"{path.as_posix()}/".startswith(idle)))
