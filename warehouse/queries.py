"""What the command line and the flows ask the warehouse: each question is a file in warehouse/reports."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from warehouse.connection import SNAPSHOT_FILE, Connection
from warehouse.lake.address import LakeAddress
from warehouse.lake.gate import reads_lake
from warehouse.lake.states import lake_states
from warehouse.published import current, states
from warehouse.sql_text import literal
from warehouse.state import Place, open_state
from warehouse.tables import CONTRACTS, PAGE_FAMILY, Contract, Pages
from warehouse.tables.contract import comment_of, name_of

REPORTS = Path(__file__).parent / "reports"
Row = dict[str, Any]


def rows_by_table(place: Place) -> list[Row]:
    """Every table of the contracts with its number of rows and its meaning."""
    with open_state(place) as con:
        return [
            {"table_name": contract.TABLE, "row_count": con.execute(f"SELECT count(*) FROM {contract.TABLE}").fetchall()[0][0],
             "meaning": comment_of(contract)}
            for contract in CONTRACTS
        ]  # fmt: skip


def rejects_by_reason(place: Place, reason: str = "") -> list[Row]:
    """Refusals by reason and table, most frequent first; `reason` is how they begin."""
    with open_state(place) as con:
        return report(con, "rejects_by_reason", reason=reason)


def newest_rejects(place: Place, reason: str = "", limit: int = 20) -> list[Row]:
    """The newest refusals whose reason begins with `reason`."""
    with open_state(place) as con:
        return report(con, "newest_rejects", reason=reason, limit=limit)


def reject(place: Place, reject_id: str) -> Row | None:
    """One refusal; None where there is none of this id."""
    with open_state(place) as con:
        return next(iter(rows_of(con, "FROM ops.rejects WHERE reject_id = $reject_id", reject_id=reject_id)), None)


def newest_runs(place: Place, limit: int = 10) -> list[Row]:
    """The newest runs, with what became of their pages."""
    with open_state(place) as con:
        return report(con, "newest_runs", limit=limit)


def explain_page(place: Place, page: str, as_of: str | None = None) -> list[Row]:
    """Every capture that `page` names (page_id, URL or source_uri), with its `rejects` and, under the name of each table that
    hangs on raw.pages, such as `evidence` and `listing_items`, its rows there; under `copies` its relations to other articles.

    What was refused before it could become a capture is there too, with its URL and source alone. Empty if nothing is.
    """
    with open_state(place, as_of=as_of) as con:
        captures = report(con, "captures_of", page=page)
        told = {capture["page_id"] for capture in captures}
        has_copies = bool(con.execute("SELECT 1 FROM duckdb_columns() WHERE table_name = 'copies'").fetchall())  # not of an older state
        refused = [row for row in report(con, "rejects_of", page=page) if row["page_id"] not in told]
        captures += [_refused_capture(row) for row in refused]
        for capture in captures:
            key = capture["page_id"]
            for table in PAGE_FAMILY:
                if table is not Pages:
                    capture[name_of(table)] = _rows_of_page(con, table, key) if key else []
            capture["copies"] = report(con, "copies_of", page_id=key) if key and has_copies else []
            capture.setdefault("rejects", report(con, "rejects_of", page=key) if key else [])
        return captures


def unmet_checks(con: Connection, run_id: str) -> list[Row]:
    """Expectations that a run has not met, worst first. Takes the loader's connection: a run asks before it publishes."""
    return report(con, "unmet_checks", run_id=run_id)


