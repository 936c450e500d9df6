"""What the command line and the flows ask the warehouse: each question is a file in warehouse/reports."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from warehouse.connection import SNAPSHOT_FILE, Connection, open_snapshot
from warehouse.tables import CONTRACTS
from warehouse.tables.contract import comment_of

REPORTS = Path(__file__).parent / "reports"
Row = dict[str, Any]


def rows_by_table(home: Path) -> list[Row]:
    """Every table of the contracts with its number of rows and its meaning."""
    with open_snapshot(home) as con:
        return [
            {"table_name": contract.TABLE, "row_count": con.execute(f"SELECT count(*) FROM {contract.TABLE}").fetchall()[0][0],
             "meaning": comment_of(contract)}
            for contract in CONTRACTS
        ]  # fmt: skip


def rejects_by_reason(home: Path, reason: str = "") -> list[Row]:
    """Refusals by reason and table, most frequent first; `reason` is how they begin."""
    with open_snapshot(home) as con:
        return report(con, "rejects_by_reason", reason=reason)


def newest_rejects(home: Path, reason: str = "", limit: int = 20) -> list[Row]:
    """The newest refusals whose reason begins with `reason`."""
    with open_snapshot(home) as con:
        return report(con, "newest_rejects", reason=reason, limit=limit)


def newest_runs(home: Path, limit: int = 10) -> list[Row]:
    """The newest runs, with what became of their pages."""
    with open_snapshot(home) as con:
        return report(con, "newest_runs", limit=limit)


def explain_page(home: Path, page: str) -> list[Row]:
    """Every capture that `page` names (page_id, URL or source_uri), with its `rejects`, its `evidence`, the
    `listing_items` around its article, the `statements` in it and the `repairs` of the page.

    What was refused before it could become a capture is there too, with its URL and source alone. Empty if nothing is.
    """
    with open_snapshot(home) as con:
        captures = report(con, "captures_of", page=page)
        told = {capture["page_id"] for capture in captures}
        refused = [row for row in report(con, "rejects_of", page=page) if row["page_id"] not in told]
        captures += [_refused_capture(row) for row in refused]
        for capture in captures:
            key = capture["page_id"]
            for name in ("evidence", "listing_items", "statements", "repairs"):
                capture[name] = report(con, f"{name}_of", page_id=key) if key else []
            capture.setdefault("rejects", report(con, "rejects_of", page=key) if key else [])
        return captures


def unmet_checks(con: Connection, run_id: str) -> list[Row]:
    """Expectations that a run has not met, worst first. Takes the loader's connection: a run asks before it publishes."""
    return report(con, "unmet_checks", run_id=run_id)


def integrity(con: Connection) -> list[Row]:
    """Promises between tables, each with the number of rows that break it and the key of one."""
    return report(con, "integrity")


def page_count(con: Connection) -> int:
    """Captures in it."""
    return int(con.execute("SELECT count(*) FROM raw.pages").fetchall()[0][0])


def read_everything(con: Connection) -> None:
    """Read every value of every table, since DuckDB verifies a block when it reads it. Raises what the connection's opener says."""
    for contract in CONTRACTS:
        con.execute(f"SELECT bit_xor(hash(everything)) FROM {contract.TABLE} AS everything").fetchall()


def standing_of(con: Connection) -> Row:
    """The warehouse of this connection as it stands."""
    return report(con, "standing")[0]


def standing(home: Path) -> Row:
    """The snapshot as it stands, with `published_at` and `snapshot_bytes` of its file, and `foreign_tables` that someone made in it."""
    ours = {contract.TABLE for contract in CONTRACTS}
    with open_snapshot(home) as con:
        found = standing_of(con)
        tables = con.execute("SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE NOT internal ORDER BY ALL").fetchall()
        found["foreign_tables"] = ", ".join(name for (name,) in tables if name not in ours)
    snapshot = (home / SNAPSHOT_FILE).stat()
    return found | {"published_at": datetime.fromtimestamp(snapshot.st_mtime, UTC), "snapshot_bytes": snapshot.st_size}


def report(con: Connection, name: str, **parameters: Any) -> list[Row]:
    """The answer to the question in warehouse/reports/{name}.sql, a dict per row."""
    answer = con.execute(_question(name), parameters or None)
    columns = [column for column, *_ in answer.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]


@cache
def _question(name: str) -> str:
    return (REPORTS / f"{name}.sql").read_text("utf-8")


def _refused_capture(reject: Row) -> Row:
    """A refusal without a capture, in the shape of one."""
    return {name: reject[name] for name in ("page_id", "url", "source_uri", "source_offset")} | {"rejects": [reject]}
