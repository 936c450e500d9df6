"""What a capture is: Content-Type, the charset in it, the status, and the first bytes where those say nothing."""

import re
from typing import Final

_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:+-]+)", re.IGNORECASE)
_TYPE: Final = re.compile(r"[\w.+*-]+/[\w.+*-]+")
# text/html, application/xhtml+xml, and what servers make of them: html, text/htm, text/x-server-parsed-html.
_HTML: Final = re.compile(r"(?<![a-z])x?html?5?(?![a-z])")
# What servers send that know nothing of the file: the page is asked itself.
SILENT_TYPES: Final = frozenset(
    {"application/octet-stream", "binary/octet-stream", "unknown/unknown", "*/*", "text/*", "application/unknown", "content/unknown"}
)
# Types under which pages are served by mistake: one that opens as a page is one.
MISTAKEN_TYPES: Final = frozenset({"text/plain", "text/xml", "application/xml", "application/force-download", "application/download"})
_OPENING: Final = re.compile(
    rb"(?>\xef\xbb\xbf|\s|<\?xml[^>]*>|<!--.*?-->)*+<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE | re.DOTALL
)
SAMPLE: Final = 4096


def media_type_of(content_type: str | None) -> str | None:
    """`text/html` of `Text/HTML; charset=gbk`, `text/html charset=gbk` and `text/html, text/html`; None where nothing is declared."""
    value = (content_type or "").lower()
    found = _TYPE.search(value.partition(";")[0])
    return found.group() if found else value.partition(";")[0].strip(" \t\"'") or None


def charset_of(content_type: str | None) -> str | None:
    """`gbk` of `text/html; charset="GBK"`; None where nothing is declared."""
    found = _CHARSET.search(content_type or "")
    return found.group(1).lower() if found else None


def may_be_html(content_type: str | None, identified: str | None = None, body: bytes = b"") -> bool:
    """Whether a capture is a page, or could be one for all that is known.

    The server's Content-Type decides; where it says nothing, what the crawler has identified (WARC-Identified-Payload-Type);
    where a type is one that pages get by mistake, the first bytes of `body`, which is unpacked.
    """
    media_type = media_type_of(content_type)
    if _is_html(media_type):
        return True
    if _says_nothing(media_type):
        return _says_nothing(media_type_of(identified)) or _is_html(media_type_of(identified)) or opens_as_html(body)
    is_doubtful = media_type in MISTAKEN_TYPES or str(media_type).startswith("application/x-httpd")
    return is_doubtful and (_is_html(media_type_of(identified)) or opens_as_html(body))


def opens_as_html(body: bytes) -> bool:
    """Whether an unpacked body begins as a HTML document does."""
    return _OPENING.match(body[:SAMPLE]) is not None


def http_status(value: object) -> int | None:
    """A status that HTTP knows, or None."""
    text = str(value)
    return int(text) if re.fullmatch("[1-5][0-9][0-9]", text) else None


def _is_html(media_type: str | None) -> bool:
    return media_type is not None and _HTML.search(media_type) is not None


def _says_nothing(media_type: str | None) -> bool:
    """Missing, a server's word for not knowing, or no media type at all, such as `none` or `text`."""
    return media_type is None or media_type in SILENT_TYPES or "/" not in media_type
