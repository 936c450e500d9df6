"""Much input in parts that are runs of their own: files that lie together, of about so many pages.

A file is in one shard and never cut: inside, batches are shared out. A saved page is one; of other files pages are counted in the first of
a kind and estimated by size in the others, since counting all would be reading all.
"""

# Names are text, and paths are cut as names: see discovery.py.
# ruff: noqa: PTH120, PTH122

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from tasks.sources.page import InputFile, Unreadable

COUNTED = 3  # files of each kind and ending
MOST_PATH_CHARS = 300_000  # of a shard: Prefect takes parameters of half a megabyte


@dataclass(frozen=True, slots=True)
class Shard:
    """An ordinary ingest: what it reads, and the folder that its files are named by."""

    number: int  # 1-based
    paths: tuple[str, ...]
    below: str  # what was given: pages without an address are named by their place in it, whichever shard they are in
    pages: int
    byte_count: int
    is_estimated: bool  # whether pages were counted in some of its files only


@dataclass(slots=True)
class _Draft:
    """A shard in the making."""

    files: list[str] = field(default_factory=list)
    pages: int = 0
    byte_count: int = 0
    is_estimated: bool = False


class PageCounts:
    """Pages by file."""

    def __init__(self, count: Callable[[InputFile], int]) -> None:
        """`count` opens a file, and counts."""
        self._count = count
        self._files: Counter[tuple[str, str]] = Counter()
        self._pages: Counter[tuple[str, str]] = Counter()
        self._bytes: Counter[tuple[str, str]] = Counter()

    def of(self, file: InputFile) -> tuple[int, bool]:
        """How many, and whether that is estimated."""
        if file.kind == "html_folder":
            return 1, False
        key = (file.kind, os.path.splitext(file.path)[1].lower())
        if self._files[key] < COUNTED:
            pages = self._count(file)
            self._files[key] += 1
            self._pages[key] += pages
            self._bytes[key] += file.size
            return pages, False
        return max(1, round(file.size * self._pages[key] / max(1, self._bytes[key]))), True


def plan_shards(found: Sequence[InputFile | Unreadable], roots: Sequence[str], pages: int, counts: PageCounts) -> Iterator[Shard]:
    """Shards of at most `pages` pages, but for single files that have more; in the order of what was found, each below one of `roots`."""
    number = 0
    for root in roots:
        within = [item for item in found if _path(item) == root or _path(item).startswith(root.rstrip("/") + "/")]
        below = os.path.dirname(root) if within and _path(within[0]) == root else root
        folders = Counter(folder for item in within for folder in _folders(_path(item), root))
        for draft in _drafts(within, pages, counts):
            number += 1
            yield Shard(number, _named(draft.files, folders, root), below, draft.pages, draft.byte_count, draft.is_estimated)


def _drafts(found: Sequence[InputFile | Unreadable], pages: int, counts: PageCounts) -> Iterator[_Draft]:
    draft, chars = _Draft(), 0
    for item in found:
        path = _path(item)
        more, is_estimated = counts.of(item) if isinstance(item, InputFile) else (0, False)
        if draft.files and (draft.pages + more > pages or chars + len(path) > MOST_PATH_CHARS):
            yield draft
            draft, chars = _Draft(), 0
        draft.files.append(path)
        chars += len(path) + 4
        draft.pages += more
        draft.byte_count += item.size if isinstance(item, InputFile) else 0
        draft.is_estimated |= is_estimated
    if draft.files:
        yield draft


def _named(files: Sequence[str], folders: Counter[str], root: str) -> tuple[str, ...]:
    """The files, those of a folder that is here as a whole by its name."""
    here = Counter(folder for path in files for folder in _folders(path, root))
    named: dict[str, None] = {}
    for path in files:
        whole = next((folder for folder in _folders(path, root) if here[folder] == folders[folder]), path)
        named[whole] = None
    return tuple(named)


def _folders(path: str, root: str) -> list[str]:
    """The folders that a file is in, from `root` down; none where the file is what was given."""
    found, folder = [], os.path.dirname(path)
    while len(folder) > len(root):
        found.append(folder)
        folder = os.path.dirname(folder)
    return [root, *reversed(found)] if path != root else []


def _path(item: InputFile | Unreadable) -> str:
    return item.path if isinstance(item, InputFile) else item.ref.path
