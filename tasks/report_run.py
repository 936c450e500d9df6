"""Doors to the Prefect UI: a run's progress and what came of it, as artifacts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from httpx import HTTPError
from prefect import get_run_logger, task
from prefect.artifacts import (
    create_link_artifact,
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.cache_policies import NO_CACHE
from prefect.utilities.annotations import opaque

Row = Mapping[str, object]
DOCS_FOLDER = "data_docs/"  # what ops.checks.docs_uri begins with: it is relative to the home folder


class RunProgress:
    """The progress bar of a run in the UI: there from the start, moved after every batch."""

    def __init__(self, key: str = "ingest-progress") -> None:
        self._key = key
        self._artifact: UUID | None = None
        self._is_lost = False

    def move(self, share: float, description: str) -> None:
        """`share` of the input that is dealt with, 0..1. Shown no more once the server did not answer: the run goes on without."""
        percent = round(100 * min(max(share, 0.0), 1.0), 1)
        if self._is_lost:
            return
        try:
            if self._artifact is None:
                self._artifact = create_progress_artifact(percent, key=self._key, description=description)  # type: ignore[assignment]
            else:
                update_progress_artifact(self._artifact, progress=percent, description=description)
        except HTTPError as error:
            self._is_lost = True
            get_run_logger().warning("progress is shown no more, Prefect's server does not answer: %s", error)


@dataclass(frozen=True, slots=True, weakref_slot=True)
class RunReport:
    """What the UI shows of a run that has ended. `judged` is how many expectation results it has; `docs_url` is where Data Docs are: served
    somewhere, or a file: URL of the machine that the run was on."""

    run_id: str
    counts: Sequence[Row]  # pages by fate, rejects by reason, rows by table
    steps: Sequence[Row]  # seconds by step, of all batches and of each
    unmet: Sequence[Row]  # of warehouse/reports/unmet_checks.sql
    judged: int
    docs_url: str


def report_if_heard(report: RunReport) -> None:
    """`report_run`; where the server does not answer there is nobody to report to, and the run is none the worse."""
    try:
        report_run(cast(RunReport, opaque(report)))  # as it is: Prefect would search it for futures, row by row
    except HTTPError as error:
        get_run_logger().warning("not reported, Prefect's server does not answer: %s", error)


@task(task_run_name="report-run", cache_policy=NO_CACHE, persist_result=False)
def report_run(report: RunReport) -> None:
    """Tables of counts, of what each step took, and of expectations not met, and the way to Data Docs."""
    run = f"run {report.run_id}"
    create_table_artifact(
        _plain(report.counts), key="ingest-counts", description=f"Pages by fate, rejects by reason, rows by table · {run}"
    )
    create_table_artifact(_plain(report.steps), key="ingest-steps", description=f"Seconds by step: all batches, then each · {run}")
    served = None if report.docs_url.startswith("file:") else report.docs_url.removesuffix("index.html").rstrip("/")
    rows: list[dict[str, object]] = [_unmet_row(row, served) for row in report.unmet]
    create_table_artifact(
        rows or [{"result": _verdict(0, report.judged)}],  # an empty table would read as if nothing had been judged
        key="ingest-checks",
        description=f"{_verdict(len(rows), report.judged)} · {f'[Data Docs]({served}/)' if served else 'see data-docs'} · {run}",
    )
    if served:
        create_link_artifact(f"{served}/", link_text="Data Docs", key="data-docs", description=f"Validation results · {run}")
    else:
        create_markdown_artifact(_way_to_file(report.docs_url), key="data-docs", description=f"Validation results · {run}")


def propose_if_heard(fields: Sequence[Row], samples: Sequence[Row]) -> None:
    """`report_proposal`, as `report_if_heard`."""
    try:
        report_proposal(cast(Sequence[Row], opaque(fields)), cast(Sequence[Row], opaque(samples)))
    except HTTPError as error:
        get_run_logger().warning("not reported, Prefect's server does not answer: %s", error)


@task(task_run_name="report-proposal", cache_policy=NO_CACHE, persist_result=False)
def report_proposal(fields: Sequence[Row], samples: Sequence[Row]) -> None:
    """Tables of what taking over a proposal would change, by field, and of some of it side by side."""
    shown = [{**row, "before": _as_code(str(row["before"])), "after": _as_code(str(row["after"]))} for row in samples]
    create_table_artifact(_plain(fields), key="reprocess-changes", description="Fields by how many pages changed, gained and lost them")
    create_table_artifact(shown, key="reprocess-samples", description="Some of the changes, before and after")


def _plain(rows: Sequence[Row]) -> list[dict[str, object]]:
    return [dict(row) for row in rows]


def _verdict(unmet: int, judged: int) -> str:
    if not judged:
        return "No batch was judged: nothing was new"
    return f"Expectations not met: {unmet}" if unmet else f"Every expectation was met: {judged} of {judged}"


def _unmet_row(row: Row, served: str | None) -> dict[str, object]:
    """What an operator asks, from left to right: how bad, where, what, how much; the long ones last, cells do not wrap."""
    docs_uri = row["docs_uri"]
    page = f"[Data Docs]({served}/{str(docs_uri).removeprefix(DOCS_FOLDER)})" if served and docs_uri else docs_uri
    return {
        "severity": row["severity"],
        "table": row["table_name"],
        "expectation": row["expectation"],
        "rows": row["unexpected_count"],
        "batches": row["batch_count"],
        "page": page,
        "observed": _as_code(str(row["observed"] or "")),
        "why it is expected": row["notes"],
    }


def _as_code(observed: str) -> str:
    """A code span: the UI renders cells as Markdown with HTML, and what a crawled page says could load its images there."""
    line = " ".join(observed.split())  # a blank line would end the span
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", line)), default=0))
    return f"{fence} {line} {fence}" if line else ""


def _way_to_file(docs_url: str) -> str:
    """A browser follows no link from a web page to a file, so the path is given, and how to have a link."""
    folder = docs_url.removeprefix("file://").removesuffix("/index.html")
    return (
        f"[Data Docs]({docs_url}) are files of the machine that the run was on; browsers do not follow links from here to files. "
        f"Open `{folder}/index.html` there. For links that work, serve the folder and name its address to the worker:\n\n"
        f"```sh\npython3 -m http.server 4280 --bind 127.0.0.1 --directory {folder}\n"
        "export BROADSHEET_DOCS_URL=http://127.0.0.1:4280\n```\n"
    )
