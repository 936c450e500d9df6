"""A large warehouse, generated: what storage, search, marts and readers are measured on.

    uv run python -m tests.bench.analysts_home FOLDER --articles 100000

Texts are clauses of the real pages' gold, recombined, each article with a name of its own, so that no two are alike: half Chinese, three in
ten of those in Traditional characters, then English, German, Japanese, Korean and Arabic. Eight rows of evidence stand beside each
article, and ten listing items: six on its own page (what is hot, and older related stories), four on the front page that each site shows
after every five articles, its newest stories. A tenth of what is related was never captured. Rows keep their contracts and are written
straight into the loader's file, a block of articles at a time, as batches are.
"""

import argparse
import base64
import hashlib
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from tests.bench.made_up_sites import Sites
from warehouse.connection import Connection, open_loader
from warehouse.snapshot import publish_snapshot
from warehouse.tables import Articles, Contract, Evidence, ListingItems, Pages
from warehouse.tables.contract import polars_schema

BLOCK = 2_000
FIELDS = ("title", "body", "published_at", "modified_at", "section", "tags", "lang", "authors")
SIZES = """
SELECT used_blocks * block_size / 1e6 AS used_mb, free_blocks / total_blocks AS free_share FROM pragma_database_size()
WHERE database_name = current_database()
"""


def main() -> None:
    """Generate, publish and print the sizes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=100_000)
    given = parser.parse_args()
    began = time.process_time()
    with open_loader(given.folder) as con:
        generate(con, given.articles)
        print(f"{given.articles} articles generated, {time.process_time() - began:.0f} s of CPU")
        began = time.process_time()
        path = publish_snapshot(con, given.folder)
        print(f"published, {time.process_time() - began:.1f} s of CPU, {path.stat().st_size / 1e6:.0f} MB")
        print(con.execute(SIZES).fetchall())


def generate(con: Connection, count: int) -> None:
    """Write `count` articles with what stands beside them."""
    site = Sites(np.random.default_rng(7))
    for first in range(0, count, BLOCK):
        rows = [row for number in range(first, min(count, first + BLOCK)) for row in site.page(number, count)]
        for contract, frame in _frames(rows).items():
            con.register("block", frame.to_arrow())
            con.execute(f"INSERT INTO {contract.TABLE} BY NAME SELECT * FROM block")
            con.unregister("block")


def _frames(rows: Sequence[Mapping[str, Any]]) -> dict[type[Contract], pl.DataFrame]:
    pages = [
        {
            "page_id": row["page_id"], "url": row["url"], "url_source": "sidecar", "host": row["host"], "observed_at": row["observed_at"],
            "observed_source": "sidecar", "digest": digest_of(row["url"]), "byte_count": 90_000, "charset": "utf-8",
            "charset_source": "utf8", "source_kind": "html_folder", "source_offset": 0, "warc_uri": "raw/one.warc.gz", "warc_offset": 0,
            "source_uri": f"{row['page_id']}.html", "run_id": "0" * 16,
        }
        for row in rows
    ]  # fmt: skip
    articles = [
        {
            **row, "tags": ["politics", "economy"], "published_zone": "UTC", "published_precision": "minute", "published_source": "json_ld",
            "char_count": len(row["body"]), "paragraph_count": row["body"].count("\n") + 1, "text_fingerprint": row["page_id"],
            "quality_flags": [], "run_id": "0" * 16, "repair_count": 0, "lost_count": 0, "is_cloaked": False,
        }
        for row in rows if row["title"]
    ]  # fmt: skip
    items = [
        {
            "page_id": row["page_id"], "listing_number": number, "position": place, "kind": kind, "label": label, "headline": story.title,
            "headline_folded": story.folded, "url": story.url, "rank": place if kind == "hot" else None,
            "observed_at": row["observed_at"], "run_id": "0" * 16,
        }
        for row in rows
        for number, ((kind, label), stories) in enumerate(row["listed"], 1)
        for place, story in enumerate(stories, 1)
    ]  # fmt: skip
    evidence = [
        {
            "page_id": row["page_id"], "field": field, "value": row["title"] or "front_page", "source": "h1",
            "reason": "printed above the text", "candidates": [], "extractor": "0" * 16, "run_id": "0" * 16,
        }
        for row in rows
        for field in (FIELDS if row["title"] else ("page_kind",))
    ]  # fmt: skip
    made = {Pages: pages, Articles: articles, ListingItems: items, Evidence: evidence}
    return {contract: _frame(contract, made[contract]) for contract in made}


def _frame(contract: type[Contract], rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """Columns that the rows have, with the contract's types; the others stay null in the table."""
    schema = {name: dtype for name, dtype in polars_schema(contract).items() if name in rows[0]}
    return pl.DataFrame([{name: row[name] for name in schema} for row in rows], schema=schema)


def digest_of(text: str) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(text.encode()).digest()).decode()


if __name__ == "__main__":
    main()
