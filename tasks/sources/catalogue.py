"""The sources, an explicit list. To add one: write its module with the functions of Source, and name it here."""

from collections.abc import Iterator
from typing import Protocol

from tasks.sources import html_folder, page_table, text_extract, warc
from tasks.sources.file_bytes import refusal
from tasks.sources.page import InputFile, Page, PageRef, Tally, Unreadable
from tasks.sources.unpacked import plain_name
from warehouse.errors import SettingsInvalid


class Source(Protocol):
    """What a source module offers. Offsets are the source's own: bytes, rows, or 0 for a file that is one page."""

    KIND: str

    def recognises(self, name: str, head: bytes) -> bool:
        """Whether a file is its own, by name, then by its first bytes (`head` is empty if it cannot be opened).

        Packing is undone for both: `name` is in lower case and lacks .gz or .zst, `head` is what the file unpacks to.
        """

    def plan(self, file: InputFile, start: int = 0, passed_over: Tally | None = None) -> Iterator[PageRef | Unreadable]:
        """Where the pages are, from offset `start` on. Runs in the parent: cheap, streaming, in bounded memory."""

    def read(self, ref: PageRef, max_bytes: int) -> Page:
        """One page. Runs in the worker. Raises PageUnreadable with a reason of reasons.REASONS."""


# Asked in this order: names overlap only in pages.jsonl, which html_folder claims where it is a sidecar.
SOURCES: tuple[Source, ...] = (html_folder, warc, text_extract, page_table)
KINDS: tuple[str, ...] = tuple(source.KIND for source in SOURCES)


def source_of(kind: str) -> Source:
    """The source called `kind`. Raises SettingsInvalid if there is none."""
    for source in SOURCES:
        if kind == source.KIND:
            return source
    raise SettingsInvalid(f"expected a source kind, one of {', '.join(KINDS)}; came {kind!r}")


def kind_of(name: str, head: bytes) -> str | None:
    """The kind of the first source that recognises the file; `head` are the first bytes that it unpacks to."""
    name = plain_name(name)
    return next((source.KIND for source in SOURCES if source.recognises(name, head)), None)


def plan(file: InputFile, start: int = 0, passed_over: Tally | None = None) -> Iterator[PageRef | Unreadable]:
    """Where the pages of `file` are, from offset `start` on, and the parts in which none can be found."""
    try:
        yield from source_of(file.kind).plan(file, start, passed_over)
    except OSError as error:  # the file went away, or its disk broke, since it was discovered
        ref = PageRef(file.kind, file.path, file.uri, offset=start, end=start)
        yield Unreadable(ref, *refusal(file.path, error))
    except Exception as error:  # noqa: BLE001 - libraries raise what they like about a broken file, and it must not end the run
        ref = PageRef(file.kind, file.path, file.uri, offset=start, end=start)
        yield Unreadable(ref, "plan_failed", f"{file.path}: {type(error).__name__}: {error}"[:500])


def read(ref: PageRef, max_bytes: int) -> Page:
    """The page at `ref`, at most `max_bytes` long. Raises PageUnreadable with a reason of reasons.REASONS."""
    return source_of(ref.kind).read(ref, max_bytes)
