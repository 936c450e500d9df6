"""A table of a view: what a question gave, as many rows of it as a page takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import escape

Row = dict[str, Any]
PAGE_ROWS = 100  # of a table at once; fewer where they would make more than PAGE_BYTES
PAGE_BYTES = 13_000  # of their values as markup: a view of three tables stays below 60 KB
CELL_BYTES = 40  # of a cell besides its value
MOST_SHOWN = 300  # characters of a value that a table shows; CSV has all
MOST_NESTED = 3_000  # of a list, which a view may show in rows of its own
ALL = 1_000_000_000  # rows: what $most says where nothing is left out


@dataclass(frozen=True, slots=True)
class Table:
    """What a question gave. `start`: rows before these; `following`: the start of those that follow, None where none do; `problem`: why
    there are none, in words; `sql`, `everything`: the query of what is shown, and of all rows."""

    name: str
    caption: str
    empty: str
    sql: str
    everything: str
    columns: Sequence[str] = ()
    rows: Sequence[tuple[Any, ...]] = ()
    start: int = 0
    following: int | None = None
    problem: str = ""

    def records(self) -> list[Row]:
        """One dict a row."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def fitting(rows: list[tuple[Any, ...]], start: int) -> dict[str, Any]:
    """As many rows as a page takes, one at least, and where those behind it begin."""
    taken, size = 0, 0
    for row in rows[:PAGE_ROWS]:
        size += sum(_size(value) for value in row)
        if taken and size > PAGE_BYTES:
            break
        taken += 1
    return {"rows": rows[:taken], "following": start + taken if len(rows) > taken else None}


def _size(value: Any) -> int:
    most = MOST_NESTED if isinstance(value, list) else MOST_SHOWN
    return CELL_BYTES + len(escape(str(value)[:most]).encode("utf-8", "replace"))
