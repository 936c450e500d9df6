"""The fate of one page: its capture, what dissection found on it, or the reason why there is nothing."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from tasks.dissection.findings import DissectedPage
from tasks.sources.page import PageRef


@dataclass(frozen=True, slots=True)
class Capture:
    """A page that could be read: a row of raw.pages but for where its bytes will lie."""

    page_id: str
    url: str
    url_source: str
    observed_at: datetime
    observed_source: str
    digest: str
    byte_count: int
    http_status: int | None = None
    media_type: str | None = None
    charset: str | None = None
    charset_source: str | None = None
    is_staged: bool = False  # False: the bytes stay where the user has them


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """One page's fate. `reason` is None exactly where the page carries an article."""

    ref: PageRef
    capture: Capture | None = None
    dissected: DissectedPage | None = None
    reason: str | None = None
    detail: str | None = None
    failed_attempts: int | None = None  # set where the next run tries the page again


def page_key(url: str, digest: str) -> str:
    """page_id: the first 16 hex digits of SHA-256 over URL and payload digest, so that a capture has one key anywhere."""
    return hashlib.sha256(f"{url}\n{digest}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
