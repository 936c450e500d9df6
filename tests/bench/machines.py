"""A cluster of this machine alone, for benches: its head and its machines are processes on loopback."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import ROOT
from tests.flows.machines import Machines, Network


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
