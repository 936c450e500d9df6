"""The columns of a table that say something about the article in a row: candidates for its fields, and no more than that."""

import ast
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from typing import Any, Final
from urllib.parse import quote, unquote

from tasks.sources.observed import parse_instant
from tasks.sources.page import Column
from tasks.sources.printable import storable

# Field of core.evidence -> columns that tell it, most telling first, as written by Hugging Face's CC-News, news-please, newspaper3k,
# trafilatura, RealNews, CCNet, Dolma, Media Cloud and the APIs of newspapers. `updated_at`, `created_at` are left out: in most tables
# they are of the row. Compared as plain() has them.
STATED: Final[dict[str, tuple[str, ...]]] = {
    "title": ("title", "headline", "article_title", "news_title", "title_text", "webtitle"),
    "authors": ("authors", "author", "author_name", "article_author", "byline", "creator", "writer"),
    "published_at": (
        "published_at", "date_published", "date_publish", "publish_date", "published_date", "publication_date", "pub_date", "published",
        "publish_time", "published_time", "first_publication_date", "web_publication_date", "article_date", "posted_at", "created", "date",
    ),
    "modified_at": ("modified_at", "date_modified", "date_modify", "modified_date", "modified", "web_modified_date"),
    "section": ("section", "section_name", "article_section", "category", "categories", "rubric", "news_desk"),
    "lang": ("language", "lang", "language_code", "lang_code"),
    "site_name": (
        "site_name", "outlet", "outlet_name", "source_name", "media_name", "publisher", "publication", "newspaper", "source",
        "source_hostname",
    ),
    "tags": ("tags", "keywords", "news_keywords", "tag"),
}  # fmt: skip
COLUMNS_FIELD: Final = "Broadsheet-Columns"  # of a WARC record of our own
MOST_VALUES: Final = 50
VALUE_CHARS: Final = 500
MOST_CHARS: Final = 3_000  # of all values of a row: escaped, they must fit into a header line, of which FastWARC reads 32 kB
_TIMES: Final = ("published_at", "modified_at")
_HOST_OR_URL = re.compile(r"[a-z]+://|[a-z0-9-]+(\.[a-z0-9-]+)+$")  # the address of an outlet is not its name


def plain(name: object) -> str:
    """A column's name as it is compared: publishedAt, Published At and published-at are published_at."""
    return re.sub(r"[^a-z0-9]", "", str(name).lower())


NAMES: Final = frozenset(plain(name) for names in STATED.values() for name in names)


def stated(row: Mapping[str, tuple[str, Any]]) -> tuple[Column, ...]:
    """The candidates in a row, given as plain name -> (the column's own name, its value)."""
    found, room = [], MOST_CHARS
    for field, names in STATED.items():
        for name, value in (row[plain(name)] for name in names if plain(name) in row):
            values = []
            for text in islice(_texts(field, value), MOST_VALUES):
                room -= len(text)
                values += [text] if room >= 0 else []
            if values:
                found.append(Column(field, storable(name)[:VALUE_CHARS], tuple(values)))
    return tuple(found)


def header_of(given: tuple[Column, ...]) -> str:
    """The candidates as one header line of a WARC record, so that a rebuild has them, too."""
    return quote(json.dumps([[column.field, column.name, *column.values] for column in given]), safe=",:") if given else ""


def of_header(line: str | None) -> tuple[Column, ...]:
    """What header_of() has written; nothing where others have written something of the same name."""
    try:
        rows = json.loads(unquote(line or "[]"))
        return tuple(Column(field, name, tuple(values)) for field, name, *values in rows if all(map(_is_text, (field, name, *values))))
    except (ValueError, TypeError):
        return ()


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _texts(field: str, value: Any) -> Iterator[str]:
    """What a cell says, as texts; nothing where it cannot be meant for the field."""
    for item in _items(value):
        text = _time_text(item) if field in _TIMES else str(item)
        text = storable(text).strip()[:VALUE_CHARS]
        if text and not (field == "site_name" and _HOST_OR_URL.match(text)) and not (field in ("section", "tags") and text.isdecimal()):
            yield text


def _items(value: Any) -> Iterator[Any]:
    """The parts of a cell: of a list, of a list written as text (as CSV has left it), the name of a person who is an object."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, str) and value[:1] == "[" and value.rstrip()[-1:] == "]":
        value = _list_in(value)
    if isinstance(value, list | tuple):
        for item in value[:MOST_VALUES]:
            yield from _items(item) if not isinstance(item, list | tuple) else ()
    elif isinstance(value, Mapping):
        yield from (value[name] for name in ("name", "$date") if value.get(name))
    elif value is not None and not isinstance(value, bool):
        yield value


def _list_in(text: str) -> Any:
    for read in (json.loads, ast.literal_eval):
        try:
            return read(text)
        except (ValueError, SyntaxError, RecursionError, MemoryError):  # no list: the text itself is the value
            continue
    return text


def _time_text(value: Any) -> str:
    """A time as text: an instant where the cell's type or an epoch says so, else as the table has written it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, int | float | Mapping) or (isinstance(value, str) and value.strip().isdecimal() and len(value.strip()) > 8):
        moment = parse_instant(value)
        return moment.isoformat() if moment else str(value)
    return str(value)
