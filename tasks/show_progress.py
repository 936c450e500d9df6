"""Door to the Prefect UI: how far a run is, as an artifact that moves and as lines of its log."""

import time
from uuid import UUID

from httpx import HTTPError
from prefect import get_run_logger
from prefect.artifacts import create_progress_artifact, update_progress_artifact

SECONDS_BETWEEN_MOVES = 5.0  # each is a request, 20 ms of CPU here and in the server; the UI asks anew every few seconds itself
SECONDS_BETWEEN_LINES = 60.0  # of the log


class RunProgress:
    """The progress bar of a run in the UI: there from the first call of `move`, moved every few seconds."""

    def __init__(self, key: str = "ingest-progress") -> None:
        self._key = key
        self._artifact: UUID | None = None
        self._is_lost = False
        self._moved = self._told = time.monotonic()

    def move(self, share: float, description: str, *, is_last: bool = False) -> None:
        """`share` of the input that is dealt with, 0..1. Shown no more once the server did not answer: the run goes on without."""
        now = time.monotonic()
        if now - self._told >= SECONDS_BETWEEN_LINES:
            self._told = now
            get_run_logger().info("%s", description)
        if self._is_lost or (self._artifact and not is_last and now - self._moved < SECONDS_BETWEEN_MOVES):
            return
        self._moved = now
        percent = round(100 * min(max(share, 0.0), 1.0), 1)
        try:
            if self._artifact is None:
                self._artifact = create_progress_artifact(percent, key=self._key, description=description)  # type: ignore[assignment]
            else:
                update_progress_artifact(self._artifact, progress=percent, description=description)
        except HTTPError as error:
            self._is_lost = True
            get_run_logger().warning("progress is shown no more, Prefect's server does not answer: %s", error)
