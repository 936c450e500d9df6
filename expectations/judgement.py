"""What judging gives back. No library of judging is needed to speak of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from warehouse.tables import Contract


@dataclass(frozen=True, slots=True)
class Judgement:
    """One table of one batch, judged.

    `rejected` holds the rows refused, as they came, with two columns more: `expectation`, the first that refused the
    row, and `detail`, what each of them said. `checks` are rows of ops.checks without run_id, batch_id and docs_uri.
    `refused` is why the whole batch is not credible, None if it is. `result` is Great Expectations' own, as plain data.
    """

    accepted: pl.DataFrame
    rejected: pl.DataFrame
    checks: list[dict[str, Any]]
    refused: str | None = None
    result: Any = None


@dataclass(frozen=True, slots=True)
class JudgedBatch:
    """All tables of one batch, judged: what may be loaded, ops.rejects, ops.checks, and the refusal if there is one."""

    frames: Mapping[type[Contract], pl.DataFrame]
    rejects: pl.DataFrame
    checks: pl.DataFrame
    refusal: str | None = None
    results: Mapping[str, Any] = field(default_factory=dict)  # table name -> GX result, for Data Docs

    @property
    def warnings(self) -> dict[str, str]:
        """Warnings that were not met: table and expectation, and by how many rows."""
        failed = self.checks.filter(~pl.col("is_success") & (pl.col("severity") == "warning"))
        return {
            f"{c['table_name']}: {c['expectation']}": f"not met by {c['unexpected_count']} of {c['element_count']}"
            for c in failed.iter_rows(named=True)
        }
