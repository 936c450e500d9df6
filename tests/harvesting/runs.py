"""Harvests as the flow runs them, without Prefect and workers: what is known is read from rows, what comes is loaded as rows.

`python -m tests.harvesting.runs HOME SOURCES` is one in a process of its own, for those that are killed.
"""

import secrets
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tasks.harvesting.addresses import AllowedHosts, Resolver, ask_system
from tasks.harvesting.captures import PendingRows, pending, place
from tasks.harvesting.fetching import FetchLimits
from tasks.harvesting.harvest import HarvestOrder, harvest
from tasks.harvesting.harvest_tally import HarvestTally
from tasks.harvesting.pace import Stopped
from tasks.harvesting.sources_file import read_sources
from tests.harvesting.three_outlets import HOSTS
from warehouse.connection import open_loader
from warehouse.fetches import known_fetches
from warehouse.staged_tables import StagedTables
from warehouse.tables.fetches import Fetches
from warehouse.upsert import load_batch

LIMITS = FetchLimits(seconds=2.0, body_bytes=2**20)


def harvested(
    home: Path, sources: Path, *, resolve: Resolver = ask_system, allow: Sequence[str] = (), limits: FetchLimits = LIMITS,
    is_stopped: Stopped = lambda: False, **order: Any,
) -> HarvestTally:  # fmt: skip
    """One harvest into `home`, and its rows in the warehouse there; those of one that was killed first."""
    for found in pending(home):
        load(home, found)
    declared = read_sources(sources)
    hosts = [host for outlet in declared.outlets.values() for host in outlet.hosts]
    with open_loader(home) as connection:
        known = known_fetches(connection, hosts)
    allowed = AllowedHosts.read([*(f"{host}={address}" for host, address in HOSTS.items()), *allow])
    given = HarvestOrder(home, secrets.token_hex(8), declared, known, limits, allowed)
    tally = harvest(replace(given, **order), is_stopped, lambda _tally: None, resolve)
    for found in pending(home):
        load(home, found)
    return tally


def load(home: Path, found: PendingRows) -> None:
    """The rows of one set of files into the warehouse."""
    place(found)
    with open_loader(home) as connection:
        load_batch(connection, StagedTables({Fetches.TABLE: found.rows}))
    found.rows.unlink()


def rows(home: Path, query: str) -> list[tuple[Any, ...]]:
    """What the loader's file says."""
    with open_loader(home) as connection:
        return connection.execute(query).fetchall()


if __name__ == "__main__":
    harvested(Path(sys.argv[1]), Path(sys.argv[2]), rows_a_file=7)
