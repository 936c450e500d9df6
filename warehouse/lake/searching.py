"""Search on a lake: the index that is kept in its store, and in the memory of the session what came since, by the code that indexes a
published file. So answers and ranks are the same, and the index is never behind: see decisions 53 and 60.
"""

import re

import duckdb

from warehouse.errors import QueryInvalid
from warehouse.lake.address import LakeAddress
from warehouse.lake.kept_index import UNREAD, kept_index, take_in
from warehouse.search.index import update_index

MOST_SEARCHED = 20_000  # articles that no index has: 1-2 ms of CPU each, at the first search of a process in a state
INDEX_IT = (
    "Keep an index in the store: `broadsheet lake index`, once a day; or publish a slice, which has its own: "
    "`broadsheet publish --from-lake --since DAY --host NAME FILE`."
)
_READS_INDEX = re.compile(r"search_articles|search_headlines|attention|top_terms|\bsearch\b(?!\.wanted)", re.IGNORECASE)
INDEX = {"search.documents", "search.postings", "search.terms", "search.stems", "search.size"}


def wants_index(asked: str) -> bool:
    """Whether what is going to be asked may read the index. Names in a text count, too: then it is made for nothing."""
    return _READS_INDEX.search(asked) is not None


def make_index(con: duckdb.DuckDBPyConnection, address: LakeAddress) -> None:
    """Have all articles indexed: those of the index that is kept, and what came since. Raises QueryInvalid where that is too much."""
    if (kept := kept_index(con, address)) is not None:
        take_in(con, address, kept)
    count = con.execute(UNREAD).fetchall()[0][0]
    if count > MOST_SEARCHED:
        raise QueryInvalid(
            f"expected a lake of which at most {MOST_SEARCHED:,} articles are not indexed, got one with {count:,}, which would be indexed "
            f"anew for every search. {INDEX_IT} Here, `contains(body_folded, fold('…'))` reads all of it, without ranks."
        )
    try:
        update_index(con, is_merged=False)
    except duckdb.OutOfMemoryException as error:
        raise QueryInvalid(f"expected room for the index of {count:,} articles in memory, DuckDB says: {error}. {INDEX_IT}") from error


def drop_searching(con: duckdb.DuckDBPyConnection) -> None:
    """Take out what reads the index, where that was not made: over an empty one it would find nothing, in silence."""
    from warehouse.marts import everything

    readers = set(INDEX)
    for mart in everything():  # each behind those that it reads
        if readers & set(mart.reads):
            readers.add(mart.name)
            con.execute(f"DROP {mart.kind} {mart.name}")
