"""One harvest: what it may touch, what is known when it begins, and how what it fetched gets into the warehouse."""

import fcntl
import json
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flows import stop
from flows.loaders import opened_loader
from flows.progress import Display
from flows.settings import Settings
from flows.version import extractor
from tasks.harvesting.addresses import AllowedHosts, AllowedHostUnreadable
from tasks.harvesting.captures import PAGES, PendingRows, pending, place
from tasks.harvesting.fetching import FetchLimits
from tasks.harvesting.harvest import HarvestOrder
from tasks.harvesting.harvest_tally import HarvestTally
from tasks.harvesting.sources_file import DeclaredSources, read_sources
from tasks.loading.loader import Loader
from tasks.planning.survey import survey
from tasks.shaping.fetches import shape_outlets
from tasks.sources.discovery import discover
from tasks.sources.page import Tally
from warehouse.errors import SettingsInvalid, SourceUnreadable, WarehouseBusy
from warehouse.fetches import KnownFetch, known_fetches
from warehouse.ledger import known_inputs
from warehouse.tables.fetches import Fetches
from warehouse.tables.outlets import Outlets
from warehouse.version import VERSION

watching: list[Display] = []  # who sees progress; the command line puts itself here
ANSWERED = ("new", "changed", "unchanged", "redirected")


@dataclass(frozen=True, slots=True)
class HarvestChoice:
    """What of a sources.toml is harvested."""

    sources: Path
    only: tuple[str, ...] = ()  # outlets
    limit: int | None = None
    is_again: bool = False
    allow_hosts: tuple[str, ...] = ()

    def declared(self) -> DeclaredSources:
        """The file, with the outlets that were chosen. Raises SettingsInvalid."""
        whole = read_sources(self.sources)
        if strange := [key for key in self.only if key not in whole.outlets]:
            raise SettingsInvalid(f"expected an outlet of {self.sources}, got {', '.join(strange)}; there are {', '.join(whole.outlets)}")
        chosen = {key: outlet for key, outlet in whole.outlets.items() if not self.only or key in self.only}
        return whole.model_copy(update={"outlets": chosen})

    def allowed(self) -> AllowedHosts:
        """Hosts that need not be public. Raises SettingsInvalid."""
        try:
            return AllowedHosts.read(self.allow_hosts)
        except AllowedHostUnreadable as error:
            raise SettingsInvalid(f"--allow-host: {error}") from error


