"""The power fails: what was not synced is gone, at any moment of a run. What is left is a warehouse whose rows all have their bytes."""

import hashlib
from base64 import b32encode
from pathlib import Path

import pytest

from tasks.raw_store.reading import read_raw
from tests.conftest import Run
from tests.faults.power_cut import PowerCut
from tests.flows.bad_inputs import article
from tests.flows.older_extractor import FACTS, WORSE, tamper
from warehouse.ask import ask
from warehouse.connection import LOADER_FILE, open_loader
from warehouse.snapshot import publish_snapshot

PAGES = 12
CAPTURES = "SELECT digest, warc_uri, warc_offset FROM raw.pages"
IN_WHOLE_BATCHES = """
SELECT (SELECT count(*) FROM core.articles),
       (SELECT coalesce(sum(loaded_count), 0) FROM ops.batches ANTI JOIN (FROM ops.runs WHERE flow = 'reprocess_pages') USING (run_id))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(PAGES):
        (folder / f"{number:02d}.html").write_text(article(f"Story number {number} of the day"))
    return folder


def loaded_in(home: Path) -> int:
    """Articles in a home whose every promise holds: batches are whole, and each capture is where its row says."""
    if (home / "warehouse.duckdb").exists():
        ask(home, "SELECT count(*) FROM core.articles")
    elif not (home / LOADER_FILE).exists():
        return 0
    with open_loader(home) as connection:
        ((articles, told),) = connection.execute(IN_WHOLE_BATCHES).fetchall()
        captures = connection.execute(CAPTURES).fetchall()
    assert articles == told
    for digest, uri, offset in captures:
        body = read_raw(home, uri, offset).body
        assert "sha1:" + b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode() == digest
    return int(articles)


def test_whenever_the_power_fails_rows_have_their_bytes_and_what_was_committed_stays(
    broadsheet: Run, folder: Path, home: Path, tmp_path: Path
):
    power = PowerCut.built(tmp_path, under=home)
    often = {"BROADSHEET_SNAPSHOT_SECONDS": "0.01"}
    done = broadsheet("ingest", folder, "--home", home, "--batch-pages", 4, "--workers", 1, env=power.recording() | often)
    assert done.returncode == 0, done.stderr
    moments = range(power.syncs() + 1)
    left = [loaded_in(power.left_after(moment, tmp_path / "left")) for moment in moments]
    assert left == sorted(left), "a batch that was there is gone"
    assert (left[0], left[-1]) == (0, PAGES)
    assert len(set(left)) > 2, "the power never failed between two batches"

    between = power.left_after(max(moment for moment in moments if left[moment] < PAGES), tmp_path / "left")
    assert broadsheet("ingest", folder, "--home", between).returncode == 0
    assert loaded_in(between) == PAGES
    assert broadsheet("doctor", "--home", between).returncode == 0


def test_whenever_the_power_fails_a_proposal_is_whole_or_none_and_taken_over_as_a_whole_or_not(
    broadsheet: Run, loaded: Path, tmp_path: Path
):
    right = ask(loaded, FACTS).rows
    tamper(loaded, WORSE)
    worse = ask(loaded, FACTS).rows
    power = PowerCut.built(tmp_path, under=loaded)
    power.sync_all()
    before = power.syncs()
    assert broadsheet("reprocess", "--outdated", "--home", loaded, env=power.recording()).returncode == 0
    proposed = power.left_after(power.syncs(), tmp_path / "proposed")
    assert broadsheet("reprocess", "--accept", "--home", loaded, env=power.recording()).returncode == 0
    is_new = []
    for moment in range(before, power.syncs() + 1):
        left = power.left_after(moment, tmp_path / "left")
        assert loaded_in(left) == len(right)
        with open_loader(left) as connection:
            publish_snapshot(connection, left)
        rows = ask(left, FACTS).rows
        assert rows in (worse, right), "taken over in part"
        is_new.append(rows == right)
    assert set(is_new) == {False, True}
    assert is_new == sorted(is_new), "what was taken over is gone"
    assert broadsheet("reprocess", "--accept", "--home", proposed).returncode == 0, "a proposal that was told of is gone"
