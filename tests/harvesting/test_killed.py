"""Harvests that are killed while they fetch: the next one ends with what an undisturbed one has.

tests/bench/harvest_kills.py is more of it, with loads.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest

from tasks.harvesting.captures import pending
from tests.conftest import ROOT
from tests.harvesting import runs
from tests.harvesting.loopback_site import Site
from tests.harvesting.runs import harvested, rows
from tests.harvesting.three_outlets import HOSTS, serving, write_sources

STORIES = 15
PAYLOADS = "SELECT DISTINCT url, kind, digest FROM ops.fetches WHERE digest IS NOT NULL ORDER BY ALL"
TWICE = "SELECT count(*) - count(DISTINCT fetch_id) FROM ops.fetches"


def killed_after(requests: int, site: Site, home: Path, sources: Path) -> None:
    """A harvest in a process of its own, killed when it has asked so often."""
    seen = len(site.hits)
    process = subprocess.Popen([sys.executable, "-m", "tests.harvesting.runs", str(home), str(sources)], cwd=ROOT)
    while len(site.hits) < seen + requests and process.poll() is None:
        time.sleep(0.001)
    os.kill(process.pid, signal.SIGKILL)
    assert process.wait(60) == -signal.SIGKILL


def half_written(home: Path) -> None:
    """What a crash between the files of one set, or in the middle of one, leaves."""
    pending = home / "harvest" / "pending"
    for name in ("a.pages.warc.gz.part", "b.pages.warc.gz", "c.parquet.part"):
        (pending / name).write_bytes(b"\x1f\x8b half")


@pytest.mark.parametrize("requests", [4, 40])
def test_the_harvest_after_a_kill_has_every_payload_and_no_row_twice(tmp_path: Path, requests: int):
    home, calm = tmp_path / "home", tmp_path / "calm"
    with serving(STORIES) as site:
        sources = write_sources(site, tmp_path, 0.02)
        harvested(calm, sources)
        killed_after(requests, site, home, sources)
        half_written(home)
        before = len(site.hits)
        harvested(home, sources)
    assert rows(home, PAYLOADS) == rows(calm, PAYLOADS)
    assert rows(home, TWICE) == [(0,)]
    assert list((home / "harvest" / "pending").iterdir()) == []
    kept = [hit.path for hit in site.hits[before:] if hit.host in HOSTS and hit.path.startswith("/stories/")]
    assert requests < 30 or len(kept) < 3 * STORIES  # what was whole when it was killed is not fetched again


def test_rows_that_an_older_version_left_are_loaded_with_null_for_what_it_did_not_know(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    home = tmp_path / "home"
    with serving(2) as site:
        sources = write_sources(site, tmp_path, 0.02)
        with monkeypatch.context() as killed:
            killed.setattr(runs, "load", lambda _home, _found: None)
            harvested(home, sources)
        left = [(found.rows, pl.read_parquet(found.rows)) for found in pending(home)]
        for path, frame in left:
            frame.drop("lastmod_at").write_parquet(path)
        harvested(home, sources)
    requests = sum(len(frame) for _, frame in left)
    assert requests > 0
    assert rows(
        home,
        "SELECT count(*), count(lastmod_at) FROM ops.fetches WHERE run_id = (FROM ops.fetches SELECT run_id ORDER BY requested_at LIMIT 1)",
    ) == [(requests, 0)]
