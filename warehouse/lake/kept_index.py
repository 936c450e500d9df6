"""The search index of a lake as files in its store: made of one state now and then by whoever asks for it, read by every session, which
indexes for itself what came since. So nobody waits for it, nothing is locked, and no answer is behind.

Files are immutable, as all of a lake's. `search/kept.json` names those that count; others a maintenance removes once they are a day old.
"""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb

from warehouse.durable import sync_folder
from warehouse.lake.address import LakeAddress
from warehouse.search.index import made_by, update_index, view_all
from warehouse.sql_text import literal

SMALL = ("documents", "terms", "stems", "endings")  # tables that each index writes anew
ROW_GROUP = 20_000  # rows: what a query reads of a stretch for one of its terms
STRETCHES = "SELECT first_doc, last_doc, posting_count FROM search.stretches WHERE posting_count > 0 ORDER BY first_doc"
UNREAD = "SELECT count(*) FROM core.articles ANTI JOIN search.documents USING (page_id, run_id)"


@dataclass(frozen=True, slots=True)
class KeptStretch:
    """Articles by number whose postings lie in one file, sorted by term."""

    first_doc: int
    last_doc: int
    posting_count: int
    file: str


@dataclass(frozen=True, slots=True)
class KeptIndex:
    """What `search/kept.json` says. Files are named below the store."""

    made_by: str  # what texts become terms by
    version: int  # the snapshot that it was made of
    article_count: int
    small: dict[str, str]  # by table
    stretches: tuple[KeptStretch, ...]

    @property
    def files(self) -> set[str]:
        return {*self.small.values(), *(stretch.file for stretch in self.stretches)}


def kept_index(con: duckdb.DuckDBPyConnection, address: LakeAddress) -> KeptIndex | None:
    """What is kept; None where nothing is, or what another version of the code has made."""
    # a pattern: of a name, glob() says without asking a bucket that it is there
    if con.execute(f"SELECT count(*) FROM glob({literal(mark_of(address).replace('.json', '*.json'))})").fetchall() == [(0,)]:
        return None
    said = json.loads(con.execute(f"SELECT content FROM read_text({literal(mark_of(address))})").fetchall()[0][0])
    stretches = tuple(KeptStretch(**each) for each in said.pop("stretches"))
    found = KeptIndex(**said, stretches=stretches)
    return found if found.made_by == made_by() else None


def take_in(con: duckdb.DuckDBPyConnection, address: LakeAddress, kept: KeptIndex, *, is_copied: bool = False) -> None:
    """Have the empty index of this connection hold what is kept: small tables as rows, postings where they lie, or as rows, too, where
    `is_copied`: then stretches can be merged."""
    for table, file in kept.small.items():
        con.execute(f"INSERT INTO search.{table} BY NAME FROM {_scan(address, file)}")
    for stretch in kept.stretches:
        kind = "TABLE" if is_copied else "VIEW"
        con.execute(f"CREATE {kind} search.postings_{stretch.first_doc} AS FROM {_scan(address, stretch.file)}")
        con.execute(f"INSERT INTO search.stretches VALUES ({stretch.first_doc}, {stretch.last_doc}, {stretch.posting_count})")
    view_all(con)


def index_anew(con: duckdb.DuckDBPyConnection, address: LakeAddress, version: int) -> tuple[KeptIndex, int]:
    """Bring what is kept up to the articles of this connection, a dressed file of its own, and keep that; with how many were new. A stretch
    that was not merged keeps its file. Raises what DuckDB raises where the store cannot be written."""
    kept = kept_index(con, address)
    if kept is not None:
        take_in(con, address, kept, is_copied=True)
    count = update_index(con)
    if kept is not None and not count:
        return kept, 0
    known = {(each.first_doc, each.last_doc, each.posting_count): each.file for each in (kept.stretches if kept else ())}
    name = f"search/{version}-{secrets.token_hex(4)}"
    small = {table: _write(con, address, f"search.{table}", f"{name}.{table}.parquet") for table in SMALL}
    stretches = []
    for first, last, postings in con.execute(STRETCHES).fetchall():
        file = known.get((first, last, postings)) or _write(con, address, f"search.postings_{first}", f"{name}.postings_{first}.parquet")
        stretches.append(KeptStretch(first, last, postings, file))
    (articles,) = con.execute("SELECT count(*) FROM search.documents").fetchall()[0]
    done = KeptIndex(made_by(), version, articles, small, tuple(stretches))
    _keep(con, address, done)
    return done, count


def _write(con: duckdb.DuckDBPyConnection, address: LakeAddress, table: str, file: str) -> str:
    """The rows of a table in their order, as a file of the store; its name."""
    target = f"{address.store}/{file}"
    if not address.is_bucket:
        Path(target).parent.mkdir(parents=True, exist_ok=True)
    con.execute(f"COPY (FROM {table}) TO {literal(target)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})")
    if not address.is_bucket:
        _sync(Path(target))
    return file


def _keep(con: duckdb.DuckDBPyConnection, address: LakeAddress, index: KeptIndex) -> None:
    """Name the files that count, at once or not at all."""
    mark = mark_of(address)
    if address.is_bucket:  # an object is there when its upload ends
        con.execute(
            f"COPY (SELECT {literal(json.dumps(asdict(index)))}) TO {literal(mark)} (FORMAT csv, HEADER false, QUOTE '', DELIMITER '\t')"
        )
        return
    passing = Path(f"{mark}.{secrets.token_hex(4)}.part")
    passing.write_text(json.dumps(asdict(index)))
    _sync(passing)
    passing.replace(mark)
    sync_folder(Path(mark).parent)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def mark_of(address: LakeAddress) -> str:
    return f"{address.search}/kept.json"


def _scan(address: LakeAddress, file: str) -> str:
    return f"read_parquet({literal(f'{address.store}/{file}')})"
