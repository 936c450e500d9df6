"""Doors to the Prefect UI: what came of a run, and how the warehouse stands after it, as artifacts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from logging import INFO, WARNING
from pathlib import Path
from typing import cast

from httpx import HTTPError
from prefect import get_run_logger, task
from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.utilities.annotations import opaque

from tasks.reporting.cells import as_code, command
from tasks.reporting.run_tables import check_rows, reject_rows, verdict
from tasks.reporting.today_page import log_lines, summary, today_page
from warehouse.watch import SnapshotFile, Today

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True, weakref_slot=True)
class RunReport:
    """What the UI shows of a run that has ended. `judged` is how many expectation results it has; `docs_url` is where Data Docs are:
    served somewhere, or a file: URL of the machine that the run was on.
    """

    run_id: str
    counts: Sequence[Row]  # pages by fate, rejects by reason, rows by table
    steps: Sequence[Row]  # seconds by step, of all batches and of each
    rejects: Sequence[Row]  # of warehouse/reports/today_rejects.sql
    unmet: Sequence[Row]  # of warehouse/reports/unmet_checks.sql
    judged: int
    docs_url: str
    home: Path


def report_if_heard(report: RunReport) -> bool:
    """`report_run`, and whether the server answered. Where it does not there is nobody to report to, and the run is none the worse."""
    try:
        report_run(cast(RunReport, opaque(report)))  # as it is: Prefect would search it for futures, row by row
    except HTTPError as error:
        get_run_logger().warning("not reported, Prefect's server does not answer: %s", error)
        return False
    return True


@task(task_run_name="report-run", cache_policy=NO_CACHE, persist_result=False)
def report_run(report: RunReport) -> None:
    """Tables of counts, of what each step took, of rejects and of expectations not met, and the way to Data Docs."""
    run = f"run {report.run_id}"
    create_table_artifact(
        _plain(report.counts), key="ingest-counts", description=f"Pages by fate, rejects by reason, rows by table · {run}"
    )
    create_table_artifact(_plain(report.steps), key="ingest-steps", description=f"Seconds by step: all batches, then each · {run}")
    see = f"one with its page: {command('rejects show ID', report.home)}" if report.rejects else "nothing was"
    create_table_artifact(reject_rows(report.rejects), key="ingest-rejects", description=f"What was rejected, and why · {see} · {run}")
    served = None if report.docs_url.startswith("file:") else report.docs_url.removesuffix("index.html").rstrip("/")
    create_table_artifact(
        check_rows(report.unmet, report.judged, served),
        key="ingest-checks",
        description=f"{verdict(len(report.unmet), report.judged)} · {f'[Data Docs]({served}/)' if served else 'see data-docs'} · {run}",
    )
    if served:
        create_link_artifact(f"{served}/", link_text="Data Docs", key="data-docs", description=f"Validation results · {run}")
    else:
        create_markdown_artifact(_way_to_file(report.docs_url), key="data-docs", description=f"Validation results · {run}")


def today_if_heard(today: Today, snapshot: SnapshotFile | None, home: Path) -> None:
    """The page `today`, and its gist at the end of the log, which the page of a run opens with. Every run writes both, also one that found
    nothing new: it is that one which finds a source silent.
    """
    for is_concern, line in log_lines(today, snapshot, home):
        get_run_logger().log(WARNING if is_concern else INFO, "%s", line)
    try:
        create_markdown_artifact(today_page(today, snapshot, home), key="today", description=summary(today))
    except HTTPError as error:
        get_run_logger().warning("not reported, Prefect's server does not answer: %s", error)


def propose_if_heard(fields: Sequence[Row], samples: Sequence[Row]) -> None:
    """`report_proposal`, as `report_if_heard`."""
    try:
        report_proposal(cast(Sequence[Row], opaque(fields)), cast(Sequence[Row], opaque(samples)))
    except HTTPError as error:
        get_run_logger().warning("not reported, Prefect's server does not answer: %s", error)


@task(task_run_name="report-proposal", cache_policy=NO_CACHE, persist_result=False)
def report_proposal(fields: Sequence[Row], samples: Sequence[Row]) -> None:
    """Tables of what taking over a proposal would change, by field, and of some of it side by side."""
    shown = [{**row, "before": as_code(str(row["before"])), "after": as_code(str(row["after"]))} for row in samples]
    create_table_artifact(_plain(fields), key="reprocess-changes", description="Fields by how many pages changed, gained and lost them")
    create_table_artifact(shown, key="reprocess-samples", description="Some of the changes, before and after")


def _plain(rows: Sequence[Row]) -> list[dict[str, object]]:
    return [dict(row) for row in rows]


def _way_to_file(docs_url: str) -> str:
    """A browser follows no link from a web page to a file, so the path is given, and how to have a link."""
    folder = docs_url.removeprefix("file://").removesuffix("/index.html")
    return (
        f"[Data Docs]({docs_url}) are files of the machine that the run was on; browsers do not follow links from here to files. "
        f"Open `{folder}/index.html` there. For links that work, serve the folder and name its address to the worker:\n\n"
        f"```sh\npython3 -m http.server 4280 --bind 127.0.0.1 --directory {folder}\n"
        "export BROADSHEET_DOCS_URL=http://127.0.0.1:4280\n```\n"
    )
