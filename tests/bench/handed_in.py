"""Batches of which every row and byte is of real pages that were read once, under keys, addresses and texts of their own."""

import base64
import hashlib
import json
import random
import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import polars as pl

from tasks.planning.batches import PageBatch
from tasks.raw_store.staging import NOT_PLACED, StagedRecord
from tasks.raw_store.staging_folder import staging_folder
from tasks.shaping.ledger import shape_inputs
from tasks.sources.page import Unreadable
from tasks.staging.prepare import prepare_articles
from tasks.staging.stage_tables import stage_frame, stage_tables
from tasks.staging.staged_batch import PageFate, StagedBatch, StagedFile, Steps
from tasks.workers.dissected_batch import DissectedBatch
from tasks.workers.order import WorkOrder
from tasks.workers.work import Documented, Known
from tests.bench.corpus import words_in_another_order
from tests.bench.lake_cost import Frames, read_once
from tests.bench.long_load import ONCE
from warehouse.tables import PAGE_FAMILY, Articles, Inputs

READ = 217  # pages that are read once
NAMED = dict.fromkeys(("page_id", "key", "mark"), pl.String)


def read_pages(once: Path) -> None:
    """Read some pages, and leave their rows, bytes and fates where workers find them."""
    if once.exists():
        return
    with tempfile.TemporaryDirectory(prefix="broadsheet-read-") as folder:
        staged, frames = read_once(Path(folder), READ)
        once.mkdir(parents=True)
        for table in PAGE_FAMILY:
            if table in frames:
                frames[table].write_parquet(once / f"{table.TABLE}.parquet")
        (once / "fates.json").write_text(json.dumps([fate for fate in staged.fates if fate.page_id]))
        (once / "bytes").write_bytes(b"".join(path.read_bytes() for path in staging_folder(Path(folder) / "home").glob("*.warc.gz")))


@cache
def read_before(once: Path) -> tuple[list[PageFate], Frames, bytes]:
    """In a worker: what was left there, once in its life."""
    found = {table: once / f"{table.TABLE}.parquet" for table in PAGE_FAMILY}
    fates = [PageFate(*each) for each in json.loads((once / "fates.json").read_text())]
    return fates, {table: pl.read_parquet(path) for table, path in found.items() if path.exists()}, (once / "bytes").read_bytes()


def handed_in(batch: PageBatch, order: WorkOrder, _documented: Documented, _known: Known) -> StagedBatch:
    """In a worker: as many rows and bytes as if the pages of the batch had been read."""
    began, assigned = datetime.now(UTC), []
    fates, read, content = read_before((order.home / ONCE).resolve())
    for place, piece in enumerate(batch.pieces):
        assert not isinstance(piece, Unreadable)
        fate, key = fates[place % len(fates)], hashlib.sha256(f"{piece.path}:{piece.offset}".encode()).hexdigest()[:16]
        assigned.append((fate.page_id, key, fate.reason, f"sha1:{base64.b32encode(hashlib.sha1(key.encode()).digest()).decode()}"))
    keys = pl.DataFrame([(*each[:2], each[3]) for each in assigned], schema=NAMED, orient="row")
    frames = {table: _keyed(frame, keys, batch.run_id) for table, frame in read.items()}
    frames[Inputs] = shape_inputs(DissectedBatch(batch, []))
    packed = staging_folder(order.home) / f"{batch.staging_name}.warc.gz"
    packed.parent.mkdir(parents=True, exist_ok=True)
    packed.write_bytes(content * (len(batch.pieces) // READ + 1))
    each = len(content) // READ
    records = tuple(StagedRecord(place * each, each, mark) for place, (*_, mark) in enumerate(assigned))
    pages = tuple(PageFate(key, reason) for _, key, reason, _ in assigned)
    tables = stage_tables(order.tables_folder, batch.staging_name, frames)
    prepared = stage_frame(order.tables_folder / f"{batch.staging_name}.prepared.parquet", prepare_articles(frames[Articles]))
    return StagedBatch(tables, (StagedFile(packed, records),), pages, began, Steps(), prepared=prepared)


def in_another_order(row: dict[str, str]) -> str:
    return words_in_another_order(row["body_folded"], random.Random(row["key"]))


def _keyed(frame: pl.DataFrame, keys: pl.DataFrame, run_id: str) -> pl.DataFrame:
    keyed = frame.join(keys, on="page_id", how="inner", maintain_order="right").with_columns(page_id="key", run_id=pl.lit(run_id))
    if "digest" in frame.columns:
        host = pl.concat_str(pl.lit("copy"), "key", pl.lit(".example"))
        url = pl.concat_str(pl.lit("https://"), host, pl.lit("/story"))
        keyed = keyed.with_columns(digest="mark", url=url, host=host, warc_uri=pl.lit(NOT_PLACED))
    if "body_folded" in frame.columns:
        shuffled = pl.struct("key", "body_folded").map_elements(in_another_order, return_dtype=pl.String)
        keyed = keyed.with_columns(body_folded=shuffled, text_fingerprint="key")
    return keyed.select(frame.columns)
