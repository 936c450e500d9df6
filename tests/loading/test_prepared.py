"""What workers have prepared of articles, and what is computed of their rows, is the same to the byte: indexes cannot tell which it was."""

from pathlib import Path

import pytest

from tasks.loading import file_loader
from tasks.raw_store.staging_folder import staging_folder
from tasks.relation.relate import relate
from tests.bench.corpus import copies_of_samples, write_corpus
from tests.lake.loading import loader_of, staged
from warehouse.connection import Connection
from warehouse.relating.corpus import FileCorpus
from warehouse.relating.index_file import INDEX_FILE, attached_index
from warehouse.relating.texts_file import TEXTS_FILE
from warehouse.search import index, stretches
from warehouse.search.tokens import tokens
from warehouse.snapshot import make_ready
from warehouse.tables.copies import Copies
from warehouse.tables.stories import Stories

EVERY = " ".join(f"a{chr(code)}b" for code in range(1, 0x110000) if not 0xD800 <= code < 0xE000)
TEXTS = [EVERY, "", "網絡安全 news", "ภาษาไทย", "x" * 50 + " 한국어 ya", "don't 3.14 e\u0301"]
SEARCH = ("postings", "documents", "terms", "stems", "stretches", "endings", "size")
COPIES = ("docs", "prints", "boilerplate", "matches", "passages", "seen")


def indexed(con: Connection, home: Path) -> dict[str, object]:
    """Both indexes made of nothing, that of search row by row as it lies there, and what came of them."""
    con.execute("DROP VIEW IF EXISTS search.postings")
    for (name,) in con.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'search'").fetchall():
        con.execute(f"DROP TABLE search.{name}")
    index.make_tables(con)
    relate(FileCorpus(con, home), "a" * 16, anew=True)
    make_ready(con, "mark")
    rows = {name: con.execute(f"FROM search.{name}").fetchall() for name in SEARCH}
    rows |= {table.TABLE: con.execute(f"FROM {table.TABLE} ORDER BY ALL").fetchall() for table in (Copies, Stories)}
    with attached_index(con, home):
        rows |= {name: con.execute(f"FROM relating.{name} ORDER BY ALL").fetchall() for name in COPIES}
    return rows | {"texts": (home / TEXTS_FILE).read_bytes()}


@pytest.mark.parametrize("most", [file_loader.MOST_PREPARED, 1], ids=["all", "no_more_than_a_batch"])
def test_what_is_prepared_is_what_is_computed(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, most: int):
    folder = write_corpus(tmp_path / "in", 24, copies_of_samples)
    monkeypatch.setattr(file_loader, "MOST_PREPARED", most)
    with loader_of(home) as loader:
        for batch, finished in staged(folder, home, home, loader.connection, batch_pages=9):
            loader.commit(batch, finished)
        con = loader.connection
        files = con.execute("SELECT DISTINCT file FROM temp.prepared").fetchall()
        assert (len(files) == 1) == (most == 1)
        assert {str(path) for path in staging_folder(home).glob("*.prepared.parquet")} == {file for (file,) in files}
        with monkeypatch.context() as patched:
            patched.setattr(stretches, "TEXTS", stretches.TEXTS if most == 1 else "refused: nothing is computed")
            prepared = indexed(con, home)
        con.execute("DROP TABLE temp.prepared")
        assert [con.execute("SELECT search.tokens($1)", [text]).fetchall()[0][0] for text in TEXTS] == [tokens(text) for text in TEXTS]
        assert indexed(con, home) == prepared
        assert len(prepared["docs"]) > 10 and prepared["postings"] and prepared["core.copies"]  # type: ignore[arg-type]
    assert (home / INDEX_FILE).exists() and list(staging_folder(home).iterdir()) == []
