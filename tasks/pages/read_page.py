"""A page from its bytes to what becomes rows: the one place where a page is read, whoever asks.

Decoded, restored as a string, dissected, its repairs placed, its texts folded. Pure: no clock, no file, no warehouse; what it takes
and gives can be pickled. Workers call it for each page, `broadsheet explain --html` for the one that it draws.
"""

from dataclasses import dataclass, replace

from tasks.dissection.findings import DissectedPage, Finding
from tasks.pages.address import find_url, stated_url
from tasks.pages.capture_time import time_finding
from tasks.pages.dissect_restored import dissect_restored
from tasks.pages.limits import Limits
from tasks.pages.outcome import Capture, page_key
from tasks.restoration.charset import Decoded, decode
from tasks.restoration.restore import restore
from tasks.sources.page import Page


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page as it was read. `dissected` has an article, or the reason why the page is none."""

    capture: Capture
    dissected: DissectedPage


def read_page(page: Page, limits: Limits, known: str = "") -> ReadPage:
    """Everything that becomes rows of the page. `known`: intact text of other pages, in Simplified characters, as evidence.

    Raises nothing for what a page says; what nobody foresaw is for the caller's sandbox.
    """
    decoded = decode_page(page)
    dissected = _dissect(page, decoded, limits, known)
    capture, address = _capture(page, decoded, dissected)
    return ReadPage(capture, replace(dissected, findings=(address, *time_finding(page), *dissected.findings)))


def unread_capture(page: Page) -> Capture:
    """The capture of a page that broke the reading: its bytes are kept, and its URL is told by what holds them."""
    return _capture(page, decode_page(page), None)[0]


def decode_page(page: Page) -> Decoded:
    """The page's text; the charset that HTTP declares is a candidate, else that of a sidecar or table."""
    return decode(page.body, page.http_charset or page.ref.charset, "http" if page.http_charset else "sidecar")


def restored_text(page: Page) -> str:
    """The text that `read_page` dissects where no other page is known."""
    return restore(decode_page(page).text).text


def _dissect(page: Page, decoded: Decoded, limits: Limits, known: str) -> DissectedPage:
    if len(decoded.text) > limits.max_text_chars:
        detail = f"expected at most {limits.max_text_chars} characters, got {len(decoded.text)}"
        return DissectedPage(reason="page_too_large", detail=detail)
    return dissect_restored(decoded.text, stated_url(page), page.captured_at, page.columns, is_text=page.is_text, known=known)


def _capture(page: Page, decoded: Decoded, dissected: DissectedPage | None) -> tuple[Capture, Finding]:
    url, url_source, address = find_url(page, dissected)
    capture = Capture(
        page_id=page_key(url, page.digest),
        url=url,
        url_source=url_source,
        observed_at=page.observed_at,
        observed_source=page.observed_source,
        digest=page.digest,
        byte_count=len(page.body),
        http_status=page.http_status,
        media_type=page.media_type,
        charset=decoded.charset,
        charset_source=decoded.source,
    )
    return capture, address
