"""Harvests that are killed while they fetch: the next one ends with what an undisturbed one has.

tests/bench/harvest_kills.py is more of it, with loads.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT
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
