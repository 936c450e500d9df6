"""Many commit at once, are killed, and PostgreSQL goes down: nothing is lost, nothing comes twice, and readers see whole batches."""

import threading

import duckdb
import pytest

from tasks.loading.batch import ledger_entry
from tasks.loading.fates import fates_of
from tasks.planning.batches import PageBatch
from tests.lake.committer import staged
from tests.lake.crowd import Crowd, lost_and_double
from tests.lake.postgres import PostgresServer
from warehouse.errors import CatalogUnreachable
from warehouse.lake import turn
from warehouse.lake.address import LakeAddress
from warehouse.lake.attach import is_away, open_lake
from warehouse.lake.commit import Committed, LakeBatch, commit_batch
from warehouse.lake.turn import in_turn

BATCHES = 24
NOTHING = {"double": 0, "lost": 0, "evidence": 0, "ledger": 0}


def test_four_committers_over_the_same_batches_killed_and_without_a_catalog_for_a_while(postgres: PostgresServer, lake: LakeAddress):
    crowd = Crowd(lake, BATCHES)
    crowd.start(4)
    for kill in range(5):
        crowd.kill_one(0.5)
        crowd.look()
        if kill == 2:
            postgres.stop()
            postgres.start()
    crowd.join()
    crowd.look()
    assert (crowd.kills, crowd.wrong) == (5, [])
    assert lost_and_double(lake, BATCHES) == NOTHING
    assert crowd.acknowledged == set(range(BATCHES)) and crowd.checks > 3


def brought(lake: LakeAddress, run: str) -> LakeBatch:
    """The same pages as another run reads them."""
    batch = PageBatch(run * 16, 1, (), ())
    given = staged(batch, 7, lake.store)
    assert given.stored is not None
    ids = [fate.page_id for fate in given.fates if fate.page_id]
    return LakeBatch(
        batch.batch_id, batch.run_id, given.stored.tables, given.stored.rows, ids,
        entry=lambda known: ledger_entry(batch, given, fates_of(given.fates, known)),
    )  # fmt: skip


def two_at_once(lake: LakeAddress) -> int:
    """Two commit the same pages, the second one has looked what is known before the first one commits; how many pages come twice."""
    with open_lake(lake) as one, open_lake(lake) as two:
        for con, run in ((one, "1"), (two, "2")):
            con.execute("BEGIN")
            con.execute(turn.UPDATE)
            commit_batch(con, brought(lake, run), 2)
        one.execute("COMMIT")
        try:
            two.execute("COMMIT")
        except duckdb.TransactionException:
            in_turn(two, lake, lambda n: commit_batch(two, brought(lake, "2"), n))
        ((double,),) = one.execute("SELECT count(*) - count(DISTINCT page_id) FROM raw.pages").fetchall()
        assert one.execute("SELECT count(*) FROM ops.batches").fetchall() == [(2,)]
    return int(double)


def test_without_the_sentinel_the_same_pages_come_twice(lake: LakeAddress, monkeypatch: pytest.MonkeyPatch):
    """The day this fails DuckLake sees the conflict itself: then warehouse/lake/turn.py needs no sentinel."""
    monkeypatch.setattr(turn, "UPDATE", "SELECT 1")
    assert two_at_once(lake) > 0


def test_with_the_sentinel_they_come_once(lake: LakeAddress):
    assert two_at_once(lake) == 0


def test_a_catalog_that_stays_away_fails_the_commit_as_a_whole_and_one_that_comes_back_takes_it(
    postgres: PostgresServer, lake: LakeAddress
):
    with open_lake(lake) as con:

        def commit(patience_seconds: float) -> Committed:
            return in_turn(con, lake, lambda n: commit_batch(con, brought(lake, "1"), n), patience_seconds=patience_seconds)

        postgres.stop()
        with pytest.raises(CatalogUnreachable, match="Start it"):
            commit(0.1)
        starter = threading.Timer(0.5, postgres.start)
        starter.start()
        assert commit(60.0).known == frozenset()
        starter.join()
        assert con.execute("SELECT count(*), count(DISTINCT page_id) FROM raw.pages").fetchall() == [(28, 28)]


def test_a_catalog_that_is_started_anew_in_the_middle_of_a_commit_takes_it_the_second_time(postgres: PostgresServer, lake: LakeAddress):
    def commit(n: int) -> Committed:
        if not stopped:
            stopped.append(n)
            postgres.stop()
            postgres.start()
        return commit_batch(con, brought(lake, "1"), n)

    stopped: list[int] = []
    with open_lake(lake) as con:
        assert in_turn(con, lake, commit).inserted["raw.pages"] == 28
        assert con.execute("SELECT count(*) FROM raw.pages").fetchall() == [(28,)]


def test_a_catalog_that_goes_while_a_query_is_bound_is_away_and_a_query_that_is_wrong_is_not(lake: LakeAddress):
    """Met under kills: where the catalog goes between two questions of one bind, DuckDB 1.5.5 gives the error another type."""
    lost = "Binder Error: Failed to get data file list from DuckLake: Failed to prepare query: server closed the connection unexpectedly"
    assert is_away(duckdb.BinderException(lost))
    with open_lake(lake) as con, pytest.raises(duckdb.BinderException) as wrong:
        con.execute("SELECT nothing_of_that_name FROM raw.pages")
    assert not is_away(wrong.value)


def test_a_commit_whose_answer_was_lost_changes_nothing_when_it_comes_again(lake: LakeAddress):
    with open_lake(lake) as con:
        first = in_turn(con, lake, lambda n: commit_batch(con, brought(lake, "1"), n))
        again = in_turn(con, lake, lambda n: commit_batch(con, brought(lake, "1"), n))
        assert (first.inserted["raw.pages"], again.inserted, len(again.known)) == (28, {}, 0)
        assert con.execute("SELECT count(*) FROM history.batches").fetchall() == [(1,)]
