"""The door to Dask: how its parts are set up, the same for head, machines and flows."""

import logging
from typing import Any

import dask
from distributed import Security, rpc

from tasks.workers.cluster.access import ClusterAccess

dask.config.set(
    {
        # A batch is given to another machine once; then it comes back to the flow, which knows what to do with one that kills.
        "distributed.scheduler.allowed-failures": 1,
        # A machine that is cut off and not dead. Its own processes do the work, so that it always has time to answer.
        "distributed.scheduler.worker-ttl": "60s",
        # No pages of HTTP: they would be a second port, without TLS.
        "distributed.scheduler.http.routes": [],
        "distributed.worker.http.routes": [],
        "distributed.admin.low-level-log-length": 1000,  # events that the head remembers, of each kind
    }
)
logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what an operator must know is told by us

TOPIC = "broadsheet-pages"  # what machines tell of pages that they have read


def security_of(access: ClusterAccess) -> Security | None:
    """None where nothing is encrypted."""
    if access.tls is None:
        return None
    ca, cert, key = (str(path) for path in (access.tls.ca, access.tls.cert, access.tls.key))
    files = {f"tls_{role}_{what}": path for role in ("client", "worker", "scheduler") for what, path in (("cert", cert), ("key", key))}
    return Security(require_encryption=True, tls_ca_file=ca, **files)


async def identity(access: ClusterAccess) -> dict[str, Any]:
    """What the head says of itself. Raises OSError where nobody answers."""
    security = security_of(access)
    connection = security.get_connection_args("client") if security else {}
    async with rpc(access.address, connection_args=connection, timeout=access.connect_seconds) as head:
        return dict(await head.identity(n_workers=-1))
