"""What servers say of a page: Content-Type, the charset in it, and the status."""

import re

_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:+-]+)", re.IGNORECASE)
HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
# What servers send that know nothing of the file: the page is asked itself.
SILENT_TYPES = frozenset({"", "application/octet-stream", "unknown", "unknown/unknown", "*/*", "application/unknown"})


def media_type_of(content_type: str | None) -> str | None:
    """`text/html` of `Text/HTML; charset=gbk`; None where nothing is declared."""
    if content_type is None:
        return None
    return content_type.partition(";")[0].strip().lower() or None


def charset_of(content_type: str | None) -> str | None:
    """`gbk` of `text/html; charset="GBK"`; None where nothing is declared."""
    found = _CHARSET.search(content_type or "")
    return found.group(1).lower() if found else None


def may_be_html(content_type: str | None) -> bool:
    """Whether a capture of this type is a page, or could be one for all that is known."""
    media_type = media_type_of(content_type) or ""
    return media_type in HTML_TYPES or media_type in SILENT_TYPES


def http_status(value: object) -> int | None:
    """A status that HTTP knows, or None."""
    text = str(value)
    return int(text) if re.fullmatch("[1-5][0-9][0-9]", text) else None