class HarvestRun:
    """Open for the time of one harvest. The loader's file is open only while something is read from it or written to it: a harvest
    waits for other people's servers, and loads may go on meanwhile."""

    def __init__(self, settings: Settings, choice: HarvestChoice, tell: Callable[[str], None]) -> None:
        self.settings, self.choice, self.home = settings, choice, settings.absolute_home
        self.declared = choice.declared()
        self.run_id = secrets.token_hex(8)
        self.started_at = datetime.now(UTC)
        self.tally = HarvestTally(self.run_id)
        self._tell = tell

    @classmethod
    @contextmanager
    def begin(cls, settings: Settings, choice: HarvestChoice, tell: Callable[[str], None] = stop.say) -> "Iterator[HarvestRun]":
        """One harvest of a home at a time. Raises SettingsInvalid, WarehouseBusy where another one runs."""
        run = cls(settings, choice, tell)
        with only_one(run.home):
            yield run

    @property
    def pages_folder(self) -> Path:
        """What is to be ingested."""
        return self.home / PAGES

    def order(self) -> HarvestOrder:
        """What is asked for, by what was known of it; what a harvest that was killed had fetched is loaded first."""
        found = pending(self.home)
        with self._loader() as loader:
            loader.tidy_up()
            self._record(loader, "running")
            self._load(loader, found)
            known = known_fetches(loader.connection, [host for outlet in self.declared.outlets.values() for host in outlet.hosts])
        return self._order(known)

    def load(self) -> dict[str, int]:
        """Rows of what was fetched, and the outlets; gives rows by table."""
        found = pending(self.home)
        with self._loader() as loader:
            counts = self._load(loader, found)
            self._record(loader, "interrupted" if self.tally.is_interrupted else "completed")
        return counts

    def has_pages_to_load(self) -> bool:
        """Whether there are WARC files that the ledger does not have."""
        if not self.pages_folder.is_dir():
            return False
        with self._loader() as loader:
            return bool(survey(discover([self.pages_folder], Tally()), lambda keys: known_inputs(loader.connection, keys)).pending)

    def raise_for_outcome(self) -> None:
        """Raises SourceUnreadable where requests were made and not one was answered with what it asked for."""
        if self.tally.requests and not any(self.tally.outcomes[outcome] for outcome in ANSWERED):
            told = ", ".join(f"{reason} {count}" for reason, count in self.tally.reasons.most_common(3))
            raise SourceUnreadable(
                f"expected an answer of {', '.join(self.declared.outlets)}, all {self.tally.requests} requests came to nothing: {told}. "
                'See `broadsheet sql "FROM ops.fetches ORDER BY requested_at DESC"`.'
            )

    def _order(self, known: dict[str, KnownFetch]) -> HarvestOrder:
        limits = FetchLimits(self.settings.harvest_request_seconds, self.settings.max_page_bytes)
        return HarvestOrder(
            self.home, self.run_id, self.declared, known, limits, self.choice.allowed(), self.settings.harvest_hosts_at_once,
            self.choice.limit, self.choice.is_again,
        )  # fmt: skip

    def _load(self, loader: Loader, found: Sequence[PendingRows]) -> dict[str, int]:
        """Each pair in one transaction with the outlets, then its rows' file is gone: a crash between the two loads nothing twice."""
        outlets = self.home / "harvest" / "outlets.parquet"
        outlets.parent.mkdir(parents=True, exist_ok=True)
        shape_outlets(_outlet_records(self.declared)).write_parquet(outlets)
        counts: dict[str, int] = {}
        pairs: list[PendingRows | None] = [*found]
        for pair in pairs or [None]:
            if pair is not None:
                place(pair)
            files = {Outlets.TABLE: outlets} | ({Fetches.TABLE: pair.rows} if pair is not None else {})
            for table, count in loader.tell_rows(files).items():
                counts[table] = counts.get(table, 0) + count
            if pair is not None:
                pair.rows.unlink()
        outlets.unlink()
        return counts

    @contextmanager
    def _loader(self) -> Iterator[Loader]:
        at, seconds = self.settings.lake or self.home, self.settings.lock_wait_seconds
        with opened_loader(self.settings, self.run_id, stop.waiting(at, seconds, self._tell)) as loader:
            yield loader

    def _record(self, loader: Loader, state: str) -> None:
        given = {"only": self.choice.only, "limit": self.choice.limit, "again": self.choice.is_again}
        loader.record_run({
            "run_id": self.run_id, "flow": "harvest_sources", "flow_run_url": None, "state": state, "started_at": self.started_at,
            "ended_at": None if state == "running" else datetime.now(UTC), "paths": [str(self.choice.sources)],
            "parameters": json.dumps(given), "seen_count": 0, "loaded_count": 0, "known_count": 0, "rejected_count": 0,
            "version": VERSION, "passed_over_count": None, "passed_over": None, "extractor": extractor(),
        })  # fmt: skip


@contextmanager
def only_one(home: Path) -> Iterator[None]:
    """Raises WarehouseBusy where another harvest works in this home; a lock of the system's, which dies with its process."""
    folder = home / "harvest"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise WarehouseBusy(f"Expected to harvest into {home}, but another harvest does. Wait for it.") from error
        yield


def _outlet_records(declared: DeclaredSources) -> list[dict[str, object]]:
    columns = ("name", "country", "language", "kind", "collection")
    return [
        {"outlet_id": key, "hosts": list(outlet.hosts)} | {name: getattr(outlet, name) for name in columns}
        for key, outlet in declared.outlets.items()
    ]
