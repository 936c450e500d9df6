"""A cluster of this machine alone, for benches, its head and its machines being processes on loopback, and a lake beside it."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import ROOT
from tests.flows.machines import Machines, Network
from tests.lake.postgres import running_postgres
from warehouse.lake.address import LakeAddress
from warehouse.lake.create import create_lake


@contextmanager
def cluster(folder: Path, count: int, workers: int = 1) -> Iterator[Machines]:
    """A head and so many machines, with so many workers each."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        made = Machines(Network("127.0.0.1"), folder, dict(os.environ) | {"PYTHONPATH": str(ROOT)}, free.getsockname()[1])
    try:
        made.head()
        for number in range(count):
            made.join(str(number), workers=workers)
        yield made
    finally:
        made.end()


@contextmanager
def warehouse_of(folder: Path, *, is_lake: bool) -> Iterator[dict[str, str]]:
    """The variables that name it: none where it is the file of each home, those of a new lake with a PostgreSQL of its own else."""
    if not is_lake:
        yield {}
        return
    with running_postgres() as server:
        lake = LakeAddress.of(server.database(), str(folder / "store"))
        create_lake(lake)
        yield {"BROADSHEET_WAREHOUSE": lake.catalog, "BROADSHEET_STORE": lake.store}
