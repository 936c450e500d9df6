"""A process that commits batches that overlap with their neighbours, as long as there are some: `python -m tests.lake.committer`.

Its pages are made, not read; all else is what a run does: it stages into the store, asks the ledger, and commits behind the sentinel.
"""

import random
import secrets
import sys
from datetime import UTC, datetime

import polars as pl

from tasks.loading.lake_loader import open_lake_loader
from tasks.planning.batches import PageBatch
from tasks.staging.stage_in_store import stage_in_store
from tasks.staging.staged_batch import PageFate, StagedBatch, Steps
from warehouse.lake import turn
from warehouse.lake.address import LakeAddress
from warehouse.ledger import known_inputs
from warehouse.tables import Articles, Evidence, Inputs, Pages, Rejects
from warehouse.tables.contract import sample

OWN, SHARED = 20, 8  # pages of a batch, and how many of them its neighbour has as well
EVIDENCE = 3  # rows of a page


def main(catalog: str, store: str, batches: int, *flags: str) -> None:
    """Commit all batches that the ledger does not have, in an order of one's own; each is told when it is acknowledged."""
    if "without-sentinel" in flags:
        turn.UPDATE = "SELECT 1"
    run_id, address = secrets.token_hex(8), LakeAddress.of(catalog, store)
    with open_lake_loader(address, run_id, 30.0) as loader:
        print("ready", flush=True)
        sys.stdin.readline()
        for number in random.sample(range(batches), batches):
            if not known_inputs(loader.connection, [f"{number:016x}"]):
                batch = PageBatch(run_id, number + 1, (), ())
                loader.commit(batch, staged(batch, number, store))
            print(number, flush=True)


def page_ids(number: int) -> list[str]:
    return [f"{number * OWN + place:016x}" for place in range(OWN + SHARED)]


def staged(batch: PageBatch, number: int, store: str) -> StagedBatch:
    """The batch, as a worker leaves it in the store."""
    ids, run = pl.Series("page_id", page_ids(number)), pl.lit(batch.run_id).alias("run_id")
    pages = sample(Pages, len(ids), seed=number).with_columns(ids, run, warc_uri=pl.lit("/shared/in.warc"))
    rejected = sample(Rejects, 1, seed=number).with_columns(
        run, reject_id=pl.lit(f"{number:016x}"), page_id=pl.lit(None, pl.String), replayed_at=pl.lit(None, pl.Datetime("us", "UTC")),
    )  # fmt: skip
    evidence = sample(Evidence, len(ids) * EVIDENCE, seed=number).with_columns(pl.concat([ids] * EVIDENCE), run)
    met = sample(Inputs, 1, seed=number).with_columns(
        input_key=pl.lit(f"{number:016x}"), fingerprint=pl.lit("1"), start_offset=pl.lit(0, pl.Int64), batch_id=pl.lit(batch.batch_id),
    )  # fmt: skip
    articles = sample(Articles, len(ids), seed=number).with_columns(ids, run)
    frames = {Pages: pages, Articles: articles, Evidence: evidence, Rejects: rejected, Inputs: met}
    stored = stage_in_store(store, batch.staging_name, frames, [])
    fates = tuple(PageFate(page_id, None) for page_id in ids)
    return StagedBatch({}, (), fates, datetime.now(UTC), Steps(), stored=stored)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), *sys.argv[4:])
