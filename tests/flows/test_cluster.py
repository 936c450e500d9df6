"""A run on a cluster is the run on one machine, whatever dies: rows equal, table by table, and nothing that was loaded is done again."""

import json
import os
import shutil
import signal
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run, Start
from tests.flows.bad_inputs import article, dated
from tests.flows.machines import Machines, Started, network
from tests.harvesting.three_outlets import as_options, serving, write_sources
from tests.lake.left import expect_told_until_related
from tests.started import Started as RunUnderWay
from warehouse.ask import ask
from warehouse.lake.address import LakeAddress
from warehouse.tables import CONTRACTS

STORIES, FRONT = 80, 4  # pages of a folder; stories of each outlet that is harvested
BATCH = "10"
WAITING = {"BROADSHEET_CLUSTER_WAIT_SECONDS": "240"}
# What tells one run from another: names of runs and batches, moments, seconds, places in the raw store, whose records bear a moment.
OF_A_RUN = {
    "run_id", "batch_id", "flow_run_url", "started_at", "ended_at", "rejected_at", "applied_at", "published_at", "related_at",
    "snapshot_id", "docs_uri", "warc_offset", "dissect_seconds", "shape_seconds", "judge_seconds", "parameters",
}  # fmt: skip
OF_RUNS = {"ops.runs", "ops.batches", "ops.checks", "ops.snapshot", "ops.relatings"}  # one that was stopped and gone on with is two


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Samples, which have rows of every table, and stories enough to be interrupted."""
    folder = tmp_path_factory.mktemp("pages")
    shutil.copytree(ROOT / "samples", folder / "samples", ignore=shutil.ignore_patterns("zh-mirror"))  # whose page takes two seconds
    for number in range(STORIES):
        html = article(f"Story number {number} of the day", head=dated("2026-01-02T03:04:05Z"), paragraphs=20 + number % 7)
        (folder / f"{number:03d}.html").write_text(html)
    return folder


@pytest.fixture(scope="module")
def alone(broadsheet: Run, pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of one machine's run."""
    home = tmp_path_factory.mktemp("alone") / "home"
    done = broadsheet("ingest", pages, "--home", home, "--batch-pages", BATCH, "--workers", 2)
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture(scope="module")
def machines(command_environment: dict[str, str], prefect_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """Two that may join, and no head yet."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with network("a", "b") as made:
        told = command_environment | {"PREFECT_API_URL": prefect_server} | WAITING
        cluster = Machines(made, tmp_path_factory.mktemp("machines"), told, port)
        try:
            yield cluster
        finally:
            cluster.end()


@pytest.fixture(scope="module")
def joined(machines: Machines) -> tuple[Started, Started]:
    """A head with a machine of two workers and one of one, for the tests of undisturbed runs."""
    machines.end()
    machines.head()
    return machines.join("a", workers=2), machines.join("b")


def rows(home: Path | LakeAddress, table: str, but: set[str] = frozenset()) -> Counter[str]:  # type: ignore[assignment]
    """Rows of a table without what tells one run from another."""
    answer = ask(home, f"FROM {table}")
    kept = [place for place, name in enumerate(answer.columns) if name not in OF_A_RUN | but]
    return Counter(repr([row[place] for place in kept]) for row in answer.rows)


def expect_same_rows(home: Path, alone: Path, but: set[str] = frozenset()) -> None:  # type: ignore[assignment]
    different = {c.TABLE for c in CONTRACTS if c.TABLE not in but and rows(home, c.TABLE) != rows(alone, c.TABLE)}
    assert different == set()


def on(machines: Machines) -> dict[str, str]:
    return {"BROADSHEET_CLUSTER": machines.address} | WAITING


def until(is_so: Callable[[], bool], run: RunUnderWay) -> None:
    deadline = time.monotonic() + 120
    while not is_so():
        assert run.poll() is None, run.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.02)


def is_loaded(home: Path, wal_bytes: int) -> Callable[[], bool]:
    """Whether the log of what was committed is so long; the first batch makes it some 200,000 bytes."""
    log = home / "loader" / "warehouse.duckdb.wal"
    return lambda: log.exists() and log.stat().st_size > wal_bytes


def test_rows_are_those_of_one_machine_whatever_dies_and_nothing_is_loaded_twice(
    machines: Machines, pages: Path, alone: Path, home: Path, broadsheet: Run, start: Start
):
    head, a, b = machines.head(), machines.join("a"), machines.join("b")
    run = start("ingest", pages, "--home", home, "--batch-pages", BATCH, **on(machines))
    until(is_loaded(home, 400_000), run)
    a.kill()
    until(is_loaded(home, 800_000), run)
    expect_to_be_told(head, run, home)
    assert b.process.wait(60) == 20, b.text()
    assert "is gone" in b.text()

    machines.head()
    expect_to_wait(machines, pages, home, broadsheet)
    machines.join("a", workers=2)
    run = start("ingest", pages, "--home", home, "--batch-pages", BATCH, **on(machines))
    before = (home / "loader" / "warehouse.duckdb.wal").stat().st_size if is_loaded(home, 0)() else 0
    until(is_loaded(home, before + 200_000), run)
    os.killpg(run.pid, signal.SIGKILL)
    run.communicate()
    done = broadsheet("ingest", pages, "--home", home, "--batch-pages", BATCH, env={"BROADSHEET_CLUSTER": machines.address})
    assert done.returncode == 0, done.stderr
    expect_same_rows(home, alone, but=OF_RUNS)
    counted = "SELECT sum(seen_count), sum(known_count) FROM ops.batches"
    assert ask(home, counted).rows == ask(alone, counted).rows, "a finished batch was done again"
    states = [state for (state,) in ask(home, "SELECT state FROM ops.runs ORDER BY started_at").rows]
    assert states == ["interrupted", "interrupted", "interrupted", "completed"]


def expect_to_be_told(head: Started, run: RunUnderWay, home: Path) -> None:
    """The head dies: what is loaded is published, and the run says how to go on."""
    head.kill()
    _, said = run.communicate(timeout=180)
    assert run.returncode == 20, said
    assert "goes on from there" in said and "Traceback" not in said, said
    assert ask(home, "SELECT count(*) > 0 FROM core.articles").rows == [(True,)]


def expect_to_wait(machines: Machines, pages: Path, home: Path, broadsheet: Run) -> None:
    """No machine is there: the run says so, and gives up."""
    few = {"BROADSHEET_CLUSTER": machines.address, "BROADSHEET_CLUSTER_WAIT_SECONDS": "3"}
    done = broadsheet("ingest", pages, "--home", home, env=few)
    assert done.returncode == 20, done.stderr
    assert "no machine is in the cluster" in done.stderr and "goes on from there" in done.stderr, done.stderr


@pytest.mark.usefixtures("joined")
def test_an_undisturbed_run_has_the_same_batches_too(machines: Machines, pages: Path, alone: Path, home: Path, broadsheet: Run):
    done = broadsheet("ingest", pages, "--home", home, "--batch-pages", BATCH, env={"BROADSHEET_CLUSTER": machines.address})
    assert done.returncode == 0, done.stderr
    expect_same_rows(home, alone)
    told = broadsheet("cluster", "status", machines.address)
    assert (told.returncode, "machines  2 with 3 workers" in told.stdout) == (0, True), told.stdout + told.stderr


@pytest.mark.usefixtures("joined")
def test_captures_are_read_again_by_machines(machines: Machines, alone: Path, home: Path, broadsheet: Run):
    shutil.copytree(alone, home, symlinks=True)
    given = ("reprocess", "--home", home, "--limit", "60", "--json")
    there = broadsheet(*given, env={"BROADSHEET_CLUSTER": machines.address, "BROADSHEET_BATCH_PAGES": BATCH})
    here = broadsheet(*given)
    assert (there.returncode, here.returncode) == (0, 0), there.stderr + here.stderr
    proposals = [json.loads(done.stdout) | {"run_id": None} for done in (there, here)]
    assert proposals[0] == proposals[1] and proposals[0]["seen"] == 60


@pytest.mark.usefixtures("joined")
def test_a_harvest_is_loaded_by_machines(machines: Machines, home: Path, tmp_path: Path, broadsheet: Run):
    with serving(FRONT) as site:
        given = ("harvest", write_sources(site, tmp_path), "--home", home, *as_options(), "--json")
        done = broadsheet(*given, env={"BROADSHEET_CLUSTER": machines.address})
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["pages"]["loaded"] == 3 * FRONT + 2  # with the one that was busy and the one that has moved
    assert ask(home, "SELECT DISTINCT state FROM ops.runs").rows == [("completed",)]


@pytest.mark.usefixtures("joined")
def test_a_lake_gets_the_rows_of_one_machines_file(
    machines: Machines, pages: Path, alone: Path, home: Path, lake: LakeAddress, broadsheet: Run
):
    told = {"BROADSHEET_CLUSTER": machines.address, "BROADSHEET_WAREHOUSE": lake.catalog, "BROADSHEET_STORE": lake.store}
    expect_told_until_related(broadsheet, broadsheet("ingest", pages, "--home", home, "--batch-pages", "40", env=told), lake, home, told)
    tables = [c.TABLE for c in CONTRACTS if c.TABLE not in OF_RUNS | {"ops.migrations"}]
    assert {table for table in tables if rows(lake, table, {"warc_uri"}) != rows(alone, table, {"warc_uri"})} == set()


def test_a_machine_that_is_asked_to_end_leaves_the_cluster(joined: tuple[Started, Started]):
    _, b = joined
    assert b.ask_to_end() == 0, b.text()
    assert "left the cluster" in b.text()
