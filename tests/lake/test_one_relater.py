"""Of the runs at a lake one relates at a time, also where PostgreSQL forgets who."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from tasks.loading.lake_loader import open_lake_loader
from tests.lake.postgres import PostgresServer
from tests.lake.test_relating import COUNTS, NEXT, RUN, copied
from tests.relation.articles import relater_of
from warehouse.errors import CatalogUnreachable, WarehouseBusy
from warehouse.lake.address import LakeAddress
from warehouse.lake.attach import open_lake

ANOTHERS = """
SELECT repeat('7', 16) AS page_id, 'https://a.example/' AS origin_url, 'scraped' AS relation, 1.0 AS confidence, [] AS evidence,
    repeat('9', 16) AS run_id, 4711 AS turn
"""


def test_relations_that_were_told_meanwhile_are_looked_at_once_more(lake: LakeAddress, home: Path):
    told: list[object] = []

    def another_tells() -> bool:
        if not told:
            with open_lake(lake) as con:
                told.append(con.execute(f"INSERT INTO history.copies BY NAME {ANOTHERS}"))
        return False

    with relater_of(lake, home) as relater:
        assert relater.relate(RUN, *copied(3), is_stopped=another_tells).changed == 6
        assert relater.rows("SELECT count(*), count(DISTINCT turn) FROM history.copies") == [(4, 2)]


def test_one_relates_one_waits_and_others_leave_it_to_that_one(lake: LakeAddress, home: Path):
    with ExitStack() as first_one, open_lake_loader(lake, "a" * 16, 5.0) as first, open_lake_loader(lake, "b" * 16, 20.0) as second:
        assert first_one.enter_context(first.to_relate(home, print)) is not None
        others: list[object] = []

        def while_it_waits(who: str) -> None:
            with open_lake_loader(lake, "c" * 16, 0.0) as third, third.to_relate(home, print) as corpus:
                others.append((corpus, "127.0.0.1" in who))
            first_one.close()

        with second.to_relate(home, while_it_waits) as corpus:
            assert corpus is not None and set(others) == {(None, True)}
        with first.to_relate(home, print) as corpus:
            assert corpus is not None


def test_one_home_has_one_relater_whatever_postgres_says(lake: LakeAddress, home: Path):
    with open_lake_loader(lake, RUN, 0.0) as loader, loader.to_relate(home, print) as corpus:
        assert corpus is not None
        with corpus.indexed(), pytest.raises(WarehouseBusy, match="another process"), corpus.indexed():
            pass


def test_a_catalog_that_is_started_anew_meanwhile_costs_a_second_look(postgres: PostgresServer, lake: LakeAddress, home: Path):
    stopped: list[bool] = []

    def once() -> bool:
        if not stopped:
            stopped.append(True)
            postgres.stop()
            postgres.start()
        return False

    with relater_of(lake, home) as relater:
        relater.relate(RUN, *copied(), is_stopped=once, most=5)
        assert stopped and relater.rows(COUNTS) == [(12, 12)] and relater.waiting() == 0
        assert relater.rows("SELECT count(*) FROM history.copies") == [(12,)]


def test_a_catalog_that_stays_away_is_told_and_the_next_one_goes_on(postgres: PostgresServer, lake: LakeAddress, home: Path):
    def stop() -> bool:
        postgres.stop()
        return False

    try:
        with pytest.raises(CatalogUnreachable, match="Start it"), relater_of(lake, home) as relater:
            relater.relate(RUN, *copied(), is_stopped=stop)
    finally:
        postgres.start()
    with relater_of(lake, home) as relater:
        assert relater.relate(NEXT).changed == 24 and relater.rows(COUNTS) == [(12, 12)]
