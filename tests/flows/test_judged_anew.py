"""A batch is judged by what is new in it: pages that the warehouse has cannot keep others out."""

import os
from pathlib import Path

from tests.conftest import Run
from tests.flows.bad_inputs import article
from warehouse.ask import ask

ALIKE = 60  # pages with one body: a batch of 50 and more in which half share one is refused


def test_known_pages_that_would_have_a_batch_refused_do_not_keep_a_new_one_out(broadsheet: Run, home: Path, tmp_path: Path):
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(ALIKE):
        (folder / f"{number:02d}.html").write_text(article("The notice of the harbour office", head=f"<meta name=number content={number}>"))
    assert broadsheet("ingest", folder, "--home", home, "--batch-pages", 10).returncode == 0  # too few in a batch to be judged by it
    for path in folder.iterdir():
        os.utime(path)  # as a copy has it: all are read again
    (folder / "new.html").write_text(article("The ferry stays in port", paragraphs=9))
    done = broadsheet("ingest", folder, "--home", home)
    assert done.returncode == 0, done.stderr
    assert ask(home, "SELECT state, known_count, loaded_count FROM ops.batches WHERE seen_count > 50").rows == [("loaded", ALIKE, 1)]
    assert ask(home, "SELECT count(*) FROM ops.rejects").rows == [(0,)]
    assert not list((home / "raw" / "staging").glob("*"))
    assert "Nothing new" in broadsheet("ingest", folder, "--home", home).stdout
