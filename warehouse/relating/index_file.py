"""The index of copies: a file of its own beside the loader's, made of the warehouse alone and made anew where it is missing.

It holds each article's fingerprints, and which articles were found to share passages. It is attached to the loader's connection as
`relating`, and a transaction writes either into it or into the warehouse, never into both. Analysts do not get it. Of a lake each home
that relates has one, in a folder that stands in for a home (warehouse/lake/relating.py).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.loader_file import LOADER_CONFIG
from warehouse.relating.texts_file import TEXTS_FILE, reaches
from warehouse.sql_text import literal
from warehouse.transaction import transaction

URL_KEY = Path(__file__).parents[1] / "macros" / "url_key.sql"
INDEX_FILE = "loader/fingerprints.duckdb"
FORMAT = f"7, DuckDB {duckdb.__version__}"  # raise where fingerprints, patterns or tables change; marks are DuckDB's own hashes
# Texts of a few articles are asked for by rowid: so other vectors of the column are not unpacked. The default is 50.
FEW_TEXTS = "SET dynamic_or_filter_threshold = 10000"
MEMORY = "128MB"  # while articles are related; what does not fit is spilled
TABLES = """
CREATE TABLE relating.about (format VARCHAR);
CREATE TABLE relating.docs (
    doc UINTEGER, page_id VARCHAR, place BIGINT, text_mark UBIGINT, site VARCHAR, site_mark UBIGINT, key_mark UBIGINT, path_mark UBIGINT,
    pattern_mark UBIGINT, has_prints BOOLEAN, has_lost BOOLEAN, text_start BIGINT, text_length BIGINT, url VARCHAR, canonical_url VARCHAR,
    observed_at TIMESTAMPTZ, brand VARCHAR, lang VARCHAR, is_cloaked BOOLEAN
);
CREATE TABLE relating.seen (article_count BIGINT, place BIGINT, mark UBIGINT);
CREATE TABLE relating.prints (hash UINTEGER, doc UINTEGER, is_copy BOOLEAN, place UINTEGER);  -- in the text, in letters
CREATE TABLE relating.boilerplate (hash UINTEGER, site_mark UBIGINT, since UINTEGER);  -- of a site, or with 0 of all
CREATE TABLE relating.matches (
    one UINTEGER, other UINTEGER, one_letters UINTEGER, other_letters UINTEGER, may_be_whole BOOLEAN, damaged UINTEGER
);
CREATE TABLE relating.passages (
    one UINTEGER, other UINTEGER, one_start UINTEGER, one_end UINTEGER, other_start UINTEGER, other_end UINTEGER,
    weight UINTEGER, hashes UINTEGER[]
);
CREATE TABLE relating.owners (page_id VARCHAR, site VARCHAR);
CREATE TABLE relating.brands (site VARCHAR, brand VARCHAR);
CREATE TABLE relating.undecided (page_id VARCHAR);
CREATE TABLE relating.taken_over (run_id VARCHAR);
"""


@contextmanager
def attached_index(con: duckdb.DuckDBPyConnection, home: Path, *, anew: bool = False, memory: str = MEMORY) -> Iterator[None]:
    """The index as schema `relating` of a connection, the loader's or a lake's; empty where there was none, or one of another format.
    `memory`: what the connection has meanwhile."""
    path = home.absolute() / INDEX_FILE
    if anew or not _is_sound(home, path):
        for left in (path, path.with_name(path.name + ".wal"), home / TEXTS_FILE):
            left.unlink(missing_ok=True)
    con.execute(f"ATTACH {literal(str(path))} AS relating; SET memory_limit = '{memory}'; {FEW_TEXTS}")
    con.execute(f"CREATE OR REPLACE TEMP MACRO key_of_url(url) AS ({URL_KEY.read_text('utf-8')})")  # which addresses are one page
    try:
        if not con.execute("SELECT 1 FROM duckdb_tables() WHERE database_name = 'relating'").fetchall():
            with transaction(con):
                con.execute(f"{TABLES} INSERT INTO relating.about VALUES ({literal(FORMAT)})")
        yield
    finally:
        limit = LOADER_CONFIG["memory_limit"] if memory == MEMORY else memory
        con.execute(f"DETACH relating; RESET dynamic_or_filter_threshold; SET memory_limit = '{limit}'")


def _is_sound(home: Path, path: Path) -> bool:
    """Whether the files can be read and are of this format. What is wrong with them does not matter: they are made anew."""
    if not path.exists():
        return False
    try:
        with duckdb.connect(str(path)) as con:
            if con.execute("SELECT format FROM about").fetchall() != [(FORMAT,)]:
                return False
            return reaches(home, con.execute("SELECT max(text_start + text_length) FROM docs").fetchall()[0][0])
    except duckdb.Error:
        return False
