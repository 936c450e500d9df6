"""Pages of Great Expectations' Data Docs, written by the worker that judged: they need nothing from any other machine.

A long run judges thousands of batches, so pages are written for the tables of its first one, and for a table that did not meet an
expectation of which the run has few. What workers write at the same time they do not know of each other: a few more may come.
"""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import polars as pl

from expectations.docs_index import FOLDER, DocsPage, docs_failed
from expectations.docs_page import table_page
from expectations.judgement import JudgedBatch


def document(
    home: Path, run_id: str, name: str, judged: JudgedBatch, documented: Collection[str], *, is_first: bool
) -> tuple[pl.DataFrame, tuple[DocsPage, ...]]:
    """Write the pages that a batch deserves beside those that are `documented`, expectations of which there are enough; its checks with
    `docs_uri`, and the pages.

    Raises StorageFailed where the disk refuses.
    """
    pages = tuple(
        DocsPage(f"{name} · {table}", f"{run_id}/{_file(name, table)}", table, unmet)
        for table in judged.results
        for unmet in [_unmet(judged, table)]
        if is_first or any(label not in documented for label in unmet)
    )
    try:
        for page in pages:
            target = home / FOLDER / page.href
            target.parent.mkdir(parents=True, exist_ok=True)
            checks = judged.checks.filter(pl.col("table_name") == page.table).to_dicts()
            target.write_text(table_page(f"{page.table} in {name}", run_id, checks, judged.results[page.table]), "utf-8")
    except OSError as error:
        raise docs_failed(home / FOLDER, error) from error
    is_written = pl.col("table_name").is_in([page.table for page in pages])
    linked = pl.when(is_written).then(f"{FOLDER}/{run_id}/" + _file(name, pl.col("table_name")))
    return judged.checks.with_columns(docs_uri=linked), pages


def _unmet(judged: JudgedBatch, table: str) -> tuple[str, ...]:
    unmet = judged.checks.filter((pl.col("table_name") == table) & ~pl.col("is_success"))
    return tuple(unmet.get_column("expectation").to_list())


def _file(name: str, table: Any) -> Any:
    return f"{name}-" + table + ".html"
