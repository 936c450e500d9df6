"""Search on a lake: the index of a published file, made in memory for a session that searches, by the same code. So the answers and their
ranks are the same, and nothing in the lake can be older than its articles. Beyond a size a slice is to be published: see decision 53.
"""

import re

import duckdb

from warehouse.errors import QueryInvalid
from warehouse.search.index import update_index

MOST_SEARCHED = 20_000  # articles: 1-2 ms of CPU each, at the first search of a process in a state
PUBLISH = "Publish a slice, with its index in it, which any DuckDB searches: `broadsheet publish --from-lake --since DAY --host NAME FILE`."
_READS_INDEX = re.compile(r"search_articles|search_headlines|attention|top_terms|\bsearch\b(?!\.wanted)", re.IGNORECASE)
INDEX = {"search.documents", "search.postings", "search.terms", "search.stems", "search.size"}


def wants_index(asked: str) -> bool:
    """Whether what is going to be asked may read the index. Names in a text count, too: then it is made for nothing."""
    return _READS_INDEX.search(asked) is not None


def make_index(con: duckdb.DuckDBPyConnection) -> None:
    """Index all articles. Raises QueryInvalid where there are too many for that."""
    count = con.execute("SELECT count(*) FROM core.articles").fetchall()[0][0]
    if count > MOST_SEARCHED:
        raise QueryInvalid(
            f"expected a lake of at most {MOST_SEARCHED:,} articles to be searched as it is, got one of {count:,}: its index would be made "
            f"anew for every search. {PUBLISH} Here, `contains(body_folded, fold('…'))` reads all of it, without ranks."
        )
    try:
        update_index(con)
    except duckdb.OutOfMemoryException as error:
        raise QueryInvalid(f"expected room for the index of {count:,} articles in memory, DuckDB says: {error}. {PUBLISH}") from error


def drop_searching(con: duckdb.DuckDBPyConnection) -> None:
    """Take out what reads the index, where that was not made: over an empty one it would find nothing, in silence."""
    from warehouse.marts import everything

    readers = set(INDEX)
    for mart in everything():  # each behind those that it reads
        if readers & set(mart.reads):
            readers.add(mart.name)
            con.execute(f"DROP {mart.kind} {mart.name}")
