"""What sources speak of: files, references to pages inside them, and pages."""

import hashlib
from base64 import b32encode
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from tasks.sources.printable import printable

Tally = Counter[str]  # what is passed over because it is no page, by the names in reasons.PASSED_OVER


@dataclass(frozen=True, slots=True)
class FileState:
    """Where a file is, with what tells whether it changed since it was last read."""

    path: str  # absolute
    uri: str  # relative to the path ingested, with forward slashes; the file's name if the path is the file
    size: int
    mtime_ns: int

    @property
    def fingerprint(self) -> str:
        return f"{self.size}:{self.mtime_ns}"

    @property
    def key(self) -> str:
        return hashlib.sha256(self.path.encode("utf-8", "surrogateescape")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class FoundFile(FileState):
    """A file that was met and not opened."""

    is_named: bool  # given by the user, not met in a folder


@dataclass(frozen=True, slots=True)
class InputFile(FileState):
    """A file to read, with the source that reads it."""

    kind: str


class NotAFile(OSError):
    """A device, a pipe or a socket. They are not opened: reading one may never end."""


@dataclass(frozen=True, slots=True)
class Unreached:
    """What was met and cannot be opened, with what the system says."""

    path: str
    uri: str
    error: OSError
    is_answered_for: bool  # a folder, or given by the user: it is told, be it a page or not


@dataclass(frozen=True, slots=True)
class PageRef:
    """Where one page is. Batches hand these to workers, never bytes."""

    kind: str
    path: str
    uri: str
    offset: int = 0
    end: int = 0  # start of the next page in the same offsets
    url: str | None = None
    observed_at: datetime | None = None
    charset: str | None = None  # as a sidecar or table declares it
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A part of a file in which no page could be found, met while planning."""

    ref: PageRef
    reason: str  # short code: see reasons.REASONS
    detail: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "detail", printable(self.detail))  # paths stand in it, and values of the file


@dataclass(frozen=True, slots=True)
class Column:
    """What a table says beside a page: a candidate for one field of its article."""

    field: str  # as core.evidence names it: title, authors, published_at ...
    name: str  # as the table calls the column
    values: tuple[str, ...]


Columns = tuple[Column, ...]


@dataclass(frozen=True)  # no slots: the digest is kept
class Page:
    """One capture: bytes, URL, time of observation, and what told each."""

    ref: PageRef
    body: bytes
    observed_at: datetime
    observed_source: str  # one of warehouse.tables.pages.OBSERVED_SOURCES
    url: str | None = None  # None: ask the page itself
    url_source: str | None = None
    is_text: bool = False  # already extracted text instead of HTML
    media_type: str | None = None
    http_status: int | None = None
    http_charset: str | None = None
    headers: tuple[tuple[str, str], ...] = field(default=())
    columns: Columns = ()
    unread_times: tuple[tuple[str, str], ...] = ()  # (column, value) that should have told observed_at and is no time

    @property
    def captured_at(self) -> datetime | None:
        """observed_at where a crawler has told it. The time of a file is that of a copy: no printed "2 hours ago" means it."""
        return None if self.observed_source == "mtime" else self.observed_at

    @cached_property
    def digest(self) -> str:
        """SHA-1 of the payload in Base32, as WARC-Payload-Digest writes it."""
        return "sha1:" + b32encode(hashlib.sha1(self.body, usedforsecurity=False).digest()).decode()


class PageUnreadable(Exception):
    """A page that its source cannot give. It becomes a row of ops.rejects with this reason and detail."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = printable(detail)
