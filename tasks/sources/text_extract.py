"""text_extract: pages of which only the text is left: one .txt file a page, or the conversion records of WET files."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from tasks.sources import sidecar, warc
from tasks.sources.page import InputFile, Page, PageRef, Tally, Unreadable
from tasks.sources.warc_layout import opens_a_warc
from tasks.sources.whole_file import page_of_file

KIND: Final = "text_extract"
WET_SUFFIXES: Final = (".wet", ".wet.gz")
SUFFIXES: Final = (".txt", ".txt.gz", *WET_SUFFIXES)


def recognises(name: str, head: bytes) -> bool:
    """By its name only: any bytes could be text."""
    return name.lower().endswith(SUFFIXES)


def plan(file: InputFile, start: int = 0, skipped: Tally | None = None) -> Iterator[PageRef | Unreadable]:
    """One page per text file, one per conversion record of a WET file."""
    if is_wet(str(file.path)):
        yield from warc.plan(file, start, skipped)
    elif start == 0:
        yield sidecar.describe(file)


def read(ref: PageRef, max_bytes: int) -> Page:
    """The text as it was extracted. Raises PageUnreadable with a reason of REASONS."""
    if is_wet(ref.path):
        return warc.read(ref, max_bytes)
    return page_of_file(ref, max_bytes, is_text=True)


@lru_cache(maxsize=64)
def is_wet(path: str) -> bool:
    """Whether the file holds WARC records, whatever its name."""
    if path.lower().endswith(WET_SUFFIXES):
        return True
    try:
        with Path(path).open("rb") as file:
            return opens_a_warc(file.read(4096))
    except OSError:  # whoever reads the file next says what is wrong with it
        return False
