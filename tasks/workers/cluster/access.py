"""How a cluster is reached. Loads nothing of Dask."""

from dataclasses import dataclass
from pathlib import Path

TLS = "tls://"


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """Who may speak with the cluster: whoever has a certificate of this authority, and nobody else."""

    ca: Path
    cert: Path
    key: Path


@dataclass(frozen=True, slots=True)
class ClusterAccess:
    """A cluster, as one who knocks at its head knows it."""

    address: str  # of the head, with tcp:// or tls:// before it
    tls: TlsFiles | None = None
    wait_seconds: float = 600.0  # for a machine, before the run gives up
    connect_seconds: float = 30.0  # for the head
