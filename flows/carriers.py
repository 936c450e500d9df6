"""Who carries the batches of a run: processes of this machine, or a cluster, as the settings say."""

from collections.abc import Callable
from importlib.util import find_spec

from flows import stop
from flows.settings import Settings
from flows.version import extractor
from tasks.workers.carrier import Carrier
from tasks.workers.order import WorkOrder
from tasks.workers.pool import WorkerPool
from warehouse.errors import SettingsInvalid


def carrier_of(settings: Settings, order: WorkOrder, tell: Callable[[str], None]) -> Carrier:
    """To be entered. Dask is loaded only where a cluster is named. Raises SettingsInvalid."""
    access = settings.cluster_access()
    if access is None:
        return WorkerPool(settings.workers, order)
    expect_extra()
    from tasks.workers.cluster.build import Build
    from tasks.workers.cluster.client import Cluster

    return Cluster(access, order, Build.here(extractor()), tell, stop.requested.is_set)


def expect_extra() -> None:
    """Raises SettingsInvalid where Dask is not installed."""
    if find_spec("distributed") is None:
        raise SettingsInvalid(
            "expected the extra cluster, which a cluster needs, it is not installed: `pip install 'broadsheet[cluster]'`, in a checkout "
            "`uv sync --extra cluster`."
        )
