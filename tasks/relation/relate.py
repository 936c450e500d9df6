"""Articles are related: what is new enters the index, and what that touches is decided anew."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl

from tasks.relation.indexing import at_once, index_chunk
from tasks.relation.letters import LEAST_EXCERPT
from tasks.relation.relations import addresses_asked, rows_of
from tasks.relation.verdicts import COMMON
from warehouse.connection import Connection
from warehouse.relating.catching_up import all_seen, number_fresh
from warehouse.relating.deciding import captured, decided, members, shared_passages
from warehouse.relating.gathering import gather, is_undecided, settle
from warehouse.relating.index_file import attached_index
from warehouse.relating.owners import brands_of, learn
from warehouse.tables.contract import conform, polars_schema
from warehouse.tables.copies import Copies
from warehouse.tables.stories import Stories


@dataclass(slots=True)
class Related:
    """What came of it."""

    articles: int = 0  # that were new to the index
    changed: int = 0  # rows of core.copies and core.stories that came, went or say something else
    is_interrupted: bool = False

    def add(self, other: "Related") -> None:
        self.articles += other.articles
        self.changed += other.changed
        self.is_interrupted |= other.is_interrupted

    def as_dict(self) -> dict[str, object]:
        return asdict(self)

    def line(self) -> str:
        """12 articles related, 3 rows changed"""
        return f"{self.articles:,} articles related, {self.changed:,} rows changed"


def relate(
    con: Connection, home: Path, run_id: str, *, anew: bool = False, is_stopped: Callable[[], bool] = lambda: False, most: int | None = None
) -> Related:
    """Relate what is not related yet. `con`: the loader's. Whoever is stopped or killed goes on from there, to the same rows, and so does
    who has `most` articles enter the index at once.

    Raises StorageFailed where the disk refuses.
    """
    done = Related()
    with attached_index(con, home, anew=anew):
        numbers = number_fresh(con)
        while numbers:
            if is_stopped():
                done.is_interrupted = True
                return done
            count = most or at_once(numbers.start)
            index_chunk(con, home, numbers[:count])
            done.articles += len(numbers[:count])
            numbers = numbers[count:]
        all_seen(con)
        learn(con)
        settle(con, COMMON, LEAST_EXCERPT)
        while gather(con):
            if is_stopped():
                done.is_interrupted = True
                return done
            done.changed += decide(con, run_id)
    return done


def waiting(con: Connection, home: Path) -> bool:
    """Whether there is anything to relate: articles that are new or were changed, or what a run that was killed has left undecided."""
    with attached_index(con, home):
        return bool(number_fresh(con)) or is_undecided(con)


def decide(con: Connection, run_id: str) -> int:
    """Decide about the articles that are gathered; how many rows changed."""
    found = members(con)
    copies, stories = rows_of(found, shared_passages(con), brands_of(con), captured(con, addresses_asked(found)), run_id)
    frames = [conform(pl.DataFrame(rows, schema=polars_schema(table)), table) for table, rows in ((Copies, copies), (Stories, stories))]
    return decided(con, *frames)
