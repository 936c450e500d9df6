"""text_extract: pages of which only the text is left: one .txt file a page, or the conversion records of WET files."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from tasks.sources import sidecar, warc
from tasks.sources.page import InputFile, Page, PageRef, Tally, Unreadable
from tasks.sources.unpacked import head_of, plain_name
from tasks.sources.warc_layout import opens_a_warc
from tasks.sources.whole_file import page_of_file

KIND: Final = "text_extract"
WET_SUFFIX: Final = ".wet"
SUFFIXES: Final = (".txt", WET_SUFFIX)


def recognises(name: str, head: bytes) -> bool:
    """By its name only: any bytes could be text."""
    return name.endswith(SUFFIXES)


def plan(file: InputFile, start: int = 0, passed_over: Tally | None = None) -> Iterator[PageRef | Unreadable]:
    """One page per text file, one per conversion record of a WET file."""
    if is_wet(file.path):
        yield from warc.plan(file, start, passed_over)
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
    if plain_name(path).endswith(WET_SUFFIX):
        return True
    try:
        return opens_a_warc(head_of(path))
    except OSError:  # whoever reads the file next says what is wrong with it
        return False
