"""What the loader has and analysts do not see yet: published."""

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows import stop
from flows.healing import tried_again
from flows.looking import make_good
from flows.settings import expect_file, read_settings
from warehouse.connection import SNAPSHOT_FILE, open_loader


@flow(name="publish-warehouse", flow_run_name="publish", persist_result=False)
def publish_warehouse(home: str | None = None) -> State[bool]:
    """Publish the snapshot where the loader has something newer, such as after a run that was killed. Waits for a load under way.

    Args:
        home: Folder of the warehouse. Without: BROADSHEET_HOME, or broadsheet-data.
    """
    settings = read_settings(home=home)
    expect_file(settings, "publish a snapshot", "In a lake, what is committed is published.")
    at, seconds = settings.absolute_home, settings.lock_wait_seconds
    with tried_again(), stop.on_signals(), open_loader(at, seconds, on_wait=stop.waiting(at, seconds)) as connection:
        is_new = make_good(connection, at)
    told = f"published {at / SNAPSHOT_FILE}" if is_new else "nothing to publish: analysts see what the loader has"
    return Completed(message=told, data=is_new)
