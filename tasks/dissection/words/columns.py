"""What a table says of the article beside the page: candidates named column:<name>, in the order of trust that each region gives them.

Beside HTML they stand behind what the page says itself: they were mostly read off it, by an extractor that may have been wrong, and some
are of the row. Of a text they are all there is, and stand before what its lines show.
"""

from collections.abc import Iterable, Iterator
from html import unescape

from tasks.dissection.words.text import squeeze, storable
from tasks.sources.page import Column


def told(columns: Iterable[Column], field: str) -> Iterator[tuple[str, list[str]]]:
    """(candidate, its values) of every column that tells `field`, most telling first."""
    for column in columns:
        if column.field == field and (values := [text for value in column.values if (text := squeeze(unescape(storable(value))))]):
            yield f"column:{column.name}", values


def first_told(columns: Iterable[Column], field: str) -> Iterator[tuple[str, str]]:
    """(candidate, its first value), for fields that have one."""
    yield from ((source, values[0]) for source, values in told(columns, field))
