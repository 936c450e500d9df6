"""The columns of a page table, under the names that crawlers and data sets give them, and the page in a row."""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from tasks.sources import columns
from tasks.sources.binary import MARKUP, refuse_binary
from tasks.sources.columns import plain
from tasks.sources.file_bytes import mtime_ns_of
from tasks.sources.media_type import http_status
from tasks.sources.observed import from_mtime_ns, parse_instant
from tasks.sources.page import Page, PageRef, PageUnreadable
from tasks.sources.printable import storable

# Column -> names it goes by, the first that a row fills wins; compared as plain() has them. `date` is missing on purpose:
# half of the data sets mean the day of publication by it. Of the URLs the first that is one wins: `source` is one in trafilatura's rows.
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "url": (
        "url", "uri", "link", "page_url", "target_uri", "warc_target_uri", "responded_url", "response_url", "final_url", "requested_url",
        "request_url", "article_url", "web_url", "original_url", "source_url", "permalink", "href", "canonical_url", "canonical_link",
        "source",
    ),
    "html": ("html", "raw_html", "html_content", "content_html", "page_html", "article_html", "response_body", "content", "body"),
    "text": (
        "text", "plain_text", "raw_content", "maintext", "main_text", "article_text", "text_content", "full_text", "article_body",
        "content", "body",
    ),
    "observed_at": (
        "observed_at", "fetched_at", "fetch_time", "fetch_date", "crawled_at", "crawl_date", "date_crawled", "crawl_time",
        "crawl_timestamp", "scraped_at", "scrape_date", "retrieved_at", "download_date", "downloaded_at", "date_download", "collected_at",
        "captured_at", "warc_date", "timestamp",
    ),
    "charset": ("charset", "encoding"),
    "http_status": ("http_status", "status_code", "fetch_status", "status"),
}  # fmt: skip
# Objects in a row whose fields are the row's own, plain; other objects have URLs and names of other things: authors, pictures.
WRAPPERS: Final = frozenset((
    "metadata", "meta", "warcheaders", "headers", "record", "source", "article", "page", "properties", "extra", "row", "fields",
))  # fmt: skip
NAMES: Final = frozenset(plain(name) for names in COLUMNS.values() for name in names) | columns.NAMES | WRAPPERS
PAYLOADS: Final = tuple(sorted({*COLUMNS["html"], *COLUMNS["text"]}))
_EITHER: Final = frozenset(COLUMNS["html"]) & frozenset(COLUMNS["text"])  # html where there is markup in it
_MOST_PATH: Final = 1024  # bytes; no page is as short as a path


def has_payload(columns: Iterable[str]) -> bool:
    """Whether a table with these columns can hold pages."""
    wanted = {plain(name) for name in PAYLOADS}
    return any(plain(column) in wanted for column in columns)


def holds_page(row: Mapping[str, Any]) -> bool:
    """Whether there is a page in the row."""
    return bool(_payload(_named(row))[1])


def page_of_row(row: Mapping[str, Any], ref: PageRef, max_bytes: int) -> Page:
    """The page in `row`. Raises PageUnreadable: no_payload, names_a_file, not_text, input_too_large."""
    named = _named(row)
    name = f"{ref.path}, row at {ref.offset}"
    column, body = _payload(named)
    if not body.strip():
        wanted, came = ", ".join(PAYLOADS), ", ".join(sorted(own for own, _ in named.values()))[:200]
        raise PageUnreadable("no_payload", f"{name}: expected one of {wanted}; came {came}")
    if len(body) > max_bytes:
        raise PageUnreadable("input_too_large", f"{name}: {len(body)} bytes, at most {max_bytes} are read")
    _refuse_file_name(body, ref.path, column)
    refuse_binary(body, name)
    urls = [storable(str(value)).strip() for _, value in _values(named, "url") if isinstance(value, str)]
    url = next((url for url in urls if url.lower().startswith(("http://", "https://"))), next(iter(urls), None))
    times = [(own, value, parse_instant(value)) for own, value in _values(named, "observed_at")]
    observed_at = next((at for _, _, at in times if at), None)
    is_text = column not in COLUMNS["html"] or (column in _EITHER and not MARKUP.search(body[:4096]))
    return Page(
        ref=ref,
        body=body,
        url=url,
        url_source="table" if url else None,
        observed_at=observed_at or from_mtime_ns(mtime_ns_of(ref.path)),
        observed_source="table" if observed_at else "mtime",
        is_text=is_text,
        media_type="text/plain" if is_text else "text/html",
        http_status=next((http_status(value) for _, value in _values(named, "http_status")), None),
        http_charset="utf-8" if isinstance(named[plain(column)][1], str) else _declared(named),
        columns=columns.stated(named),
        unread_times=() if observed_at else tuple((storable(own), storable(str(value))[:200]) for own, value, _ in times),
    )


def _named(row: Mapping[str, Any]) -> dict[str, tuple[str, Any]]:
    """Plain name -> (own name, value) of the row's columns, those inside metadata{} and its like behind the row's own."""
    named = {plain(own): (str(own), value) for own, value in row.items() if value not in (None, "")}
    for wrapper in sorted(WRAPPERS & named.keys()):
        own, inside = named[wrapper]
        for inner, value in _opened(inside).items():
            if value not in (None, ""):
                named.setdefault(plain(inner), (f"{own}.{inner}", value))
    return named


def _opened(value: Any) -> Mapping[str, Any]:
    """The object that a column is, or that it holds as text."""
    if isinstance(value, str) and value[:1] == "{":
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):  # a text that begins with a brace
            return {}
    return value if isinstance(value, Mapping) else {}


def _payload(row: Mapping[str, tuple[str, Any]]) -> tuple[str, bytes]:
    for column in (*COLUMNS["html"], *COLUMNS["text"]):
        _, value = row.get(plain(column), ("", None))
        if isinstance(value, str) and value.strip():
            return column, storable(value).encode()
        if isinstance(value, bytes) and value.strip():
            return column, value
    return "", b""


def _refuse_file_name(body: bytes, table: str, column: str) -> None:
    """Raise PageUnreadable where the page of a row is the name of a file beside the table."""
    if len(body) > _MOST_PATH or b"\n" in body or b"\0" in body or b"<" in body:
        return
    named = os.fsdecode(body.strip())
    if os.path.isfile(Path(table).parent / named):  # noqa: PTH113 - is_file() raises where it may not look
        advice = 'a table of names is a sidecar: call it pages.jsonl, and the column of names "file"'
        raise PageUnreadable("names_a_file", f"{table}: expected a page in {column}, came the name of a file beside it, {named}; {advice}")


def _values(row: Mapping[str, tuple[str, Any]], column: str) -> list[tuple[str, Any]]:
    """(own name, value) of every column that goes by one of the names of `column` and is filled."""
    return [row[plain(name)] for name in COLUMNS[column] if plain(name) in row]


def _declared(row: Mapping[str, tuple[str, Any]]) -> str | None:
    charset = next((value for _, value in _values(row, "charset")), None)
    return charset if isinstance(charset, str) else None
