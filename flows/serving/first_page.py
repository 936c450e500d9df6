"""What a browser is shown first: the page `today` that the newest run has written. Prefect's menu has no entry for artifacts."""

from typing import Any, cast

from prefect.server.database import provide_database_interface
from prefect.server.models.artifacts import read_latest_artifact
from starlette.requests import Request
from starlette.responses import RedirectResponse

KEY = "today"  # as tasks/report_run.py writes it
BEFORE_ANY = "/runs"  # until a run has ended


async def first_page(_request: Request) -> RedirectResponse:
    """To the newest page of the day; other pages of the UI keep their addresses."""
    async with provide_database_interface().session_context() as session:
        found = await cast(Any, read_latest_artifact)(session=session, key=KEY)  # Prefect's types do not say that it is awaited
    return RedirectResponse(f"/artifacts/artifact/{found.latest_id}" if found else BEFORE_ANY)
