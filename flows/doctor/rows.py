"""The rows: what tables promise one another."""

from collections.abc import Iterator

from flows.doctor.result import Result
from warehouse.connection import Connection
from warehouse.queries import integrity, read_everything


def look_at_rows(con: Connection, deep: bool) -> Iterator[Result]:
    """Every promise that is broken, or that none is; with `deep` every value is read."""
    if deep:
        read_everything(con)
    broken = [row for row in integrity(con) if row["broken_count"]]
    for row in broken:
        found = f"{row['promise']}: broken by {row['broken_count']}, such as {row['example']}"
        yield Result("rows", found, "see docs/runbook.md, rebuild from raw")
    if not broken:
        yield Result("rows", "every promise between tables holds")
