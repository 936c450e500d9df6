"""Dissected batches as workers hand them back, in a few words."""

from datetime import UTC, datetime
from typing import Any

from tasks.dissection.findings import Article, DissectedPage
from tasks.pages.outcome import Capture, PageOutcome, page_key
from tasks.planning.batches import PageBatch, Stretch
from tasks.sources.page import InputFile, PageRef
from tasks.workers.dissected_batch import DissectedBatch

SEEN = datetime(2026, 3, 1, 8, tzinfo=UTC)
DIGEST = "sha1:" + "A" * 32
BODY = "The ferry stayed in port.\nNobody knew why."


def capture(url: str = "https://pier.example/1", digest: str = DIGEST, **fields: Any) -> Capture:
    known = {"url_source": "sidecar", "observed_source": "sidecar", "byte_count": 10, "is_staged": True} | fields
    return Capture(page_key(url, digest), url, observed_at=SEEN, digest=digest, **known)


def ref(uri: str = "1.html", offset: int = 0, kind: str = "html_folder") -> PageRef:
    return PageRef(kind, f"/in/{uri}", uri, offset)


def article_at(url: str, body: str = BODY, **found: Any) -> PageOutcome:
    """A page with an article; `found` are credits, images and findings."""
    return PageOutcome(ref(), capture(url), DissectedPage(Article("The ferry", body), **found))


def refused_at(url: str | None, reason: str, uri: str = "1.html") -> PageOutcome:
    """A page without an article; without a URL it could not even be read."""
    page = DissectedPage(reason=reason) if url else None
    return PageOutcome(ref(uri), capture(url) if url else None, page, reason, f"{reason} in a sentence")


def batch_of(*outcomes: PageOutcome) -> DissectedBatch:
    file = InputFile("/in/1.html", "1.html", size=100, mtime_ns=1, kind="html_folder")
    planned = PageBatch("a" * 16, 1, tuple(o.ref for o in outcomes), (Stretch(file, 0, 100, True, len(outcomes)),))
    return DissectedBatch(planned, list(outcomes), started_at=SEEN, seconds=1.5)
