"""What every worker starts with."""

import gc
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.pages.limits import Limits
from tasks.planning.batches import PageBatch
from tasks.sources.page import PageRef
from tasks.staging.staged_batch import PageFate, StagedBatch, Steps
from tasks.workers.order import WorkOrder
from tasks.workers.pool import WorkerPool
from tasks.workers.work import Documented, Known, Work


def asked(_batch: PageBatch, _order: WorkOrder, _documented: Documented, _known: Known) -> StagedBatch:
    """Work that tells of the process it is done in, and of the fork server, whose threads no worker inherits."""
    told = {
        "collector": "frozen" if gc.get_freeze_count() else "nothing frozen",
        "judging": "loaded" if "great_expectations" in sys.modules else "missing",
        "threads of the fork server": " ".join(path.read_text() for path in Path(f"/proc/{os.getppid()}/task").glob("*/comm")),
    }
    return StagedBatch({}, (), tuple(PageFate(*each) for each in told.items()), datetime(2026, 3, 1, tzinfo=UTC), Steps())


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str | None, str | None]:
    batch = PageBatch("a" * 16, 1, (PageRef("html_folder", "/in/a.html", "a.html"),), ())
    order = WorkOrder(tmp_path_factory.mktemp("home"), 0.3, Limits(1000, 1000), "test")
    with WorkerPool(1, order, work=Work(finish=asked)) as pool:
        return dict(pool.finish(batch).fates)


def test_the_collector_leaves_alone_what_a_worker_has_inherited(told: dict[str | None, str | None]) -> None:
    assert told["collector"] == "frozen"


def test_the_library_of_judging_is_loaded_once_for_all_workers(told: dict[str | None, str | None]) -> None:
    assert told["judging"] == "loaded"


def test_polars_is_loaded_and_has_not_computed_where_workers_are_forked_from(told: dict[str | None, str | None]) -> None:
    """Its threads start when it computes first, a fork has none of them, and would wait for them for ever."""
    threads = told["threads of the fork server"] or ""
    assert "polars-ooc" in threads
    assert "polars-0" not in threads
