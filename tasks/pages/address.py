"""Which URL a capture has: what its source says, else what the page says of itself, else its file's."""

import re
from urllib.parse import quote, urlsplit

from tasks.dissection.findings import Candidate, DissectedPage, Finding
from tasks.sources.page import Page, PageRef

ABSOLUTE = re.compile(r"https?://[^\s/?#]+|file:\S", re.IGNORECASE)  # RFC 3986: a scheme and, for http, an authority
MOST_URL_CHARS = 8000  # escaped; RFC 9110, section 4.1, asks no more of anybody, and a header of the raw store holds no longer one


def stated_url(page: Page) -> str | None:
    """The URL that the source gives, if it is one: data sets put ids and file names into such columns, too."""
    return page.url if page.url and _is_absolute(page.url) and not _is_too_long(page.url) else None


def find_url(page: Page, dissected: DissectedPage | None) -> tuple[str, str, Finding]:
    """(URL, what told it, the evidence)."""
    stated = Candidate(page.url_source, page.url, "lost") if page.url and page.url_source else None
    own = dissected.addresses if dissected else ()
    candidates: list[Candidate] = []
    won: tuple[str, str] | None = None
    for offer in (*([stated] if stated else []), *own, Candidate("file", file_url(page.ref), "lost")):
        url, verdict = offer.value or "", offer.verdict
        if not verdict.startswith("refused"):
            doubt = "too long" if _is_too_long(url) else "" if _is_absolute(url) else "no absolute URL"
            verdict = f"refused: {doubt}" if doubt else "lost" if won else "won"
        won = (url, offer.source) if verdict == "won" else won
        candidates.append(Candidate(offer.source, url, verdict))
    url, source = won or (file_url(page.ref), "file")
    return url, source, Finding("url", url, source, "the first that is an absolute URL", tuple(candidates))


def file_url(ref: PageRef) -> str:
    """Where a page without an address lies in what was ingested: the same wherever that has been moved or copied to."""
    return f"file:{quote(ref.uri)}"


def _is_absolute(url: str) -> bool:
    try:
        return ABSOLUTE.match(url) is not None and bool(urlsplit(url).scheme)
    except ValueError:  # http://[domain]/x: a template's placeholder, or a broken IPv6 host
        return False


def _is_too_long(url: str) -> bool:
    return len(quote(url[: MOST_URL_CHARS + 1], errors="replace")) > MOST_URL_CHARS
