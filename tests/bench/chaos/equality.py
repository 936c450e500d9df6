"""Whether two warehouses hold the same: rows of raw, core and ops, raw pointers, and nothing left behind."""

from collections import Counter
from collections.abc import Set
from pathlib import Path
from typing import Any

from tasks.raw_store.reading import read_raw
from warehouse.ask import ask
from warehouse.tables import TABLES

# What tells how a row came about, not what is so: another run, moment or place in our own raw store.
VOLATILE = {"run_id", "batch_id", "rejected_at", "replayed_at", "warc_uri", "warc_offset"}
LEDGERS = ("ops.runs", "ops.batches", "ops.checks", "ops.inputs", "ops.migrations", "ops.fetches", "ops.relatings", "ops.snapshot")
# Stretches are cut where batches end, and a run that goes on after another cuts elsewhere.
COVERED = """
SELECT path, fingerprint, min(start_offset), max(end_offset), bool_or(is_last), sum(page_count) FROM ops.inputs GROUP BY ALL
"""


def compared_tables() -> list[str]:
    """The tables whose rows must be the same however often a run was broken off."""
    return [table.TABLE for table in TABLES if table.TABLE not in LEDGERS]


def rows_of(home: Path, volatile: Set[str] = VOLATILE) -> dict[str, Counter[str]]:
    """Table -> its rows as text, volatile columns left out; ops.inputs as what it covers."""
    standing = {"ops.rejects": "WHERE replayed_at IS NULL"}  # what a later run took up with success was no loss
    found = {table: _rows(home, f"SELECT * FROM {table} {standing.get(table, '')}", volatile) for table in compared_tables()}
    return found | {"ops.inputs": _rows(home, COVERED, volatile)}


def differences(home: Path, wanted: dict[str, Counter[str]]) -> list[str]:
    """A line for each table that differs from `wanted`, with an example."""
    return unlike(rows_of(home), wanted)


def unlike(found: dict[str, Counter[str]], wanted: dict[str, Counter[str]]) -> list[str]:
    """The same of rows that were asked for already."""
    lines = []
    for table, rows in found.items():
        lost, wrong = wanted[table] - rows, rows - wanted[table]
        if lost or wrong:
            example = next(iter(lost or wrong))[:200]
            lines.append(f"{table}: {lost.total()} rows lost, {wrong.total()} that should not be, such as {example}")
    return lines


def left_behind(home: Path) -> list[str]:
    """Files that no run will need: staged pages, half copies. Empty where all is tidy."""
    found = [*(home / "raw" / "staging").glob("*"), *home.glob(".*copying*"), *home.glob("*.wal")]
    return [f"left behind: {path.relative_to(home)}" for path in found]


def dangling(home: Path) -> list[str]:
    """Captures whose bytes cannot be read where raw.pages says, or are others."""
    lines = []
    for row in ask(home, "SELECT url, warc_uri, warc_offset, digest FROM raw.pages").records():
        try:
            page = read_raw(home, row["warc_uri"], row["warc_offset"])
        except Exception as error:  # noqa: BLE001 - whatever keeps the bytes from being read is what is looked for
            lines.append(f"{row['url']}: {row['warc_uri']} at {row['warc_offset']}: {error!r}"[:200])
            continue
        if page.digest != row["digest"]:
            lines.append(f"{row['url']}: other bytes at {row['warc_uri']} {row['warc_offset']}")
    return lines


def _rows(home: Path, query: str, volatile: Set[str]) -> Counter[str]:
    return Counter(_line(row, volatile) for row in ask(home, query).records())


def _line(row: dict[str, Any], volatile: Set[str]) -> str:
    own = row.get("warc_uri", "").startswith("raw/")
    is_told = own or volatile is not VOLATILE  # where the user's own files lie is the same in every run
    kept = {name: value for name, value in row.items() if name not in volatile or (name.startswith("warc_") and not is_told)}
    return repr(kept)
