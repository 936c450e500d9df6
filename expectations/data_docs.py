"""Great Expectations' Data Docs under home/data_docs: pages that need nothing from any other machine.

A long run judges thousands of batches, so a page is written only for a table that did not meet an expectation of which
the run has few pages yet, and for the last batch. An index lists the runs, newest first.
"""

import json
import shutil
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from expectations.docs_page import index_page, table_page
from expectations.judgement import JudgedBatch
from warehouse.errors import StorageFailed

FOLDER = "data_docs"
PAGES_PER_EXPECTATION = 3  # enough to see whether a failure is one batch's or everyone's
RUNS_KEPT = 30
NOTHING = JudgedBatch({}, pl.DataFrame(), pl.DataFrame())


class DataDocs:
    """The Data Docs of one run."""

    def __init__(self, home: Path, run_id: str) -> None:
        self._folder = home / FOLDER
        self._run_id = run_id
        self._started_at = datetime.now(UTC)
        self._pages: list[dict[str, Any]] = []
        self._documented: Counter[str] = Counter()  # pages by expectation
        self._last: tuple[str, JudgedBatch] | None = None

    def add(self, name: str, judged: JudgedBatch) -> JudgedBatch:
        """Write the pages that a batch deserves. Gives it back with `docs_uri` in its checks and without GX results.

        Raises StorageFailed where the disk refuses.
        """
        wanted = [table for table in judged.results if self._is_news(judged, table)]
        for table in wanted:
            self._documented.update(_unmet(judged, table))
        if wanted:
            self._write(name, judged, wanted)
        self._last = (name, judged)
        linked = pl.when(pl.col("table_name").is_in(wanted)).then(f"{FOLDER}/{self._run_id}/" + _file(name, pl.col("table_name")))
        return replace(judged, checks=judged.checks.with_columns(docs_uri=linked), results={})

    def finish(self) -> Path:
        """Write the pages of the last batch and give the index."""
        name, judged = self._last or ("none", NOTHING)
        there = {page["href"] for page in self._pages}
        self._write(name, judged, [table for table in judged.results if f"{self._run_id}/{_file(name, table)}" not in there])
        return self._folder / "index.html"

    def _is_news(self, judged: JudgedBatch, table: str) -> bool:
        return any(self._documented[label] < PAGES_PER_EXPECTATION for label in _unmet(judged, table))

    def _write(self, name: str, judged: JudgedBatch, tables: list[str]) -> None:
        """Raises StorageFailed where the disk refuses."""
        try:
            (self._folder / self._run_id).mkdir(parents=True, exist_ok=True)
            for table in tables:
                self._write_page(name, judged, table)
            self._write_index()
        except OSError as error:
            raise StorageFailed(
                f"Expected to write Data Docs under {self._folder}, came: {error}. Free space or make the folder writable, then run again."
            ) from error

    def _write_page(self, name: str, judged: JudgedBatch, table: str) -> None:
        href = f"{self._run_id}/{_file(name, table)}"
        checks = judged.checks.filter(pl.col("table_name") == table).to_dicts()
        (self._folder / href).write_text(table_page(f"{table} in {name}", self._run_id, checks, judged.results[table]), "utf-8")
        self._pages.append({"title": f"{name} · {table}", "href": href, "unmet": _unmet(judged, table)})

    def _write_index(self) -> None:
        told = {"run_id": self._run_id, "started_at": self._started_at.isoformat(timespec="seconds"), "pages": self._pages}
        (self._folder / self._run_id / "run.json").write_text(json.dumps(told), "utf-8")
        runs = [json.loads(path.read_text("utf-8")) for path in self._folder.glob("*/run.json")]
        runs.sort(key=lambda run: str(run["started_at"]), reverse=True)
        for outdated in runs[RUNS_KEPT:]:
            shutil.rmtree(self._folder / outdated["run_id"])
        (self._folder / "index.html").write_text(index_page(runs[:RUNS_KEPT]), "utf-8")


def _unmet(judged: JudgedBatch, table: str) -> list[str]:
    unmet = judged.checks.filter((pl.col("table_name") == table) & ~pl.col("is_success"))
    return unmet.get_column("expectation").to_list()


def _file(name: str, table: Any) -> Any:
    return f"{name}-" + table + ".html"
