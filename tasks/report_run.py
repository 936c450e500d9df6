"""Doors to the Prefect UI: a run's progress and what came of it, as artifacts."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from prefect import task
from prefect.artifacts import create_link_artifact, create_progress_artifact, create_table_artifact, update_progress_artifact
from prefect.cache_policies import NO_CACHE

Row = Mapping[str, object]


class RunProgress:
    """The progress bar of a run in the UI, moved after every batch."""

    def __init__(self) -> None:
        self._artifact: UUID | None = None

    def move(self, share: float, description: str) -> None:
        """`share` of the input that is dealt with, 0..1."""
        percent = round(100 * min(max(share, 0.0), 1.0), 1)
        if self._artifact is None:
            self._artifact = create_progress_artifact(percent, key="ingest-progress", description=description)  # type: ignore[assignment]
        else:
            update_progress_artifact(self._artifact, progress=percent, description=description)


@task(task_run_name="report-{run_id}", cache_policy=NO_CACHE, persist_result=False)
def report_run(run_id: str, counts: Sequence[Row], checks: Sequence[Row], docs_url: str | None) -> None:
    """Tables of counts (by table, and by reason of reject) and of expectations, with a link to Data Docs."""
    create_table_artifact([dict(row) for row in counts], key="ingest-counts", description=f"Run {run_id}: rows by table, rejects by reason")
    create_table_artifact(
        [dict(row) for row in checks],
        key="ingest-checks",
        description=f"Run {run_id}: expectations that were not met" + (f" ([Data Docs]({docs_url}))" if docs_url else ""),
    )
    if docs_url:
        create_link_artifact(docs_url, link_text="Data Docs", key="data-docs", description=f"Validation results of run {run_id}")
