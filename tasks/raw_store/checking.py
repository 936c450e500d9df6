"""Whether captures can be read where raw.pages says they are."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tasks.raw_store.pointers import located
from tasks.raw_store.reading import read_raw
from tasks.sources.page import PageUnreadable
from tasks.sources.warc_archive import Layout, archive_at
from tasks.sources.warc_layout import record_end
from tasks.sources.warc_members import Damage
from warehouse.raw_positions import StoredCapture


@dataclass(slots=True)
class FileCheck:
    """One file: records that were read, and the first that could not be, in words."""

    is_there: bool
    read_count: int = 0
    damage: str | None = None


@dataclass(slots=True)
class StoreCheck:
    """Every file that raw.pages points into, by its warc_uri."""

    files: dict[str, FileCheck] = field(default_factory=dict)

    def gone(self) -> list[str]:
        return [uri for uri, file in self.files.items() if not file.is_there]

    def damaged(self) -> dict[str, str]:
        return {uri: file.damage for uri, file in self.files.items() if file.damage}

    def read_count(self) -> int:
        return sum(file.read_count for file in self.files.values())


def check_captures(home: Path, captures: Iterable[StoredCapture]) -> StoreCheck:
    """Read these captures, of each file up to the first that cannot be read or is another."""
    found = StoreCheck()
    for capture in captures:
        file = found.files.setdefault(capture.warc_uri, FileCheck(located(home, capture.warc_uri).is_file()))
        if file.is_there and file.damage is None:
            file.damage = _damage(home, capture)
            file.read_count += file.damage is None
    return found


def _damage(home: Path, capture: StoredCapture) -> str | None:
    uri, offset = capture.warc_uri, capture.warc_offset
    try:
        page = read_raw(home, uri, offset, sys.maxsize)
        archive = archive_at(str(located(home, uri)), offset)
        if archive.layout is not Layout.STREAM:
            record_end(archive, offset)  # the page may be whole where its record is not
    except PageUnreadable as error:
        return error.detail
    except (Damage, OSError) as error:
        return str(error)
    return None if page.digest == capture.digest else f"has other bytes at {offset} than page {capture.page_id} had"
