"""Who is at a lake: a session of PostgreSQL that holds locks as long as its process lives, however that ends.

A run holds `loaders` shared, and a lock of its own by which others tell that it lives; maintenance holds `loaders` alone. Of the runs that
are there one relates at a time, and one waits to. Locks are kept in a transaction without a snapshot (READ COMMITTED), so that they hinder
no VACUUM.
"""

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress

import duckdb

from warehouse.errors import CatalogUnreachable, WarehouseBusy
from warehouse.lake.address import LakeAddress
from warehouse.lake.attach import connect, roll_back, unreachable
from warehouse.sql_text import literal

LOADERS, RUNS, RELATERS = 0x62726F61, 0x62726F62, 0x62726F63  # the first half of our locks' keys; PostgreSQL has a set for each database
RELATES, WAITS = 0, 1  # the second half of RELATERS: of the run that relates, and of one that waits for it
POLL_SECONDS = 0.5


class Presence:
    """The session of one process. `run_id`: of a run; None for maintenance, which must be alone."""

    def __init__(self, address: LakeAddress, run_id: str | None) -> None:
        self._address, self._run_id = address, run_id
        self._con = connect(address)
        self._is_open = False
        self._relates = False

    def take(self, wait_seconds: float = 0.0, on_wait: Callable[[str], None] = lambda _: None) -> None:
        """Hold the locks. Raises WarehouseBusy where others still hold theirs after `wait_seconds`, CatalogUnreachable."""
        deadline = time.monotonic() + wait_seconds
        while not self._try():
            if time.monotonic() >= deadline:
                raise WarehouseBusy(
                    f"Expected {self._wanted} at {self._address}, but {self.holders()} are there; waited {wait_seconds:g} s. "
                    "Wait for them to end, then run the same command again."
                )
            on_wait(self.holders())
            time.sleep(POLL_SECONDS)

    def hold(self) -> None:
        """Make sure that the locks are held now: PostgreSQL forgets them where it is started anew. Raises WarehouseBusy, duckdb.Error."""
        try:
            self._ask("SELECT 1 AS one")
        except duckdb.Error:
            self._close()
            self.take()
            if self._relates and not self._lock(RELATES):
                raise WarehouseBusy("Expected to relate alone, another run does since PostgreSQL was started anew. Wait for it.") from None

    @contextmanager
    def relating(self, wait_seconds: float, on_wait: Callable[[str], None], *, is_needed: bool) -> Iterator[bool]:
        """Alone among the runs that relate; False where another one still does after `wait_seconds`. Unless it `is_needed` also where one
        waits already: whoever waits will see all that is committed now."""
        self._relates = self._lock(RELATES) or self._queue(wait_seconds, on_wait, is_needed=is_needed)
        try:
            yield self._relates
        finally:
            if self._relates:
                self._relates = False
                with suppress(duckdb.Error, CatalogUnreachable):  # PostgreSQL is gone, and with it the lock
                    self._unlock(RELATES)

    def alive(self, run_ids: Iterable[str]) -> list[str]:
        """Those of these runs that live."""
        held = {
            key for (key,) in self._ask(f"SELECT objid::bigint AS objid FROM pg_locks WHERE locktype = 'advisory' AND classid = {RUNS}")
        }
        return [run_id for run_id in run_ids if key_of(run_id) in held]

    def holders(self, of: int = LOADERS) -> str:
        """Who holds `loaders`, or who relates, for a message."""
        query = (
            "SELECT coalesce(client_addr::text, 'this machine') || ', since ' || backend_start::text AS who FROM pg_stat_activity "
            f"JOIN pg_locks USING (pid) WHERE locktype = 'advisory' AND granted AND classid = {of} AND pid != pg_backend_pid()"
        )
        return "; ".join(str(who) for (who,) in self._ask(query)) or "others"

    def close(self) -> None:
        """Let go of the locks."""
        self._close()
        self._con.close()

    def _queue(self, wait_seconds: float, on_wait: Callable[[str], None], *, is_needed: bool) -> bool:
        is_next = self._lock(WAITS)
        if not is_next and not is_needed:
            return False
        deadline = time.monotonic() + wait_seconds
        try:
            while not (is_mine := self._lock(RELATES)) and time.monotonic() < deadline:
                on_wait(self.holders(RELATERS))
                time.sleep(POLL_SECONDS)
            return is_mine
        finally:
            if is_next:  # before the state is chosen that is related: who has left it to this run is in it
                self._unlock(WAITS)

    def _lock(self, which: int) -> bool:
        return bool(self._ask(f"SELECT pg_try_advisory_lock({RELATERS}, {which}) AS got")[0][0])

    def _unlock(self, which: int) -> None:
        self._ask(f"SELECT pg_advisory_unlock({RELATERS}, {which}) AS got")

    @property
    def _wanted(self) -> str:
        return "to be alone" if self._run_id is None else "no maintenance"

    def _try(self) -> bool:
        shared = "" if self._run_id is None else "_shared"
        got = self._ask(f"SELECT pg_try_advisory_lock{shared}({LOADERS}, 0) AS got")[0][0]
        if got and self._run_id is not None:
            self._ask(f"SELECT pg_advisory_lock({RUNS}, {key_of(self._run_id)}) IS NULL AS got")
        return bool(got)

    def _ask(self, query: str) -> list[tuple[object, ...]]:
        if not self._is_open:
            self._open()
        return self._con.execute(f"FROM postgres_query('presence', {literal(query)})").fetchall()

    def _open(self) -> None:
        try:
            options = "TYPE postgres, READ_ONLY, ISOLATION_LEVEL 'READ COMMITTED'"
            self._con.execute(f"ATTACH OR REPLACE {literal(self._address.session)} AS presence ({options})")
            self._con.execute("BEGIN TRANSACTION")  # which keeps one session of the pool
        except duckdb.Error as error:
            raise unreachable(self._address, error) from error
        self._is_open = True

    def _close(self) -> None:
        roll_back(self._con)
        self._is_open = False


def key_of(run_id: str) -> int:
    """A run's lock: 31 bits of its id."""
    return int.from_bytes(hashlib.sha256(run_id.encode()).digest()[:4], "big") >> 1


@contextmanager
def present(
    address: LakeAddress, run_id: str | None, wait_seconds: float = 0.0, on_wait: Callable[[str], None] = lambda _: None
) -> Iterator[Presence]:
    """At the lake while inside, as a run or, without `run_id`, alone. Raises WarehouseBusy, CatalogUnreachable."""
    here = Presence(address, run_id)
    try:
        here.take(wait_seconds, on_wait)
        yield here
    finally:
        here.close()
