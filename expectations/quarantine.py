"""A batch judged table by table: what may be loaded, and what is kept out with its reason."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import polars as pl

from expectations.judgement import JudgedBatch, Judgement
from warehouse.errors import ContractBroken
from warehouse.tables import PAGE_FAMILY, Checks, Contract, Pages, Rejects
from warehouse.tables.contract import conform, lineage, polars_schema


def judge_batch(frames: Mapping[type[Contract], pl.DataFrame], *, run_id: str, batch_id: str, now: datetime | None = None) -> JudgedBatch:
    """Judge every table of PAGE_FAMILY that is among `frames`; frames of other tables are passed on as they are.

    Rows refused become rows of ops.rejects; what hangs on a refused page or article is neither loaded nor listed:
    it is read again from its bytes. A batch that is not credible comes back with `refusal`: load none of `frames` then,
    but do load `checks`. Raises ContractBroken, see runner.judge,
    also for rows whose page or article is not in the batch: only our own code can have lost it.
    """
    from expectations.runner import judge  # 3 s of importing Great Expectations, not to be paid by `--help`

    _refuse_orphans(frames)
    remaining = dict(frames)
    judgements: dict[type[Contract], Judgement] = {}
    for table in PAGE_FAMILY:
        if table not in remaining:
            continue
        judged = judgements[table] = judge(table, remaining[table], related=_related(remaining))
        remaining[table] = judged.accepted
        if lost := _lost_pages(judged):
            hanging = {child: frame for child, frame in remaining.items() if table in lineage(child)[:-1]}
            remaining |= {child: frame.filter(~pl.col("page_id").is_in(lost)) for child, frame in hanging.items()}
    return JudgedBatch(
        frames=remaining,
        rejects=_rejects(judgements, frames.get(Pages), run_id, batch_id, now or datetime.now(UTC)),
        checks=_checks(judgements, run_id, batch_id),
        refusal="; ".join(j.refused for j in judgements.values() if j.refused) or None,
        results={table.TABLE: j.result for table, j in judgements.items() if j.result is not None},
    )


def warm_up() -> None:
    """Import Great Expectations, build the suites and load templates, for the process that workers are forked from. Starts no thread."""
    from expectations import docs_page
    from expectations.runner import prepare

    for table in PAGE_FAMILY:
        prepare(table)
    docs_page.warm_up()


def _refuse_orphans(frames: Mapping[type[Contract], pl.DataFrame]) -> None:
    for child in PAGE_FAMILY:
        if child not in frames or (parent := child.PARENT) is None:
            continue
        there = frames[parent].get_column("page_id").to_list() if parent in frames else []
        if orphans := frames[child].filter(~pl.col("page_id").is_in(there)).height:
            raise ContractBroken(
                f"expected every row of {child.TABLE} to have its row of {parent.TABLE} in the same "
                f"batch, came {orphans} without; look at what shapes {child.TABLE}"
            )


def _related(frames: Mapping[type[Contract], pl.DataFrame]) -> dict[type[Contract], pl.DataFrame]:
    return {table: frames.get(table, polars_schema(table).to_frame()) for table in PAGE_FAMILY}


def _lost_pages(judged: Judgement) -> list[str]:
    """Pages whose every row was rejected; a capture met twice keeps its first row."""
    kept = judged.accepted.get_column("page_id")
    return judged.rejected.filter(~pl.col("page_id").is_in(kept.to_list())).get_column("page_id").drop_nulls().to_list()


def _rejects(
    judgements: Mapping[type[Contract], Judgement], pages: pl.DataFrame | None, run_id: str, batch_id: str, now: datetime
) -> pl.DataFrame:
    where = {row["page_id"]: row for row in (pages if pages is not None else pl.DataFrame()).iter_rows(named=True)}
    records = [
        _reject(table, row, where.get(row["page_id"], {})) | {"run_id": run_id, "batch_id": batch_id, "rejected_at": now}
        for table, judged in judgements.items()
        for row in judged.rejected.iter_rows(named=True)
    ]
    frame = pl.DataFrame(records, schema=polars_schema(Rejects), orient="row")
    return conform(frame.unique("reject_id", keep="first", maintain_order=True), Rejects)


def _reject(table: type[Contract], row: dict[str, Any], page: dict[str, Any]) -> dict[str, Any]:
    """One rejected row as a row of ops.rejects; the same row refused again, by any run, has the same reject_id."""
    content = {name: value for name, value in row.items() if name not in ("expectation", "detail")}
    as_json = json.dumps(content, ensure_ascii=False, default=str)
    identity = json.dumps(content | {"run_id": None}, ensure_ascii=False, default=str)
    uri, offset = page.get("source_uri") or "", page.get("source_offset") or 0
    parts = (uri, str(offset), table.TABLE, row["expectation"], identity)
    return {
        "reject_id": hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16],
        "page_id": row["page_id"],
        "url": page.get("url"),
        "source_uri": uri,
        "source_offset": offset,
        "table_name": table.TABLE,
        "reason": "expectation",
        "detail": row["detail"],
        "expectation": row["expectation"],
        "row_json": as_json,
        "replayed_at": None,
    }


def _checks(judgements: Mapping[type[Contract], Judgement], run_id: str, batch_id: str) -> pl.DataFrame:
    records = [
        check | {"run_id": run_id, "batch_id": batch_id, "docs_uri": None} for judged in judgements.values() for check in judged.checks
    ]
    return conform(pl.DataFrame(records, schema=polars_schema(Checks), orient="row"), Checks)
