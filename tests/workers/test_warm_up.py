"""What every worker starts with."""

import gc
from pathlib import Path

from tasks.pages.limits import Limits
from tasks.pages.outcome import PageOutcome
from tasks.planning.batches import PageBatch
from tasks.sources.page import PageRef
from tasks.workers.dissected_batch import DissectedBatch
from tasks.workers.order import WorkOrder
from tasks.workers.pool import WorkerPool


def collector(batch: PageBatch, _order: WorkOrder) -> DissectedBatch:
    """Work that tells how the collector of its process is set."""
    state = "frozen" if gc.get_freeze_count() else "nothing frozen"
    return DissectedBatch(batch, [PageOutcome(ref, reason=state) for ref in batch.pieces])


def test_the_collector_leaves_alone_what_a_worker_has_inherited(tmp_path: Path) -> None:
    batch = PageBatch("a" * 16, 1, (PageRef("html_folder", "/in/a.html", "a.html"),), ())
    with WorkerPool(1, WorkOrder(tmp_path, 0.3, Limits(1000, 1000)), work=collector) as pool:
        assert [outcome.reason for outcome in pool.dissect(batch).outcomes] == ["frozen"]
