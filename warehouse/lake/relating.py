"""The articles of a lake as they are related: one state of it is read, and what was decided is told in one commit, so that readers see the
relations of before or those of after.

The index lies in the home of whoever relates, in a folder for each lake, and is made of the lake anew where it is missing. Which run may
relate is told by a lock (presence.py). A lake opens all of its files for any look at some rows: so what is read of articles is copied
into temporary tables for many of them at once, and goes when they are in the index. Not into the index's file, which would pack texts: ten
times as dear as all else that copying takes.
"""

import fcntl
import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import polars as pl

from warehouse.errors import StorageFailed, WarehouseBusy
from warehouse.handing_over import handed_over
from warehouse.lake.address import LakeAddress
from warehouse.lake.attach import attach, connect, is_away, roll_back, store_failed, unreachable
from warehouse.lake.relations import decided_table, newest_turn, tell_changes, write_changes
from warehouse.lake.slicing import config_in
from warehouse.lake.states import state_of
from warehouse.lake.tables import SENTINEL
from warehouse.relating.catching_up import places_of
from warehouse.relating.corpus import TOLD, of_asked
from warehouse.relating.gathering import undecided_count
from warehouse.relating.index_file import attached_index
from warehouse.relating.told import all_related, unrelated
from warehouse.transaction import transaction

MEMORY = "384MB"  # what is spilled lies beside the index; Parquet is unpacked in larger pieces than a file of DuckDB's
COPIED_AT_ONCE = 30_000  # articles, of some 3 to 5 kB each in memory, or spilled
InTurn = Callable[[Callable[[int], int | None]], int | None]
# What was decided by a run that was killed before it told so is decided once more.
BEGUN = """
DROP TABLE IF EXISTS relating.copied_articles;  -- of versions that copied into the index
DROP TABLE IF EXISTS relating.copied_pages;
CREATE TABLE IF NOT EXISTS relating.untold (page_id VARCHAR);
INSERT INTO relating.undecided FROM relating.untold;
DELETE FROM relating.untold
"""
COPIED = """
CREATE OR REPLACE TEMP TABLE copied_pages AS
SELECT rowid AS place, url, observed_at, canonical_url FROM raw.pages WHERE rowid BETWEEN {first} AND {last};
CREATE OR REPLACE TEMP TABLE copied_articles AS
SELECT rowid AS place, text_fingerprint, site_name, lang, is_cloaked, NULL::VARCHAR AS body, body_folded
FROM core.articles WHERE rowid BETWEEN {low} AND {high} ORDER BY place;
CREATE OR REPLACE TEMP VIEW pages_at AS FROM copied_pages;
CREATE OR REPLACE TEMP VIEW articles_at AS FROM copied_articles
"""
UNFOLDED = "SELECT 1 FROM copied_articles WHERE body_folded IS NULL LIMIT 1"
BODIES = """
UPDATE copied_articles SET body = a.body
FROM (SELECT rowid AS place, body FROM core.articles WHERE rowid BETWEEN {low} AND {high}) AS a
WHERE a.place = copied_articles.place AND copied_articles.body_folded IS NULL
"""
OF_THE_CATALOG = re.compile("postgres|connection|server", re.IGNORECASE)  # what DuckDB says where it is away
DROPPED = "DROP TABLE IF EXISTS temp.copied_articles; DROP TABLE IF EXISTS temp.copied_pages"
FACTS = """
CREATE OR REPLACE TEMP TABLE told_of AS
SELECT page_id, place FROM relating.docs
WHERE doc IN (SELECT unnest([one, other]) FROM relating.matches) OR page_id IN (SELECT page_id FROM claims);
CREATE OR REPLACE TEMP TABLE facts_at AS
SELECT rowid AS place, published_at, published_precision, is_cloaked, lang, site_name
FROM core.articles WHERE rowid IN (SELECT place FROM told_of);
CREATE OR REPLACE TEMP TABLE credits_of AS
SELECT page_id, role, position, name FROM core.credits SEMI JOIN told_of USING (page_id) WHERE role IN ('source', 'agency', 'author')
"""
UNTOLD = """
INSERT INTO told_pages FROM asked ANTI JOIN told_pages USING (page_id);
INSERT INTO relating.untold FROM settled;
DELETE FROM relating.undecided WHERE page_id IN (FROM settled)
"""


