"""A page that takes too much memory is refused by itself: its worker lives, and its neighbours are loaded."""

import subprocess
import sys
from dataclasses import replace

import pytest

from tasks.pages.limits import Limits
from tasks.workers.memory_limit import memory_limit
from tasks.workers.order import WorkOrder
from tasks.workers.pool import WorkerPool
from tests.conftest import ROOT
from tests.flows.bad_inputs import article
from tests.workers.runs import Done, run_over

HUNGRY = f"<html><body><h1>Harbour works</h1><p>{'The council met again, and put it off. ' * 200_000}</p></body></html>"
PARSE = """
import sys
from tasks.dissection.page import dissect_html
from tasks.workers.memory_limit import memory_limit
with memory_limit(int(sys.argv[1])):
    dissect_html("<br>" * 150_000, None, None)
"""


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> list[Done]:
    """Two runs over a hungry page among good ones: in one piece of 8 MB, of which reading makes several."""
    folder, home = tmp_path_factory.mktemp("in"), tmp_path_factory.mktemp("home")
    for name in ("a", "c", "d"):
        (folder / f"{name}.html").write_text(article(name))
    (folder / "b.html").write_text(HUNGRY)
    order = WorkOrder(home, 60.0, Limits(2**24, 2**24), "test", megabytes_per_page=40)
    done = []
    for number, megabytes in enumerate((40, 1024)):
        with WorkerPool(1, replace(order, megabytes_per_page=megabytes)) as pool:
            done.append(run_over(folder, home, pool.finish, f"{number}" * 16))
    return done


def test_only_the_hungry_page_is_refused_and_its_worker_lives(runs: list[Done]):
    assert runs[0].fates.loaded == 3
    assert runs[0].fates.rejected == {"out_of_memory": 1}


def test_the_next_run_with_more_memory_loads_it(runs: list[Done]):
    assert runs[0].tried_again == 1
    assert runs[1].fates.loaded == 1


@pytest.mark.parametrize("megabytes", [2, 8, 16, 32])
def test_a_parser_without_memory_says_so_and_not_that_the_page_is_empty(megabytes: int):
    """In a process of its own: another that has freed memory before has room for the page."""
    done = subprocess.run([sys.executable, "-c", PARSE, str(megabytes)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1:] == ["MemoryError"], done


def test_the_limit_ends_with_the_page():
    with pytest.raises(MemoryError), memory_limit(16):
        bytearray(2**26)
    assert len(bytearray(2**26)) == 2**26
