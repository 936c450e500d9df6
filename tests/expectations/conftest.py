"""One sound batch of three pages, each with an article and a row of all that hangs on it; tests spoil a row of it."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import polars as pl
import pytest

from warehouse.tables import PAGE_FAMILY, Articles, Contract, Credits, Evidence, Images, ListingItems, Pages, Repairs, Statements
from warehouse.tables.contract import conform, polars_schema, sample

Frames = dict[type[Contract], pl.DataFrame]
SEEN = datetime(2025, 3, 1, 8, tzinfo=UTC)
ANSWER = {"turn": 2, "kind": "answer", "text": "rose", "start_offset": 10, "end_offset": 14}
SOUND: Mapping[type[Contract], dict[str, Any]] = {
    Pages: {"observed_at": SEEN, "http_status": 200},
    Articles: {
        "title": "River rises again", "lang": "en", "site_name": "The Creek", "published_at": datetime(2025, 2, 28, 9, tzinfo=UTC),
        "published_zone": "UTC", "published_precision": "minute", "modified_at": None, "char_count": 900,
        "is_cloaked": True, "repair_count": 1, "lost_count": 0,
    },
    Credits: {"name": "Ada Reporter", "role": "author", "position": 1},
    Images: {"url": "https://creek.example/river.jpg", "caption": "The river", "position": 1},
    ListingItems: {
        "listing_number": 1, "position": 1, "headline": "A bridge is closed", "url": "https://creek.example/bridge",
        "listed_at": datetime(2025, 2, 27, tzinfo=UTC), "listed_zone": "UTC", "listed_precision": "day", "listed_source": "printed",
        "observed_at": SEEN,
    },
    Statements: {"turn": 1, "kind": "question", "text": "river", "start_offset": 4, "end_offset": 9},
    Repairs: {
        "repair_number": 1, "field": "title", "start_offset": 0, "end_offset": 5, "restored_start": 0, "restored_end": 5,
        "before": "R?ver", "after": "River", "round_trip": "proved", "status": "restored", "confidence": 1.0,
    },
    Evidence: {"field": "title", "value": "River rises again", "source": "h1"},
}  # fmt: skip


def told(frame: pl.DataFrame, values: Mapping[str, Any]) -> pl.DataFrame:
    """The frame with these columns set, in the types that it has."""
    return frame.with_columns(pl.lit(value).cast(frame.schema[name]).alias(name) for name, value in values.items())


@pytest.fixture
def sound() -> Callable[[int], Frames]:
    def make(rows: int = 3) -> Frames:
        frames = {table: told(sample(table, rows), SOUND.get(table, {})) for table in PAGE_FAMILY}
        ids = frames[Pages].get_column("page_id")
        frames = {table: frame.with_columns(page_id=ids) for table, frame in frames.items()}
        frames[Pages] = frames[Pages].with_columns(url="https://creek.example/" + pl.col("page_id"))
        frames[Articles] = frames[Articles].with_columns(body="The river rose by a metre on Friday, " + pl.col("page_id"))
        frames[Statements] = pl.concat([frames[Statements], told(frames[Statements], ANSWER)])
        return {table: conform(frame, table) for table, frame in frames.items()}

    return make


@pytest.fixture
def spoilt(sound: Callable[[int], Frames]) -> Callable[..., Frames]:
    """A sound batch whose first row of one table has other values."""

    def make(table: type[Contract], rows: int = 3, **values: Any) -> Frames:
        frames = sound(rows)
        frames[table] = pl.concat([told(frames[table].head(1), values), frames[table].slice(1)])
        assert frames[table].schema == polars_schema(table)
        return frames

    return make
