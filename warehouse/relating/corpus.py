"""The articles that are related, be they rows of a home's file or of a lake: where the index finds them, and how what is decided is told.

A connection to a corpus has the tables of the warehouse, the index as `relating` (index_file.py), and four temporary tables or views: of
rows by their places `articles_at` and `pages_at`, and of what decides `facts_at` and `credits_of`.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

import duckdb
import polars as pl

from warehouse.handing_over import handed_over
from warehouse.relating.index_file import attached_index
from warehouse.relating.told import all_related, unrelated
from warehouse.tables.contract import Contract
from warehouse.tables.copies import Copies
from warehouse.tables.relatings import Relatings
from warehouse.tables.stories import Stories
from warehouse.transaction import transaction

TOLD: tuple[tuple[type[Contract], str], ...] = ((Copies, "page_id"), (Stories, "story_id"))  # with the column by which their rows are asked
AT_THEIR_PLACES = """
CREATE OR REPLACE TEMP VIEW articles_at AS SELECT *, rowid AS place FROM core.articles;
CREATE OR REPLACE TEMP VIEW pages_at AS SELECT *, rowid AS place FROM raw.pages;
CREATE OR REPLACE TEMP VIEW facts_at AS FROM articles_at;
CREATE OR REPLACE TEMP VIEW credits_of AS FROM core.credits
"""
GONE = "DROP VIEW IF EXISTS credits_of; DROP VIEW IF EXISTS facts_at; DROP VIEW IF EXISTS pages_at; DROP VIEW IF EXISTS articles_at"


class Corpus(Protocol):
    """See above. `home`: the folder that the index lies in."""

    home: Path

    def indexed(self, *, anew: bool = False) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """A connection with the index, which is emptied first where it is to be made `anew`. All else is asked while it is open."""
        ...

    def have(self, numbers: range, count: int) -> None:
        """Have at hand what is read of the first `count` of these articles, which are numbered but not in the index."""
        ...

    def have_facts(self) -> None:
        """Have at hand what decides. Needs `claims` (owners.py); no more articles enter the index."""
        ...

    def decided(self, copies: pl.DataFrame, stories: pl.DataFrame) -> int:
        """These rows stand in place of those of the gathered articles; how many came, went or changed, where that is told now."""
        ...

    def tell(self, run_id: str, /) -> int | None:
        """What was decided and not told yet, and that all articles are related; how many rows of copies and stories. None where another run
        has told something meanwhile: then nothing was told, and the articles are undecided as before."""
        ...


class FileCorpus:
    """Of the loader's file: what is decided is told at once, since analysts see it when it is published."""

    def __init__(self, con: duckdb.DuckDBPyConnection, home: Path) -> None:
        self.home = home
        self._con = con

    @contextmanager
    def indexed(self, *, anew: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
        with attached_index(self._con, self.home, anew=anew):
            self._con.execute(AT_THEIR_PLACES)
            try:
                yield self._con
            finally:
                self._con.execute(GONE)

    def have(self, numbers: range, count: int) -> None:
        pass

    def have_facts(self) -> None:
        pass

    def decided(self, copies: pl.DataFrame, stories: pl.DataFrame) -> int:
        """First the warehouse, then the index: who is killed between the two decides the same once more."""
        changed, con = 0, self._con
        with handed_over(con, all_copies=copies, all_stories=stories), transaction(con):
            for (table, page), known in zip(TOLD, ("all_copies", "all_stories"), strict=True):
                con.execute(f"CREATE OR REPLACE TEMP TABLE given AS {of_asked(known, page)}")
                changed += _count(con, f"DELETE FROM {table.TABLE} WHERE {is_gone(table, page, 'given', 'asked')}")
                rows = differing(table, page, "given", "asked")
                changed += _count(con, f"INSERT OR REPLACE INTO {table.TABLE} BY NAME {rows}")
        with transaction(con):
            con.execute("DELETE FROM relating.undecided WHERE page_id IN (FROM settled)")
        return changed

    def tell(self, run_id: str, /) -> int | None:
        if unrelated(self._con):
            with transaction(self._con):
                self._con.execute(f"INSERT OR REPLACE INTO {Relatings.TABLE} BY NAME {all_related(self._con, run_id)}")
        return 0


def of_asked(rows: str, page: str) -> str:
    """SQL for those of the rows that belong to articles of which rows are decided (gathering.py)."""
    return f"FROM {rows} SEMI JOIN asked ON asked.page_id = {rows}.{page}"


def is_gone(table: type[Contract], page: str, given: str, asked: str) -> str:
    """SQL that tells the rows of articles in `asked` which are not among what was decided of them, `given`."""
    key = ", ".join(table.primary_key())
    return f"{page} IN (SELECT page_id FROM {asked}) AND ({key}) NOT IN (SELECT ({key}) FROM {given})"


def differing(table: type[Contract], page: str, given: str, asked: str) -> str:
    """SQL for the rows of what was decided that are new, or say something else than those that are there."""
    told = ", ".join(column for column in table.column_names() if column != "run_id")
    known = f"SELECT {told} FROM {table.TABLE} WHERE {page} IN (SELECT page_id FROM {asked})"
    same = " AND ".join(f"g.{column} = d.{column}" for column in table.primary_key())
    return f"SELECT g.* FROM {given} AS g SEMI JOIN (SELECT {told} FROM {given} EXCEPT {known}) AS d ON ({same})"


def _count(con: duckdb.DuckDBPyConnection, statement: str) -> int:
    return int(con.execute(statement).fetchall()[0][0])
