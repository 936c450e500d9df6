"""Every write to a lake: one transaction behind the sentinel, all of it or nothing, and once more where another one was faster.

The sentinel is the row of ops.turn. DuckLake 1.0 sees no conflict between two transactions that insert the same keys; it sees one between
two that update the same row (tests/lake/test_committers.py says when that is no longer needed).
"""

import random
import time
from collections.abc import Callable
from typing import TypeVar

import duckdb

from warehouse.errors import CatalogUnreachable, WarehouseBusy
from warehouse.lake.address import LakeAddress
from warehouse.lake.attach import answers, is_away, roll_back, store_failed, told, unreachable
from warehouse.lake.tables import SENTINEL

T = TypeVar("T")
STEP = 2  # turns of a transaction: what it tells first, and what it tells of that
ATTEMPTS = 50  # a loser repeats an update and some look-ups; with ten committers one in ten wins
FAILURES = 3  # of the store, while the catalog answers
LONGEST_WAIT_SECONDS = 2.0
UPDATE = f"UPDATE {SENTINEL} SET n = n + {STEP}"


def in_turn(
    con: duckdb.DuckDBPyConnection, address: LakeAddress, work: Callable[[int], T], *,
    patience_seconds: float = 60.0, before_commit: Callable[[], None] = lambda: None,
) -> T:  # fmt: skip
    """What `work` gives, committed; it is called with the transaction's turn, and again after a conflict or where PostgreSQL was away.

    It must write nothing but through `con`, and ask itself what is there already: a commit whose answer was lost is repeated, too.
    Raises WarehouseBusy where others are faster too often, CatalogUnreachable where PostgreSQL is away for longer than `patience_seconds`.
    """
    conflicts, failures, away_since = 0, 0, None
    while True:
        try:
            return _once(con, work, before_commit)
        except duckdb.TransactionException as error:
            conflicts += 1
            if conflicts >= ATTEMPTS:
                raise WarehouseBusy(
                    f"Expected to commit to the lake, {conflicts} times another loader was faster: {told(error)}. "
                    "Run the same command again, or fewer loaders with larger --batch-pages."
                ) from error
            wait = min(0.02 * 2**conflicts, LONGEST_WAIT_SECONDS)
        except (duckdb.Error, CatalogUnreachable) as error:
            if not is_away(error):
                raise
            is_there = isinstance(error, duckdb.Error) and answers(con)  # it may have been started anew just now
            failures = failures + 1 if is_there else 0
            if failures >= FAILURES:
                raise store_failed(address, error) from error
            away_since = None if is_there else away_since or time.monotonic()
            if away_since is not None and time.monotonic() - away_since > patience_seconds:
                raise unreachable(address, error) from error
            wait = 0.1 if is_there else LONGEST_WAIT_SECONDS
        time.sleep(wait * random.uniform(0.5, 1.0))  # that two losers do not meet again


def _once(con: duckdb.DuckDBPyConnection, work: Callable[[int], T], before_commit: Callable[[], None]) -> T:
    try:
        con.execute("BEGIN TRANSACTION")
        con.execute(UPDATE)
        result = work(int(con.execute(f"SELECT n FROM {SENTINEL}").fetchall()[0][0]))
        before_commit()
        con.execute("COMMIT")
    except BaseException:
        roll_back(con)
        raise
    return result
