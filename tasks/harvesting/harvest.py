"""A harvest from what is known to files: no Prefect, no database."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from tasks.harvesting.addresses import AllowedHosts, Resolver, ask_system
from tasks.harvesting.connecting import Connections
from tasks.harvesting.fetch_log import FetchLog
from tasks.harvesting.fetching import FetchLimits
from tasks.harvesting.frontier import Frontier
from tasks.harvesting.harvest_tally import HarvestTally
from tasks.harvesting.harvester import Harvester
from tasks.harvesting.robots import user_agent
from tasks.harvesting.sources_file import DeclaredSources
from tasks.harvesting.visits import Visitor
from tasks.raw_store.reading import read_raw
from tasks.sources.page import PageUnreadable
from warehouse.fetches import KnownFetch
from warehouse.version import VERSION

Watch = Callable[[HarvestTally], None]


@dataclass(frozen=True, slots=True, weakref_slot=True)
class HarvestOrder:
    """What a harvest is told."""

    home: Path
    run_id: str
    declared: DeclaredSources
    known: Mapping[str, KnownFetch]
    limits: FetchLimits
    allowed: AllowedHosts = field(default_factory=AllowedHosts)
    hosts_at_once: int = 32
    limit: int | None = None  # pages asked for, of all outlets
    is_again: bool = False  # ask also for what is not due
    rows_a_file: int = 2000  # after which files are made whole, if not after a minute


def harvest(order: HarvestOrder, is_stopped: Callable[[], bool], watch: Watch, resolve: Resolver = ask_system) -> HarvestTally:
    """Ask for what is due; what came is in pending files, whole. `resolve` says where names lead that are not in `order.allowed`.

    Raises SettingsInvalid for a list of URLs that cannot be read, StorageFailed.
    """
    return asyncio.run(_harvest(order, is_stopped, watch, resolve))


def frontier_of(order: HarvestOrder, tally: HarvestTally, is_stopped: Callable[[], bool] = lambda: False) -> Frontier:
    """What would be asked for before anything is asked."""
    frontier = Frontier(
        order.declared, order.known, tally, partial(stored_body, order.home),
        now=datetime.now(UTC), is_again=order.is_again, limit=order.limit, is_stopped=is_stopped,
    )  # fmt: skip
    frontier.begin()
    return frontier


async def _harvest(order: HarvestOrder, is_stopped: Callable[[], bool], watch: Watch, resolve: Resolver) -> HarvestTally:
    tally = HarvestTally(order.run_id)
    agent = user_agent(order.declared.contact, VERSION)
    log = FetchLog(order.home, order.run_id, agent, order.known, tally, order.rows_a_file)
    frontier, connections = frontier_of(order, tally, is_stopped), Connections(order.allowed, resolve)
    stored = partial(stored_body, order.home)
    visitor = Visitor(
        frontier, log, connections, stored, user_agent=agent, limits=order.limits, hosts_at_once=order.hosts_at_once
    )  # fmt: skip
    harvester = Harvester(frontier, log, visitor, connections, stored, is_stopped=is_stopped, watch=lambda: watch(tally))
    try:
        await harvester.run()
    except ExceptionGroup as several:  # one worker's error ends all, and is the one to tell
        raise several.exceptions[0] from several
    finally:
        log.finish()
    tally.is_interrupted = is_stopped()
    tally.end()
    watch(tally)
    return tally


def stored_body(home: Path, known: KnownFetch) -> bytes | None:
    """The payload that the URL had at its last answer; None where it cannot be read any more."""
    try:
        return read_raw(home, str(known.warc_uri), known.warc_offset or 0).body
    except PageUnreadable:
        return None
