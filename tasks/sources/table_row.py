"""The columns of a page table, under the names that crawlers and data sets give them, and the page in a row."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from tasks.sources.binary import MARKUP, refuse_binary
from tasks.sources.file_bytes import mtime_ns_of
from tasks.sources.media_type import http_status
from tasks.sources.observed import from_mtime_ns, parse_instant
from tasks.sources.page import Page, PageRef, PageUnreadable
from tasks.sources.printable import storable

# Column -> names it goes by, the first that a row fills wins; compared in lower case. `date` is missing on purpose:
# half of the data sets mean the day of publication by it.
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "url": ("url", "uri", "link", "page_url", "target_uri", "warc_target_uri"),
    "html": ("html", "raw_html", "html_content", "content_html", "page_html", "content", "body"),
    "text": ("text", "plain_text", "raw_content", "maintext", "content", "body"),
    "observed_at": (
        "observed_at", "fetched_at", "fetch_time", "crawled_at", "crawl_date", "crawl_time", "scraped_at",
        "date_download", "warc_date", "timestamp",
    ),
    "charset": ("charset", "encoding"),
    "http_status": ("http_status", "status_code", "fetch_status", "status"),
}  # fmt: skip
NAMES: Final = frozenset(name for names in COLUMNS.values() for name in names)
_PAYLOADS: Final = frozenset(COLUMNS["html"] + COLUMNS["text"])
_EITHER: Final = frozenset(COLUMNS["html"]) & frozenset(COLUMNS["text"])  # html where there is markup in it


def has_payload(columns: Iterable[str]) -> bool:
    """Whether a table with these columns can hold pages."""
    return any(column.lower() in _PAYLOADS for column in columns)


def page_of_row(row: Mapping[str, Any], ref: PageRef, max_bytes: int) -> Page:
    """The page in `row`. Raises PageUnreadable: no_payload, not_text, input_too_large."""
    named = {str(name).lower(): value for name, value in row.items()}
    name = f"{ref.path}, row at {ref.offset}"
    column, body = _payload(named)
    if not body.strip():
        wanted = ", ".join(sorted(_PAYLOADS))
        raise PageUnreadable("no_payload", f"{name}: expected one of {wanted}; came {', '.join(sorted(named))[:200]}")
    if len(body) > max_bytes:
        raise PageUnreadable("input_too_large", f"{name}: {len(body)} bytes, at most {max_bytes} are read")
    refuse_binary(body, name)
    url = _first(named, "url")
    observed_at = next((at for at in map(parse_instant, _values(named, "observed_at")) if at), None)
    status = _first(named, "http_status")
    is_text = column not in COLUMNS["html"] or (column in _EITHER and not MARKUP.search(body[:4096]))
    return Page(
        ref=ref,
        body=body,
        url=storable(str(url)).strip() if url else None,
        url_source="table" if url else None,
        observed_at=observed_at or from_mtime_ns(mtime_ns_of(ref.path)),
        observed_source="table" if observed_at else "mtime",
        is_text=is_text,
        media_type="text/plain" if is_text else "text/html",
        http_status=http_status(status),
        http_charset="utf-8" if isinstance(named[column], str) else _declared(named),
    )


def _payload(row: Mapping[str, Any]) -> tuple[str, bytes]:
    for column in (*COLUMNS["html"], *COLUMNS["text"]):
        value = row.get(column)
        if isinstance(value, str) and value.strip():
            return column, storable(value).encode()
        if isinstance(value, bytes) and value.strip():
            return column, value
    return "", b""


def _values(row: Mapping[str, Any], column: str) -> list[Any]:
    return [row[name] for name in COLUMNS[column] if row.get(name) not in (None, "")]


def _first(row: Mapping[str, Any], column: str) -> Any:
    return next(iter(_values(row, column)), None)


def _declared(row: Mapping[str, Any]) -> str | None:
    charset = _first(row, "charset")
    return charset if isinstance(charset, str) else None
