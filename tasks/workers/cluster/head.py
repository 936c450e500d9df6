"""The head of a cluster: it hands batches to machines, and takes no machine that runs something else."""

import asyncio
from collections.abc import Callable
from typing import Any

from distributed import Scheduler

from tasks.workers.cluster.access import ClusterAccess
from tasks.workers.cluster.build import Build
from tasks.workers.cluster.dask import security_of

TOLD = "broadsheet"  # under which it says what it runs


class Head(Scheduler):
    """Dask's scheduler, of one build."""

    def __init__(self, build: Build, **options: Any) -> None:
        self._build = build
        super().__init__(**options)

    def identity(self, n_workers: int = -1) -> dict[str, Any]:
        return super().identity(n_workers) | {TOLD: self._build.as_dict()}

    async def add_worker(self, comm: Any, *, address: str, resources: dict[str, float], **told: Any) -> None:
        """Refuse what a machine of another build, or none of ours, would do."""
        if self._build.name not in resources:
            await comm.write({"status": "error", "message": f"this cluster is one of {self._build.version} and no other", "time": 0})
            return
        await super().add_worker(comm, address=address, resources=resources, **told)


async def serve_head(access: ClusterAccess, host: str, port: int, build: Build, ended: asyncio.Event, tell: Callable[[str], None]) -> None:
    """Until `ended`. Raises OSError where the port is taken."""
    options = {"protocol": "tls" if access.tls else "tcp", "security": security_of(access), "dashboard": False}
    async with Head(build, host=host, port=port, dashboard_address=f"{host}:0", **options) as head:
        tell(head.address)
        closed = asyncio.ensure_future(head.finished())
        waiting = asyncio.ensure_future(ended.wait())
        await asyncio.wait({closed, waiting}, return_when=asyncio.FIRST_COMPLETED)