class LakeCorpus:
    """See Corpus. `writer`: a loader's connection to the lake, through which `in_turn` commits."""

    def __init__(self, address: LakeAddress, home: Path, writer: duckdb.DuckDBPyConnection, in_turn: InTurn) -> None:
        lake_id = str(writer.execute(f"SELECT lake_id FROM {SENTINEL}").fetchall()[0][0])
        self.home = home.absolute() / "lakes" / lake_id
        self._address, self._writer, self._in_turn = address, writer, in_turn
        self._opened: duckdb.DuckDBPyConnection | None = None
        self._copied = range(0)
        self._told_before = 0  # the turn of what was told last in the state that is read

    @contextmanager
    def indexed(self, *, anew: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
        """Of the newest state of the lake."""
        with (
            _alone(self.home) as folder,
            _failures(self._address),
            closing(connect(self._address, config_in(folder))) as con,
        ):
            try:
                attach(con, self._address, read_only=True, snapshot=state_of(self._writer, None).version)
                with attached_index(con, self.home, anew=anew, memory=MEMORY):
                    self._begin(con)
                    yield con
                    con.execute(DROPPED)
            finally:
                self._opened = None
                roll_back(con)

    def _begin(self, con: duckdb.DuckDBPyConnection) -> None:
        with transaction(con):
            con.execute(BEGUN)
        con.execute("CREATE TEMP TABLE told_pages (page_id VARCHAR)")
        for table, _ in TOLD:
            con.execute(f"CREATE TEMP TABLE {decided_table(table)} AS FROM {table.TABLE} LIMIT 0")
        self._told_before, self._opened, self._copied = newest_turn(con), con, range(0)

    def have(self, numbers: range, count: int) -> None:
        if numbers[:count].stop <= self._copied.stop:
            return
        self._copied = numbers[: max(count, COPIED_AT_ONCE)]
        low, high, first, last = places_of(self._con, self._copied)
        self._con.execute(COPIED.format(low=low, high=high, first=first, last=last))
        if self._con.execute(UNFOLDED).fetchall():
            self._con.execute(BODIES.format(low=low, high=high))

    def have_facts(self) -> None:
        self._con.execute(DROPPED)
        if undecided_count(self._con):
            self._con.execute(FACTS)

    def decided(self, copies: pl.DataFrame, stories: pl.DataFrame) -> int:
        """To be told at the end, in place of what was decided about the same articles before."""
        with handed_over(self._con, all_copies=copies, all_stories=stories), transaction(self._con):
            for (table, page), rows in zip(TOLD, ("all_copies", "all_stories"), strict=True):
                self._con.execute(f"DELETE FROM {decided_table(table)} WHERE {page} IN (FROM asked)")
                self._con.execute(f"INSERT INTO {decided_table(table)} BY NAME {of_asked(rows, page)}")
            self._con.execute(UNTOLD)
        return 0

    def tell(self, run_id: str, /) -> int | None:
        """What differs from the state that was read is found before the commit, which is short: others commit at the same time."""
        with TemporaryDirectory(prefix="broadsheet-relations-") as folder:
            differ = write_changes(self._con, Path(folder), run_id)
            related = all_related(self._con, run_id) if unrelated(self._con) else None
            is_news = bool(differ or related)
            told = self._in_turn(lambda turn: tell_changes(self._writer, differ, related, self._told_before, turn)) if is_news else 0
        if told is not None:
            self._con.execute("DELETE FROM relating.untold")
        return told

    @property
    def _con(self) -> duckdb.DuckDBPyConnection:
        if self._opened is None:
            raise RuntimeError("expected to be asked inside of indexed()")
        return self._opened


@contextmanager
def _alone(home: Path) -> Iterator[Path]:
    """The folder of the index, which one process at a time has open, whatever PostgreSQL says. Raises WarehouseBusy, StorageFailed."""
    folder = home / "loader"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (home / "lock").open("w")
    except OSError as error:
        raise StorageFailed(
            f"Expected a folder to write the index of a lake to, came: {error}. Make it writable, or give another --home."
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise WarehouseBusy(f"Expected to relate with the index in {home}, but another process does. Wait for it to end.") from error
        yield folder


@contextmanager
def _failures(address: LakeAddress) -> Iterator[None]:
    """What is read of the catalog, and what is read and written of files, in words of ours. Raises CatalogUnreachable, StorageFailed."""
    try:
        yield
    except duckdb.Error as error:
        if not is_away(error):
            raise
        is_of_files = isinstance(error, duckdb.IOException) and not OF_THE_CATALOG.search(str(error))
        raise (store_failed if is_of_files else unreachable)(address, error) from error
