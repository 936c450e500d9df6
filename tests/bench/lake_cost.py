"""What loading by names costs beside loading the same rows into the file, batch by batch in turns: CPU of the loading process a page.

    uv run python -m tests.bench.lake_cost [--pages 1000] [--batches 8] [--known 0.0]

Rows are those of real pages (or of the samples, where the real ones are not at hand), once read and judged; each batch has them under keys
of its own. `--known`: a share of each batch that the batch before had as well. Starts a PostgreSQL of its own, whose CPU is told apart.
"""

import argparse
import secrets
import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from tasks.loading.file_loader import FileLoader
from tasks.loading.lake_loader import open_lake_loader
from tasks.loading.loader import Loader
from tasks.pages.limits import DEFAULT_LIMITS
from tasks.planning.batches import PageBatch, plan_batches
from tasks.planning.survey import survey
from tasks.sources.catalogue import plan
from tasks.sources.discovery import discover
from tasks.sources.page import Tally
from tasks.staging.stage_in_store import stage_in_store
from tasks.staging.stage_tables import stage_tables
from tasks.staging.staged_batch import StagedBatch, Steps
from tasks.workers.finish_batch import finish_batch
from tasks.workers.order import WorkOrder
from tests.bench.corpus import MANIFEST, copies, copies_of_samples, write_corpus
from tests.lake.postgres import running_postgres
from warehouse.connection import open_loader
from warehouse.lake.address import LakeAddress
from warehouse.lake.create import create_lake
from warehouse.staged_tables import BY_NAME
from warehouse.tables import PAGE_FAMILY, Contract, Inputs, Pages, Rejects

Frames = dict[type[Contract], pl.DataFrame]
SHOWN = (
    "CPU a page: file {file:.3f} ms, lake {lake:.3f} ms, ratio {ratio:.2f}; in the worker {staging:.3f} ms, in PostgreSQL {catalog:.3f} ms"
)


def main() -> None:
    """Print medians of batches, and the ratio of their sums."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--batches", type=int, default=8)
    parser.add_argument("--known", type=float, default=0.0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, running_postgres() as server:
        at = Path(folder)
        lake = LakeAddress.of(server.database(), str(at / "store"))
        create_lake(lake)
        read, frames = read_once(at, given.pages)
        with open_loader(at / "home") as con, open_lake_loader(lake, "a" * 16, 10.0) as by_names:
            took = list(in_turns(FileLoader(con, at / "home"), by_names, batches(read, frames, given.batches, given.known), at, lake.store))
            catalog = server.cpu_seconds()
            con.execute("CHECKPOINT")
        tell(took[1:], len(read.fates), catalog / given.batches)  # the first batch warms both


def tell(took: list[tuple[float, float, float]], pages: int, catalog: float) -> None:
    file, lake, staging = (sum(each) * 1000 / pages / len(took) for each in zip(*took, strict=True))
    for name, each in zip(("file", "lake", "staging"), zip(*took, strict=True), strict=True):
        print(f"{name:<8} {[round(seconds * 1000) for seconds in each]} ms a batch, median {statistics.median(each) * 1000:.0f}")
    print(f"batches of {pages} pages")
    print(SHOWN.format(file=file, lake=lake, ratio=lake / file, staging=staging, catalog=catalog * 1000 / pages))


def in_turns(
    file: Loader, lake: Loader, given: Iterable[tuple[PageBatch, StagedBatch, Frames]], at: Path, store: str
) -> Iterator[tuple[float, float, float]]:
    """CPU seconds of each batch: into the file, into the lake, and what the worker takes to put it into the store."""
    for batch, staged, frames in given:
        tables = stage_tables(at / "staged", batch.staging_name, frames)
        clock = time.process_time()
        stored = stage_in_store(store, batch.staging_name, frames, [])
        staging, clock = time.process_time() - clock, time.process_time()
        file.commit(batch, replace(staged, tables=tables))
        by_rows, clock = time.process_time() - clock, time.process_time()
        lake.commit(batch, replace(staged, stored=stored))
        yield by_rows, time.process_time() - clock, staging


def read_once(at: Path, pages: int) -> tuple[StagedBatch, Frames]:
    """A batch of pages, read and judged as a worker does, and its frames."""
    corpus = write_corpus(at / "in", pages, copies if MANIFEST.exists() else copies_of_samples)
    todo = survey(discover([corpus], Tally()), lambda _: {})
    (batch,) = plan_batches(todo.pending, plan, lambda _: {}, run_id="a" * 16, batch_pages=pages)
    read = finish_batch(batch, WorkOrder(at / "home", 60.0, DEFAULT_LIMITS, "bench", tables_to=at / "once"), frozenset())
    frames = {BY_NAME[name]: pl.read_parquet(file) for name, file in read.tables.items()}
    frames = {table: _typed(table, frame) for table, frame in frames.items()}
    frames[Pages] = frames[Pages].with_columns(warc_uri=pl.lit("/shared/in.warc.gz"))  # bytes are another's: rows are compared
    return StagedBatch({}, (), read.fates, datetime.now(UTC), Steps()), frames


def _typed(table: type[Contract], frame: pl.DataFrame) -> pl.DataFrame:
    return frame.cast({name: column.dtype for name, column in table.columns().items()})


def batches(read: StagedBatch, frames: Frames, count: int, known: float) -> Iterator[tuple[PageBatch, StagedBatch, Frames]]:
    """The same rows under other keys, again and again; a share of each batch has the keys that it had in the one before."""
    run_id, pages = secrets.token_hex(8), frames[Pages].get_column("page_id")
    old = set(pages.head(round(len(pages) * known)))
    for number in range(count):
        batch = PageBatch(run_id, number + 1, (), ())

        def key(page_id: str | None, number: int = number) -> str | None:
            return page_id and f"{number - (page_id in old and number > 0):02x}{page_id[2:]}"

        yield (
            batch,
            replace(read, fates=tuple(fate._replace(page_id=key(fate.page_id)) for fate in read.fates)),
            {table: _keyed(table, frame, key, batch, number) for table, frame in frames.items()},
        )


def _keyed(table: type[Contract], frame: pl.DataFrame, key: object, batch: PageBatch, number: int) -> pl.DataFrame:
    own = {Rejects: "reject_id", Inputs: "input_key"}.get(table)
    changed = {name: pl.lit(value) for name, value in (("run_id", batch.run_id), ("batch_id", batch.batch_id)) if name in frame.columns}
    if table in PAGE_FAMILY or table is Rejects:
        changed["page_id"] = pl.col("page_id").map_elements(key, return_dtype=pl.String)  # type: ignore[arg-type]
    if own:
        changed[own] = pl.concat_str(pl.lit(f"{number:02x}"), pl.col(own).str.slice(2))
    return frame.with_columns(**changed)


if __name__ == "__main__":
    main()
