"""A copy is its source as it was when the copy was ended, whatever was written meanwhile, or it is not there."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.warehouse.processes import is_running
from warehouse.durable import copy_durably, copying, half_copies, is_copy
from warehouse.errors import StorageFailed

MIB = 2**20
BEGINS_AND_WAITS = """
import sys, time
from pathlib import Path
from tests.warehouse.processes import is_running
from warehouse.durable import copying
source = Path(sys.argv[1])
with copying(source, source.parent, 0o444, is_early=True):
    time.sleep(600)
"""
Change = Callable[[bytes], bytes]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source.duckdb"
    path.write_bytes(bytes(range(256)) * (5 * MIB // 256) + b"and a little more")
    return path


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda known: known, id="nothing"),
        pytest.param(lambda known: known[: 3 * MIB] + b"another page" + known[3 * MIB + 12 :], id="a page"),
        pytest.param(lambda known: known + b"new" * MIB, id="grown"),
        pytest.param(lambda known: known[: 2 * MIB + 7], id="cut"),
        pytest.param(lambda known: known[: 4 * MIB], id="cut at a piece"),
        pytest.param(lambda _: b"", id="emptied"),
        pytest.param(lambda known: known[::-1], id="all"),
    ],
)
def test_what_is_written_while_it_is_copied_is_in_the_copy(source: Path, change: Change):
    copy = source.with_name("copy.duckdb")
    with copying(source, copy.parent, 0o444, is_early=True) as end:
        wait_for(lambda: [half.stat().st_size for half in half_copies(copy.parent)] == [source.stat().st_size])
        source.write_bytes(change(source.read_bytes()))
        end(copy)
    assert copy.read_bytes() == source.read_bytes()
    assert copy.stat().st_mode & 0o777 == 0o444
    assert half_copies(copy.parent) == []


def test_what_is_not_early_is_copied_when_it_is_asked_for(source: Path):
    copy = source.with_name("copy.duckdb")
    with copying(source, copy.parent, 0o444) as end:
        wait_for(lambda: len(half_copies(copy.parent)) == 1)
        source.write_bytes(b"ready")
        end(copy)
    assert copy.read_bytes() == b"ready"


def test_a_file_that_was_swapped_meanwhile_is_copied_by_its_name(source: Path):
    copy, other = source.with_name("copy.duckdb"), source.with_name("other")
    other.write_bytes(b"written anew")
    with copying(source, copy.parent, 0o444, is_early=True) as end:
        other.replace(source)
        end(copy)
    assert copy.read_bytes() == b"written anew"


def test_who_does_not_end_a_copy_leaves_nothing(source: Path):
    with contextlib.suppress(ZeroDivisionError), copying(source, source.parent, 0o444, is_early=True):
        raise ZeroDivisionError
    assert [path.name for path in source.parent.iterdir()] == [source.name]


def test_a_copy_that_fails_says_why_and_leaves_what_was_there(source: Path):
    copy = source.with_name("copy.duckdb")
    copy.write_bytes(b"the state before")
    gone = source.with_name("gone.duckdb")
    with pytest.raises(StorageFailed, match=r"No such file.*gone\.duckdb"):
        copy_durably(gone, copy, 0o444)
    assert copy.read_bytes() == b"the state before"
    assert half_copies(copy.parent) == []


@pytest.mark.skipif(sys.platform != "linux", reason="finds the copying process in /proc")
def test_a_copier_that_waits_ends_with_the_run_that_was_killed(source: Path):
    publisher = subprocess.Popen([sys.executable, "-c", BEGINS_AND_WAITS, str(source)])
    children = Path(f"/proc/{publisher.pid}/task/{publisher.pid}/children")
    wait_for(lambda: [half.stat().st_size for half in half_copies(source.parent)] == [source.stat().st_size])
    (copier,) = map(int, children.read_text().split())
    os.kill(publisher.pid, signal.SIGKILL)
    publisher.wait()
    wait_for(lambda: not is_running(copier))
    copy_durably(source, source.with_name("copy.duckdb"), 0o444)
    assert half_copies(source.parent) == []


def test_a_copy_is_told_from_another_file(source: Path):
    copy = source.with_name("copy.duckdb")
    copy_durably(source, copy, 0o644)
    assert is_copy(source, copy)
    with copy.open("r+b") as file:
        file.write(b"!")  # of the headers, which each checkpoint writes
    assert not is_copy(source, copy)
    copy.write_bytes(source.read_bytes() + b"more")
    assert not is_copy(source, copy)


def wait_for(is_so: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)
