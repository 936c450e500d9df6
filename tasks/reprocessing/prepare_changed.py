"""Terms and fingerprints of the articles that a proposal would change, so that taking it over need not compute them."""

from pathlib import Path

import polars as pl

from tasks.reprocessing import proposal
from tasks.staging.prepare import prepare_articles
from tasks.staging.stage_tables import stage_frame
from warehouse.tables import Articles

MOST = 20_000  # articles: 40 s of one core. What comes behind them is computed of its rows when it is taken over
AT_ONCE = 2_000  # in a file, since the index reads a file at a time


def prepare_changed(home: Path) -> None:
    """Write files of warehouse.prepared beside the proposal's. Raises StorageFailed."""
    files = proposal.files_of(home).get(Articles.TABLE)
    if not files:
        return
    differing = pl.scan_parquet(proposal.differing_file(home)).filter(pl.col("table_name") == Articles.TABLE)
    texts = pl.scan_parquet(list(files)).select("page_id", "title_folded", "body_folded")
    changed = texts.join(differing, on="page_id", how="semi").head(MOST).collect()
    for number, rows in enumerate(changed.iter_slices(AT_ONCE)):
        stage_frame(proposal.folder_of(home) / f"{number}.prepared.parquet", prepare_articles(rows))
