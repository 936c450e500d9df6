"""What may heal is tried again; what would fail the same way is told at once.

Prefect tries every failure again, or none. So a run of a deployment begins without retries, and is granted them by the failure itself.
A run of the command line is left to who typed it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from httpx import HTTPError
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import FlowRunPolicy
from prefect.runtime import deployment, flow_run

from warehouse.errors import CatalogUnreachable, OrchestratorUnreachable, SnapshotLocked, WarehouseBusy

HEALS = (
    WarehouseBusy,
    SnapshotLocked,
    CatalogUnreachable,
    OrchestratorUnreachable,
    HTTPError,
)  # others hold what is needed, or are on their way up
RETRIES = 10
RETRY_SECONDS = 60  # after which all has waited for the lock once more


@contextmanager
def tried_again() -> Iterator[None]:
    """Around all that a flow does."""
    try:
        yield
    except HEALS:
        if deployment.id:
            _grant()
        raise


def _grant() -> None:
    policy = FlowRunPolicy(retries=RETRIES, retry_delay=RETRY_SECONDS)
    with get_client(sync_client=True) as client:
        client.update_flow_run(flow_run.id, empirical_policy=policy)
