"""Articles are related: what is new enters the index, and what that touches is decided anew."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

import polars as pl

from tasks.relation.indexing import at_once, index_chunk
from tasks.relation.letters import LEAST_EXCERPT
from tasks.relation.relations import addresses_asked, rows_of
from tasks.relation.verdicts import COMMON
from warehouse.connection import Connection
from warehouse.errors import CatalogUnreachable, WarehouseBusy
from warehouse.relating.catching_up import all_seen, number_fresh
from warehouse.relating.corpus import Corpus
from warehouse.relating.deciding import captured, members, shared_passages
from warehouse.relating.gathering import gather, settle, undecided_count
from warehouse.relating.owners import brands_of, learn
from warehouse.tables.contract import conform, polars_schema
from warehouse.tables.copies import Copies
from warehouse.tables.stories import Stories

PAUSE_SECONDS = 1.0  # where PostgreSQL was away
ATTEMPTS = 3  # where others tell something of the same lake meanwhile: by an import, or since PostgreSQL has forgotten who relates


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
    corpus: Corpus, run_id: str, *, anew: bool = False, is_stopped: Callable[[], bool] = lambda: False, most: int | None = None
) -> Related:
    """Relate what is not related yet. Whoever is stopped or killed goes on from there, to the same rows, and so does who has `most`
    articles enter the index at once. Of a lake all that was decided is told at once, at the end.

    Raises StorageFailed where the disk refuses; of a lake what open_lake does, and WarehouseBusy where others tell relations, too.
    """
    done, away = Related(), None
    for _ in range(ATTEMPTS):
        try:
            if _relate_once(corpus, run_id, done, anew=anew, is_stopped=is_stopped, most=most):
                return done
            anew = False
        except CatalogUnreachable as error:  # it may have been started anew just now
            away = error
            time.sleep(PAUSE_SECONDS)
    if away is not None:
        raise away
    raise WarehouseBusy(f"Expected to relate alone, {ATTEMPTS} times another run had told relations meanwhile. Run the same command again.")


def _relate_once(corpus: Corpus, run_id: str, done: Related, *, anew: bool, is_stopped: Callable[[], bool], most: int | None) -> bool:
    """Of one state; False where others have told relations meanwhile."""
    with corpus.indexed(anew=anew) as con:
        if not (_enter(corpus, con, done, most, is_stopped) and _decide_all(corpus, con, done, run_id, is_stopped)):
            done.is_interrupted = True
            return True
        told = corpus.tell(run_id)
    done.changed += told or 0
    return told is not None


def waiting(corpus: Corpus) -> int:
    """How many articles are to be related: those that are new or were changed, and what a run that was killed has left undecided."""
    with corpus.indexed() as con:
        return len(number_fresh(con)) + undecided_count(con)


def decide(corpus: Corpus, con: Connection, run_id: str) -> int:
    """Decide about the articles that are gathered; how many rows changed."""
    found = members(con)
    copies, stories = rows_of(found, shared_passages(con), brands_of(con), captured(con, addresses_asked(found)), run_id)
    frames = [conform(pl.DataFrame(rows, schema=polars_schema(table)), table) for table, rows in ((Copies, copies), (Stories, stories))]
    return corpus.decided(*frames)


def _enter(corpus: Corpus, con: Connection, done: Related, most: int | None, is_stopped: Callable[[], bool]) -> bool:
    """New articles enter the index; False where that was stopped."""
    numbers = number_fresh(con)
    while numbers:
        if is_stopped():
            return False
        count = most or at_once(numbers.start)
        corpus.have(numbers, count)
        index_chunk(con, corpus.home, numbers[:count])
        done.articles += len(numbers[:count])
        numbers = numbers[count:]
    all_seen(con)
    return True


def _decide_all(corpus: Corpus, con: Connection, done: Related, run_id: str, is_stopped: Callable[[], bool]) -> bool:
    """What that touches is decided anew; False where that was stopped."""
    learn(con)
    settle(con, COMMON, LEAST_EXCERPT)
    corpus.have_facts()
    while gather(con):
        if is_stopped():
            return False
        done.changed += decide(corpus, con, run_id)
    return True
