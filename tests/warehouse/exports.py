"""A published warehouse whose texts are after a spreadsheet, and an export of it with what its description says."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from tests.warehouse.staging import load_frames
from warehouse.connection import open_loader
from warehouse.export.order import Exported, Order
from warehouse.export.run import export
from warehouse.snapshot import publish_snapshot
from warehouse.state import Place
from warehouse.tables import Articles, Contract, Pages

HOSTILE = ['=HYPERLINK("https://evil.example")', "-5 degrees", "a\r\nb\x1b[31m\x9b", 'say "so", then\n', "＝1", "\ttab", "plain"]


def publish_hostile(home: Path, frames: Mapping[type[Contract], pl.DataFrame]) -> Path:
    """The home, with an article for each of HOSTILE: titles after a spreadsheet, tags with quotes, a moment that is missing."""
    numbers = range(len(HOSTILE))
    moments = [datetime(2026, 3, 1 + number // 3, 23, 30, tzinfo=UTC) if number else None for number in numbers]
    articles = frames[Articles].with_columns(
        title=pl.Series(HOSTILE), tags=pl.Series([["a,b", 'c"d'], *[[] for _ in numbers[1:]]]),
        published_at=pl.Series(moments, dtype=pl.Datetime("us", "UTC")),
    )  # fmt: skip
    pages = frames[Pages].with_columns(host=pl.Series(["news.example", "www.news.example", "", *["other.example" for _ in numbers[3:]]]))
    with open_loader(home) as con:
        load_frames(con, {**frames, Articles: articles, Pages: pages})
        publish_snapshot(con, home)
    return home


def exported(place: Place, target: Path, *names: str, **asked: Any) -> tuple[Exported, dict[str, Any]]:
    done = export(place, Order(names, **asked), target, is_replaced=False, saw=lambda _: None)
    return done, json.loads((target / "datapackage.json").read_text("utf-8"))
