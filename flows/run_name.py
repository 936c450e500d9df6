"""What a run is called in the Prefect UI: what it reads while it runs, and how it ended when it has."""

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from uuid import UUID

from httpx import HTTPError
from prefect import get_run_logger
from prefect.client.orchestration import get_client
from prefect.exceptions import ObjectNotFound
from prefect.runtime import flow_run

from flows.summary import IngestSummary
from warehouse.errors import BatchRefused, NothingLoaded, SourceUnreadable


def run_name() -> str:
    """ingest crawl-2025-03.warc.gz +2: what a list of runs in the UI has room for."""
    first, *others = flow_run.parameters["paths"] or ["nothing"]
    return f"ingest {Path(first).name or first}" + (f" +{len(others)}" if others else "")


class NamedByOutcome:
    """Around all that a run does: at its end, however that comes, its name says how: `ingest drop · 651 new, 4 rejected`."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._told: Callable[[BaseException | None], str] | None = None
        self.is_heard = True  # else the server is not asked: each question to one that is gone takes half a minute

    def by(self, told: Callable[[BaseException | None], str]) -> None:
        """The run has begun: `told` says how it ended, be it with an error."""
        self._told = told

    def __enter__(self) -> "NamedByOutcome":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if not self.is_heard:
            return
        told = self._told(error) if self._told else "failed before it began"
        try:
            with get_client(sync_client=True) as client:
                client.update_flow_run(UUID(flow_run.id), name=f"{self._name} · {told}")
        except (HTTPError, ObjectNotFound) as silence:  # a name is not worth a run
            get_run_logger().warning("the run keeps its name, Prefect's server does not answer: %s", silence)


def outcome(summary: IngestSummary, error: BaseException | None = None) -> str:
    """How a run ended, in few words: `651 new, 4 rejected`, `nothing new`, `stopped after 120 of 651`, `1 of 3 batches refused`."""
    about = "" if summary.is_planned else "about "
    read = f"{summary.read:,} of {about}{summary.pages_in_all:,}"
    rejected = f"{summary.rejected_count:,} rejected"
    match error:
        case None if summary.is_interrupted:
            return f"stopped after {read}"
        case None if not summary.read:
            return "nothing new"
        case None:
            return f"{summary.loaded:,} new" + (f", {rejected}" if summary.rejected_count else "")
        case BatchRefused():
            return f"{len(summary.refused)} of {summary.batches} batches refused, {summary.loaded:,} new"
        case NothingLoaded():
            return f"nothing loaded, {rejected}"
        case SourceUnreadable():
            return "nothing to read"
        case Exception():
            return f"failed after {read}"
        case _:  # cancelled in the UI, or ended by a signal
            return f"stopped after {read}"
