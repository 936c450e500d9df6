"""Which URL a capture has: what its source says, else what the page says of itself, else its file's."""

import re
from pathlib import Path

from tasks.dissection.findings import Candidate, DissectedPage, Finding
from tasks.sources.page import Page

ABSOLUTE = re.compile(r"https?://[^\s/?#]+|file:/", re.IGNORECASE)  # RFC 3986: a scheme and, for http, an authority


def stated_url(page: Page) -> str | None:
    """The URL that the source gives, if it is one: data sets put ids and file names into such columns, too."""
    return page.url if page.url and ABSOLUTE.match(page.url) else None


def find_url(page: Page, dissected: DissectedPage | None) -> tuple[str, str, Finding]:
    """(URL, what told it, the evidence)."""
    own = (dissected.canonical_url, dissected.canonical_source) if dissected else (None, None)
    offers = [(page.url, page.url_source), own, (Path(page.ref.path).as_uri(), "file")]
    candidates, won = [], None
    for url, source in offers:
        if not url or not source:
            continue
        verdict = "lost" if won else "won" if ABSOLUTE.match(url) else "refused: no absolute URL"
        won = (url, source) if verdict == "won" else won
        candidates.append(Candidate(source, url, verdict))
    url, source = won or (Path(page.ref.path).as_uri(), "file")
    return url, source, Finding("url", url, source, "the first that is an absolute URL", tuple(candidates))
