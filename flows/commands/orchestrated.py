"""A flow run by a command: Prefect's server and the workers' fork server around it, and its exceptions as ours."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import Any

from flows import orchestration, stop
from flows.progress import Display, Watcher, watcher
from flows.summary import IngestSummary


@contextmanager
def orchestrated(module: str, name: str, cluster: str | None = None) -> Iterator[Callable[..., Any]]:
    """The flow `name` of `module`, to be called inside. Call before anything imports Prefect. With a `cluster` no workers are made ready.

    It gives what the flow does; None where it ended well and the server, too busy to answer at once, was told so twice: then that says
    what it has written down itself, without data.

    Raises OrchestratorUnreachable where no server answers, KeyboardInterrupt where the flow was stopped.
    """
    from flows.temporary_server import start_server_if_none
    from tasks.workers.fork_server import start_fork_server

    orchestration.prepare()
    server = start_server_if_none()
    if cluster is None:
        start_fork_server()  # side by side with the server: each takes seconds to load
    from httpx import HTTPError
    from prefect.exceptions import CancelledRun, MissingResult, TerminationSignal

    flow = getattr(import_module(module), name)

    def called(*arguments: Any, **named: Any) -> Any:
        with suppress(MissingResult):  # of a state that is Completed
            return flow(*arguments, **named)
        return None

    server.wait() if server else orchestration.expect_server()
    stop.here()
    try:
        yield called
    except (CancelledRun, TerminationSignal) as stopped:  # the latter: in the moments before and after our handler is in force
        raise KeyboardInterrupt from stopped
    except HTTPError as error:  # the flow itself needs no answer: this is its beginning, or its end after the snapshot
        raise orchestration.unreachable(error) from error


@contextmanager
def watched(watching: list[Watcher], tell: Callable[[IngestSummary], None]) -> Iterator["Remembering"]:
    """Show progress while inside; where the run fails, `tell` what it had done before."""
    seen = Remembering(watcher())
    watching.append(seen)
    try:
        yield seen
    except BaseException:
        seen.close()
        if seen.summary.seen:
            tell(seen.summary)
        raise
    finally:
        seen.close()
        watching.remove(seen)


class Remembering:
    """Passes on what it sees and keeps the last of it, for the summary at the end, however the run ends."""

    def __init__(self, shown: Display) -> None:
        self.shown = shown
        self.summary = IngestSummary()

    def saw(self, summary: IngestSummary) -> None:
        self.summary = summary
        self.shown.saw(summary)

    def close(self) -> None:
        self.shown.close()
