"""Postings of many articles, sorted within the loader's memory: a run for each few articles, then all runs together by ranges of terms.

A sort of sixty million postings takes half a gigabyte, or spills more than it writes. A run is sorted at once, and what lies between two
terms in all of them is as small as one.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path

import duckdb
import polars as pl

from warehouse.compacting import attach
from warehouse.handing_over import handed_over
from warehouse.prepared import is_any_prepared, prepared_rows
from warehouse.search.stemming import LANGUAGES, stem_endings, stem_words
from warehouse.sql_text import literal

RUN = 2_000  # articles: a million postings and more
RANGE = 500_000  # postings that are sorted at a time when runs become one
TOGETHER = "search.merged"  # what a kill leaves of it is removed by the next
STEP = 50_000  # of a table, from one term that may end a range to the next
LAST = chr(0x10FFFF) * 2  # behind any term: no character has this code point
BESIDE = "indexing"  # the database of the runs, which nobody misses
TEXTS = """
CREATE OR REPLACE TEMP TABLE texts AS
SELECT fresh.doc, a.lang, coalesce(a.title_folded, '') AS title, concat_ws(chr(10), a.title_folded, a.body_folded) AS whole
FROM fresh JOIN told USING (doc) JOIN core.articles AS a USING (page_id)
WHERE fresh.doc BETWEEN {first} AND {last}
"""
TOLD = """
CREATE OR REPLACE TEMP TABLE told AS
SELECT doc, lang FROM fresh JOIN core.articles USING (page_id) WHERE doc BETWEEN {first} AND {last}
"""
# Of what workers have prepared: the same postings as those that POSTINGS makes of texts. A file at a time, and sorted when all are there:
# to read several and to sort beside it takes all the memory that the loader has.
GATHERED = "CREATE TABLE {gathered} (term VARCHAR, doc UINTEGER, frequency USMALLINT, in_title BOOLEAN)"
PREPARED = (
    "INSERT INTO {gathered} SELECT unnest(terms), doc, unnest(frequencies), false FROM {rows}",
    "INSERT INTO {gathered} SELECT unnest(titles), doc, unnest(title_frequencies), true FROM {rows}",
)
SORTED = "CREATE TABLE {run} AS FROM {gathered} ORDER BY term, doc, in_title; DROP TABLE {gathered}"
POSTINGS = """
CREATE TABLE {run} AS
SELECT term, doc, least(count(*), 65535)::USMALLINT AS frequency, in_title
FROM ({slices} SELECT doc, unnest(search.tokens(title)) AS term, true AS in_title FROM texts)
GROUP BY term, doc, in_title
ORDER BY term, doc, in_title
"""
KNOWN = "SELECT lang FROM search.endings UNION SELECT lang FROM {beside}.endings"
# The tokens of all texts that are read together are in memory at once, beside what DuckDB counts: of two thousand texts 200 MB.
SLICE = "SELECT doc, unnest(search.tokens(whole)) AS term, false AS in_title FROM texts WHERE doc BETWEEN {first} AND {last} UNION ALL "
SLICE_ARTICLES = 200
LENGTHS = "INSERT INTO {beside}.lengths SELECT doc, sum(frequency) FROM {run} WHERE NOT in_title GROUP BY doc"
WORDS = """
SELECT DISTINCT p.term, t.lang
FROM {run} AS p JOIN told AS t USING (doc)
WHERE NOT p.in_title AND p.term >= 'a' AND p.term < chr(3584) AND length(p.term) > 2 AND t.lang IN ({languages})
EXCEPT
(SELECT word, lang FROM search.stems UNION ALL SELECT word, lang FROM {beside}.stems)
ORDER BY ALL
"""
BOUNDS = """
SELECT DISTINCT term FROM (SELECT term, row_number() OVER (ORDER BY term) AS place FROM ({sampled}))
WHERE place % {every} = 0 ORDER BY term
"""
GATHER = "INSERT INTO part SELECT p.* FROM {table} AS p {still_there} WHERE p.term >= {low} AND p.term < {high}"
SORT = "INSERT INTO {target} FROM part ORDER BY term, doc, in_title"


@contextmanager
def runs_beside(con: duckdb.DuckDBPyConnection, count: int) -> Iterator[None]:
    """An empty database for the runs of `count` articles, gone afterwards: a file beside the warehouse where there are many. What a kill
    has left of another is removed first."""
    (path,) = con.execute("SELECT path FROM duckdb_databases() WHERE database_name = current_database()").fetchall()[0]
    file = Path(f"{path}.{BESIDE}") if path else None
    _remove(file)
    if file is None or count <= RUN:
        con.execute(f"ATTACH ':memory:' AS {BESIDE}")
    else:
        attach(con, file, BESIDE)
    try:
        con.execute(f"CREATE TABLE {BESIDE}.lengths (doc UINTEGER, token_count UINTEGER)")
        con.execute(f"CREATE TABLE {BESIDE}.stems (word VARCHAR, stem VARCHAR, lang VARCHAR)")
        con.execute(f"CREATE TABLE {BESIDE}.endings (lang VARCHAR, ending VARCHAR, becomes VARCHAR)")
        yield
    finally:
        with suppress(duckdb.Error):  # a full disk has ended it, and that is what is told
            con.execute(f"DETACH {BESIDE}")
        _remove(file)


def write_runs(con: duckdb.DuckDBPyConnection, first: int, last: int) -> list[str]:
    """Postings, lengths and stems of the articles `first` to `last` of the table fresh, beside the warehouse; the names of the runs.
    One that has the postings of all is TOGETHER at once."""
    names = []
    for begin in range(first, last + 1, RUN):
        end = min(last, begin + RUN - 1)
        con.execute(TOLD.format(first=begin, last=end))
        for run in chain(_of_prepared(con, begin, end, is_alone=(begin, end) == (first, last)), _of_texts(con, begin, end)):
            con.execute(LENGTHS.format(run=run, beside=BESIDE))
            _add_stems(con, run)
            names.append(run)
        con.execute("DROP TABLE told")
    return names


def _of_prepared(con: duckdb.DuckDBPyConnection, first: int, last: int, *, is_alone: bool) -> Iterator[str]:
    """A run of the articles of which workers have told the terms; they leave the table told when the next run is asked for."""
    if not is_any_prepared(con):
        return
    numbered = f"SELECT page_id, doc FROM fresh WHERE doc BETWEEN {first} AND {last}"
    files = con.execute(f"SELECT DISTINCT file FROM temp.prepared SEMI JOIN ({numbered}) USING (page_id) ORDER BY file").fetchall()
    if not files:
        return
    gathered = f"{BESIDE}.gathered"
    con.execute(GATHERED.format(gathered=gathered))
    for (file,) in files:
        for postings in PREPARED:
            con.execute(postings.format(gathered=gathered, rows=prepared_rows([file], numbered)))
    is_alone = is_alone and not con.execute(f"FROM told WHERE doc NOT IN (SELECT doc FROM {gathered}) LIMIT 1").fetchall()
    run = TOGETHER if is_alone else f"{BESIDE}.prepared_{first}"
    con.execute(SORTED.format(run=run, gathered=gathered))
    yield run
    con.execute(f"DELETE FROM told WHERE doc IN (SELECT doc FROM {run})")


def _of_texts(con: duckdb.DuckDBPyConnection, first: int, last: int) -> Iterator[str]:
    """A run of the rest."""
    if not con.execute("SELECT 1 FROM told LIMIT 1").fetchall():
        return
    run = f"{BESIDE}.run_{first}"
    con.execute(TEXTS.format(first=first, last=last))
    slices = (SLICE.format(first=at, last=at + SLICE_ARTICLES - 1) for at in range(first, first + RUN, SLICE_ARTICLES))
    con.execute(POSTINGS.format(run=run, slices="".join(slices)))
    con.execute("DROP TABLE texts")
    yield run


def write_together(con: duckdb.DuckDBPyConnection, tables: Sequence[str], *, without_gone: bool = False) -> None:
    """All rows of sorted tables as one, TOGETHER, without those of articles that have gone if they are to be left out. Committed range by
    range: what is not is in memory as it is, a gigabyte of it. A run alone is what it is to be."""
    if tables == [TOGETHER]:
        return
    if len(tables) == 1 and not without_gone:
        con.execute(f"DROP TABLE IF EXISTS {TOGETHER}; CREATE TABLE {TOGETHER} AS FROM {tables[0]}")
        return
    con.execute(f"DROP TABLE IF EXISTS {TOGETHER}; CREATE TABLE {TOGETHER} AS FROM {tables[0]} LIMIT 0")
    sampled = " UNION ALL ".join(f"SELECT term FROM {table} WHERE rowid % {STEP} = 0" for table in tables)
    bounds = ["", *(term for (term,) in con.execute(BOUNDS.format(sampled=sampled, every=RANGE // STEP)).fetchall())]
    still_there = "SEMI JOIN search.documents USING (doc)" if without_gone else ""
    for low, high in zip(bounds, [*bounds[1:], LAST], strict=True):
        con.execute(f"CREATE OR REPLACE TEMP TABLE part AS FROM {tables[0]} LIMIT 0")
        for table in tables:  # one after the other: a query of all of them has blocks of each in memory at once
            con.execute(GATHER.format(table=table, still_there=still_there, low=literal(low), high=literal(high)))
        con.execute(SORT.format(target=TOGETHER))
    con.execute("DROP TABLE part")


def _add_stems(con: duckdb.DuckDBPyConnection, run: str) -> None:
    """Give the words that are new in their language their stems, and a new language its endings."""
    languages = ", ".join(f"'{language}'" for language in LANGUAGES)
    found = con.execute(WORDS.format(run=run, beside=BESIDE, languages=languages)).fetchall()
    if not found:
        return
    words = pl.DataFrame(found, schema={"term": pl.String, "lang": pl.String}, orient="row")
    known = {lang for (lang,) in con.execute(KNOWN.format(beside=BESIDE)).fetchall()}
    endings = stem_endings(words.filter(~pl.col("lang").is_in(known)))
    with handed_over(con, new_stems=stem_words(words), new_endings=endings):
        con.execute(f"INSERT INTO {BESIDE}.stems SELECT term, stem, lang FROM new_stems EXCEPT FROM {BESIDE}.stems")
        con.execute(f"INSERT INTO {BESIDE}.endings FROM new_endings")


def _remove(file: Path | None) -> None:
    if file is not None:
        for left in (file, file.with_name(file.name + ".wal")):
            left.unlink(missing_ok=True)
