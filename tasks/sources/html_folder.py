"""html_folder: saved HTML pages, one page a file, alone or in folders, with an optional sidecar pages.jsonl."""

import os
from collections.abc import Iterator
from typing import Final

from tasks.sources import sidecar
from tasks.sources.page import InputFile, Page, PageRef, Tally, Unreadable
from tasks.sources.whole_file import page_of_file

KIND: Final = "html_folder"
SUFFIXES: Final = (".html", ".htm", ".xhtml")
OPENINGS: Final = (b"<!doctype html", b"<html", b"<!-- saved from url")


def recognises(name: str, head: bytes) -> bool:
    """By its name; a nameless page by its opening; and the sidecar that describes pages."""
    if name.endswith(SUFFIXES):
        return True
    if name == sidecar.NAME:
        return sidecar.is_sidecar(head)
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(OPENINGS)


def plan(
    file: InputFile,
    start: int = 0,
    passed_over: Tally | None = None,
) -> Iterator[PageRef | Unreadable]:
    """One page per file. The sidecar itself is a file without pages: only its broken lines come of it."""
    if os.path.basename(file.path) == sidecar.NAME:  # noqa: PTH119 - a str is enough
        yield from sidecar.plan(file, start)
    elif start == 0:
        yield sidecar.describe(file)


def read(ref: PageRef, max_bytes: int) -> Page:
    """The saved bytes. Raises PageUnreadable with a reason of REASONS."""
    return page_of_file(ref, max_bytes, is_text=False)
