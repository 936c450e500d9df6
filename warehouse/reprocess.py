"""Pages that were read again, beside the snapshot: what differs, field by field. Nothing of the warehouse is changed here."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from warehouse.connection import Connection, open_snapshot
from warehouse.reread import READ_ANEW, TAKEN_OVER, WHOLE_ROWS, Files, reread, rows_of_reread
from warehouse.sql_text import literal
from warehouse.tables import PAGE_FAMILY, Articles, Contract, Evidence, Pages, Rejects

LIST_CHARS = 20_000  # of what a field says, as text; whether it differs is asked of all of it
BY_FIELD = """
SELECT table_name, field, count_if(before IS NOT NULL AND after IS NOT NULL) AS changed_count,
       count_if(before IS NULL) AS appeared_count, count_if(after IS NULL) AS vanished_count
FROM {changes} GROUP BY ALL ORDER BY ALL
"""
SAMPLES = """
SELECT table_name, field, url, before, after
FROM {changes} AS changes JOIN raw.pages USING (page_id)
QUALIFY row_number() OVER (PARTITION BY table_name, field ORDER BY hash(page_id)) <= {most}
ORDER BY table_name, field, url
"""
Row = dict[str, object]


def compare(home: Path, files: Files, run_id: str, changes: Path, differing: Path) -> tuple[int, tuple[str, ...]]:
    """Write what differs between the snapshot and the pages that were read again: rows of ops.changes to `changes`, and to `differing`
    which pages have other rows in which table. How many changes, and the runs taken over before, which `accept` wants to find there.

    Raises what open_snapshot says.
    """
    parts = " UNION ALL ".join(_changes(files))
    with open_snapshot(home, beside_files=True) as con:
        con.execute(reread(files))
        con.execute(f"CREATE TEMP TABLE differing AS {' UNION ALL '.join(_differing(files))}")
        _copy(con, "SELECT * FROM differing ORDER BY ALL", differing)
        count = _copy(con, f"SELECT {literal(run_id)} AS run_id, * FROM ({parts}) ORDER BY table_name, field, page_id", changes)
        return count, tuple(run for (run,) in con.execute(TAKEN_OVER).fetchall())


def summarise(home: Path, changes: Path, samples: int) -> tuple[list[Row], list[Row]]:
    """Fields by how many pages changed, gained and lost them; and up to `samples` of each side by side."""
    source = f"read_parquet({literal(str(changes))})"
    with open_snapshot(home, beside_files=True) as con:
        return _records(con, BY_FIELD.format(changes=source)), _records(con, SAMPLES.format(changes=source, most=int(samples)))


def _changes(files: Files) -> Iterator[str]:
    """A query for each column of a table with one row a page, and for each table with many."""
    yield from (_of_column(Pages, column, files) for column in READ_ANEW)
    columns = [column for column in Articles.column_names() if column not in ("page_id", "run_id")]
    yield from (_of_column(Articles, column, files) for column in columns)
    yield _of_rows(Articles, ["title"], files)
    for table in PAGE_FAMILY:
        if table not in (Pages, Articles, Evidence):  # evidence differs where anything does
            yield _of_rows(table, [column for column in table.column_names() if column not in ("page_id", "run_id")], files)
    yield _of_rows(Rejects, ["reason", "expectation"], files)


def _of_column(table: type[Contract], column: str, files: Files) -> str:
    """Pages whose row is there before and after, and says otherwise in one column."""
    before, after = (f"left(CAST({side}.{column} AS VARCHAR), {LIST_CHARS})" for side in ("old", "new"))
    return (
        f"SELECT page_id, '{table.TABLE}' AS table_name, '{column}' AS field, {before} AS before, {after} AS after "
        f"FROM {table.TABLE} AS old JOIN ({rows_of_reread(table, files)}) AS new USING (page_id) "
        f"WHERE old.{column} IS DISTINCT FROM new.{column}"
    )


def _of_rows(table: type[Contract], columns: Sequence[str], files: Files) -> str:
    """Pages whose rows differ as a whole; of articles those that came or went."""
    row = "{" + ", ".join(f"'{column}': {column}" for column in columns) + "}"
    listed = f"left(CAST(list({row} ORDER BY {row}) AS VARCHAR), {LIST_CHARS})"
    stands = "replayed_at IS NULL" if table is Rejects else "true"
    said = f"page_id, {listed} AS said, {_digest(columns)} AS digest"
    old = f"SELECT {said} FROM {table.TABLE} WHERE {stands} AND page_id IN (SELECT page_id FROM reread) GROUP BY ALL"
    new = f"SELECT {said} FROM ({rows_of_reread(table, files)}) GROUP BY ALL"
    differ = "old.said IS NULL OR new.said IS NULL" if table is Articles else "old.digest IS DISTINCT FROM new.digest"
    return (
        f"SELECT page_id, '{table.TABLE}' AS table_name, '{WHOLE_ROWS}' AS field, old.said AS before, new.said AS after "
        f"FROM ({old}) AS old FULL JOIN ({new}) AS new USING (page_id) WHERE {differ}"
    )


def _differing(files: Files) -> Iterator[str]:
    """A query for each table that hangs on captures: of which pages its rows are not those that are there."""
    for table in PAGE_FAMILY:
        if table is not Pages:
            digest = _digest([column for column in table.column_names() if column not in ("page_id", "run_id", "extractor")])
            old = f"SELECT page_id, {digest} AS digest FROM {table.TABLE} SEMI JOIN reread USING (page_id) GROUP BY ALL"
            new = f"SELECT page_id, {digest} AS digest FROM ({rows_of_reread(table, files)}) GROUP BY ALL"
            yield (
                f"SELECT '{table.TABLE}' AS table_name, page_id FROM ({old}) AS old FULL JOIN ({new}) AS new USING (page_id) "
                "WHERE old.digest IS DISTINCT FROM new.digest"
            )


def _digest(columns: Sequence[str]) -> str:
    """Of the rows of a page, in any order."""
    return f"sum(CAST(hash({', '.join(columns)}) AS HUGEINT))"


def _copy(con: Connection, question: str, target: Path) -> int:
    """Write what a question gives as a Parquet file; how many rows."""
    return int(con.execute(f"COPY ({question}) TO {literal(str(target))} (FORMAT parquet, COMPRESSION zstd)").fetchall()[0][0])


def _records(con: Connection, question: str) -> list[Row]:
    answer = con.execute(question)
    columns = [column for column, *_ in answer.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]
