"""An index whose building was killed is whole after the next publish."""

import subprocess
import sys
from pathlib import Path

from tests.warehouse.lettered import ARTICLES, add
from warehouse.connection import open_loader
from warehouse.snapshot import publish_snapshot

KILLED = """
import os, sys
from pathlib import Path
from warehouse.connection import open_loader
from warehouse.search import index, stretches
from warehouse.snapshot import publish_snapshot
index.STRETCH, stretches.RUN, stretches.STEP, stretches.RANGE = 6, 2, 1, 20
left = int(sys.argv[2])
class Counting:
    def __init__(self, con): self.con = con
    def __getattr__(self, name): return getattr(self.con, name)
    def execute(self, *said):
        global left
        left -= 1
        if left == 0: os.kill(os.getpid(), 9)
        return self.con.execute(*said)
with open_loader(Path(sys.argv[1])) as con:
    index.update_index(Counting(con))
print(left)
"""
SAME = """
SELECT p.term, d.page_id, p.frequency, p.in_title FROM search.postings AS p JOIN search.documents AS d USING (doc)
UNION ALL SELECT term, 'terms', sum(document_count), NULL FROM search.terms GROUP BY term
UNION ALL SELECT word, stem || lang, 0, NULL FROM search.stems
UNION ALL SELECT lang, ending || becomes, 0, NULL FROM search.endings
UNION ALL SELECT 'size', page_id, token_count, NULL FROM search.documents
ORDER BY ALL
"""


def loaded(home: Path) -> Path:
    with open_loader(home) as con:
        publish_snapshot(con, home)
        for letter, article in ARTICLES.items():
            add(con, letter, *article)
    return home


def built(home: Path, kill_at: int) -> int:
    """The status of a process that builds the index and is killed before its statement `kill_at`, as it does for any home."""
    return subprocess.run([sys.executable, "-c", KILLED, str(home), str(kill_at)], check=False, stdout=subprocess.DEVNULL).returncode


def contents(home: Path) -> list[tuple[object, ...]]:
    with open_loader(home) as con:
        publish_snapshot(con, home)
        assert con.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'merged'").fetchall() == [(0,)]
        return con.execute(SAME).fetchall()


def test_an_index_whose_building_was_killed_is_whole_after_the_next_publish(tmp_path: Path):
    undisturbed = contents(loaded(tmp_path / "undisturbed"))
    home = loaded(tmp_path / "killed")
    for kill_at in (10, 30, 60, 90, 150, 250):  # in a run, between runs, among ranges, in the transaction, in the next stretch
        assert built(home, kill_at) in (-9, 0)
    assert built(home, 100_000) == 0
    assert contents(home) == undisturbed
    assert not list((home / "loader").glob("*indexing*")), "what a kill has left is removed"