def integrity(con: Connection) -> list[Row]:
    """Promises between tables, each with the number of rows that break it and the key of one.

    Those that contracts make stand first: a row has its PARENT, and where no index says so, as in a lake, no key stands twice.
    """
    has_index = not reads_lake(con)
    promised = [_orphans(table, table.PARENT) for table in CONTRACTS if table.PARENT]
    promised += [_twice(table) for table in CONTRACTS if not (has_index and table.HAS_KEY_INDEX)]
    return [*rows_of(con, " UNION ALL ".join(promised)), *report(con, "integrity")]


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
    """A home's snapshot as it stands, with `published_at` and `snapshot_bytes` of its file, and `foreign_tables` that others made in it."""
    ours = {contract.TABLE for contract in CONTRACTS}
    with open_state(home) as con:
        found = standing_of(con)
        tables = con.execute(
            "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE NOT internal AND schema_name != 'search' ORDER BY ALL"
        ).fetchall()
        found["foreign_tables"] = ", ".join(name for (name,) in tables if name not in ours)
    path = (home / SNAPSHOT_FILE).resolve()
    found["snapshot_id"], snapshot = path.stem, path.stat()
    return found | {"published_at": datetime.fromtimestamp(snapshot.st_mtime, UTC), "snapshot_bytes": snapshot.st_size}


def published_states(place: Place) -> list[Row]:
    """Every published state that is kept, newest first: what its ops.snapshot says, bytes, path, and whether it is the current one. Of a
    lake the newest, and of each its last commit instead of bytes and path."""
    if isinstance(place, LakeAddress):
        return lake_states(place)
    now = current(place.absolute())
    found = []
    for state in reversed(states(place.absolute())):
        with open_state(place, as_of=state.snapshot_id) as con:
            told = rows_of(con, "SELECT run_id, page_count, article_count, listing_item_count, version FROM ops.snapshot")[0]
        known = {"snapshot_id": state.snapshot_id, "published_at": state.published_at, "is_current": state.path == now}
        found.append(known | told | {"byte_count": state.path.stat().st_size, "path": str(state.path)})
    return found


def report(con: Connection, name: str, **parameters: Any) -> list[Row]:
    """The answer to the question in warehouse/reports/{name}.sql, a dict per row."""
    return rows_of(con, _question(name), **parameters)


def rows_of(con: Connection, question: str, **parameters: Any) -> list[Row]:
    """The answer to a question of ours, a dict per row."""
    con.execute(f"PREPARE question AS {question}")
    given = ", ".join(f'"{parameter}" := {literal(value)}' for parameter, value in parameters.items())
    answer = con.execute(f"EXECUTE question({given})" if given else "EXECUTE question")
    columns = [column for column, *_ in answer.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]


@cache
def _question(name: str) -> str:
    return (REPORTS / f"{name}.sql").read_text("utf-8")


def _rows_of_page(con: Connection, table: type[Contract], page_id: str) -> list[Row]:
    """The rows of a capture in the order of their key, or as warehouse/reports/{name}_of.sql has them."""
    if (REPORTS / f"{name_of(table)}_of.sql").is_file():
        return report(con, f"{name_of(table)}_of", page_id=page_id)
    told = ", ".join(name for name in table.column_names() if name not in ("page_id", "run_id"))
    return rows_of(con, f"SELECT {told} FROM {table.TABLE} WHERE page_id = $page_id ORDER BY {_key(table)}", page_id=page_id)


def _orphans(table: type[Contract], parent: type[Contract]) -> str:
    promise = f"every row of {table.TABLE} has its row of {parent.TABLE}"
    return f"""SELECT '{promise}' AS promise, count(*) AS broken_count, min({_key(parent)}) AS example
        FROM {table.TABLE} ANTI JOIN {parent.TABLE} USING ({_key(parent)})"""


def _twice(table: type[Contract]) -> str:
    promise, example = f"no key of {table.TABLE} stands twice", table.primary_key()[0]
    return f"""SELECT '{promise}' AS promise, count(*) AS broken_count, min({example}) AS example
        FROM (SELECT {example} FROM {table.TABLE} GROUP BY {_key(table)} HAVING count(*) > 1)"""


def _key(table: type[Contract]) -> str:
    return ", ".join(table.primary_key())


def _refused_capture(reject: Row) -> Row:
    """A refusal without a capture, in the shape of one."""
    return {name: reject[name] for name in ("page_id", "url", "source_uri", "source_offset")} | {"rejects": [reject]}
