"""What becomes of batches that do not end in time, where a stop was asked for."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow
# One batch that never ends between two that do; the stop is asked for once nothing else is under way.
STOPPED = """
import sys
from pathlib import Path
from prefect import flow
from flows import stop
from flows.batches_ahead import staged_batches
from tasks.pages.limits import Limits
from tasks.workers.order import WorkOrder
from tasks.workers.pool import WorkerPool
from tests.workers.test_pool import TOUCHY, a_batch

stop.PATIENCE_SECONDS = 0.0

@flow(persist_result=False)
def stopped():
    with WorkerPool(2, WorkOrder(Path(sys.argv[1]), 3600, Limits(1000, 1000), "test"), work=TOUCHY) as pool:
        def ask():
            if len(pool._unanswered) == 1 and not stop.requested.is_set():
                stop.requested.set()
        batches = (a_batch(name, number=number) for number, name in enumerate(("good", "sleeps", "fine"), 1))
        given = [(batch.number, staged.fates[0].page_id) for batch, staged in staged_batches(batches, pool, frozenset, ask)]
        print(given, pool.has_left)

stopped()
"""


def test_a_batch_that_does_not_end_is_given_up_and_those_that_are_whole_are_loaded(
    command_environment: dict[str, str], prefect_server: str, tmp_path: Path
):
    command = [sys.executable, "-c", STOPPED, str(tmp_path)]
    environment = command_environment | {"PREFECT_API_URL": prefect_server}
    done = subprocess.run(command, check=False, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=240)
    assert (done.returncode, done.stdout) == (0, "[(1, 'good'), (3, 'fine')] True\n"), done.stderr
