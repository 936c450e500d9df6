"""A large warehouse, generated: what storage, search, marts and readers are measured on.

    uv run python -m tests.bench.analysts_home FOLDER --articles 100000

Texts are clauses of the real pages' gold, recombined, each article with a name of its own, so that no two are alike: half Chinese, three in
ten of those in Traditional characters, then English, German, Japanese, Korean and Arabic. Ten listing items and eight rows of evidence
stand beside each article. Rows keep their contracts and are written straight into the loader's file, a block of articles at a time, as
batches are.
"""

import argparse
import base64
import hashlib
import json
import re
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from tasks.restoration.characters.scripts import traditional
from tests.bench.corpus import SHARED
from warehouse.connection import Connection, open_loader
from warehouse.search.fold import fold
from warehouse.snapshot import publish_snapshot
from warehouse.tables import Articles, Contract, Evidence, ListingItems, Pages
from warehouse.tables.contract import polars_schema

SHARES = {"zh": 0.52, "en": 0.20, "de": 0.12, "ja": 0.08, "ko": 0.04, "ar": 0.04}
TRADITIONAL = 0.3  # of the Chinese ones
LETTERS = {"zh": 1100, "ja": 1100, "ko": 1300}  # characters of a body; of other languages OTHER
OTHER = 2600
CLAUSE_END = re.compile(r"(?<=[。！？；])|(?<=[.!?])\s+|\n+")
BLOCK = 2_000
HOSTS = 40
ITEMS = 10
FIELDS = ("title", "body", "published_at", "modified_at", "section", "tags", "lang", "authors")
BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
DAYS = 1_000


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
        print(con.execute("SELECT used_blocks, free_blocks FROM pragma_database_size() LIMIT 1").fetchall())


def generate(con: Connection, count: int) -> None:
    """Write `count` articles with what stands beside them."""
    texts = Texts(np.random.default_rng(7))
    for first in range(0, count, BLOCK):
        numbers = range(first, min(count, first + BLOCK))
        rows = [texts.article(number) for number in numbers]
        for contract, frame in _frames(rows, texts).items():
            con.register("block", frame.to_arrow())
            con.execute(f"INSERT INTO {contract.TABLE} BY NAME SELECT * FROM block")
            con.unregister("block")


class Texts:
    """Clauses by language, and articles made of them."""

    def __init__(self, rng: np.random.Generator) -> None:
        """Raises FileNotFoundError where the real pages are not at hand."""
        self._rng = rng
        self._clauses = _clauses()
        self.titles: list[tuple[str, str]] = []  # with their folds

    def article(self, number: int) -> dict[str, Any]:
        """One row, its title among those that listings may show from now on."""
        rng = self._rng
        lang = str(rng.choice(list(SHARES), p=list(SHARES.values())))
        clauses = self._clauses[lang]
        name = name_of(number, lang)
        title = _cut(clauses[rng.integers(len(clauses))], 60) + name
        length, parts = 0, [name]
        while length < LETTERS.get(lang, OTHER):
            parts.append(clauses[rng.integers(len(clauses))])
            length += len(parts[-1])
        space = "" if lang in ("zh", "ja") else " "
        body = "\n".join(space.join(parts[at : at + 4]) for at in range(0, len(parts), 4))
        if lang == "zh" and rng.random() < TRADITIONAL:
            title, body = (("".join(map(traditional, text))) for text in (title, body))
        folds = fold(title), fold(body)
        self.titles.append((title, folds[0]))
        at = BEGIN + timedelta(minutes=int(rng.integers(DAYS * 1440)))
        host = f"outlet{int(rng.integers(HOSTS)):02d}.example"
        return {
            "page_id": _hex(f"page {number}"), "title": title, "body": body, "lang": lang, "title_folded": folds[0],
            "body_folded": folds[1],
            "published_at": at, "host": host, "url": f"https://{host}/{at:%Y/%m/%d}/{number}.html", "observed_at": at + timedelta(hours=3),
        }  # fmt: skip

    def some_titles(self, count: int) -> list[tuple[str, str]]:
        return [self.titles[place] for place in self._rng.integers(len(self.titles), size=count)]


def name_of(number: int, lang: str) -> str:
    """The name that only article `number` has: four letters of the language, by its number."""
    first, many = {"zh": (0x4E00, 9000), "ja": (0x30A2, 70), "ko": (0xAC00, 9000), "ar": (0x0628, 18)}.get(lang, (ord("a"), 26))
    length = 4 if many > 1000 else 8
    digits = []
    value = number * 2_654_435_761 % 2**32
    for _ in range(length):
        value, digit = divmod(value, many)
        digits.append(chr(first + digit))
    return " " + "".join(digits)


def _clauses() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for folder in ("pages", "pages2"):
        for row in map(json.loads, (SHARED / folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()):
            if row.get("lang") in SHARES:
                found[row["lang"]] += [
                    clause.strip() for clause in CLAUSE_END.split(row.get("body") or "") if 8 <= len(clause.strip()) <= 300
                ]
    return found


def _frames(rows: Sequence[Mapping[str, Any]], texts: Texts) -> dict[type[Contract], pl.DataFrame]:
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
        for row in rows
    ]  # fmt: skip
    items = [
        {
            "page_id": row["page_id"], "listing_number": 1, "position": place + 1, "kind": "hot", "label": "Most read", "headline": title,
            "headline_folded": fold, "url": f"https://{row['host']}/{_hex(title)}.html", "rank": place + 1,
            "observed_at": row["observed_at"], "run_id": "0" * 16,
        }
        for row in rows
        for place, (title, fold) in enumerate(texts.some_titles(ITEMS))
    ]  # fmt: skip
    evidence = [
        {
            "page_id": row["page_id"], "field": field, "value": row["title"], "source": "h1", "reason": "printed above the text",
            "candidates": [], "extractor": "0" * 16, "run_id": "0" * 16,
        }
        for row in rows
        for field in FIELDS
    ]  # fmt: skip
    made = {Pages: pages, Articles: articles, ListingItems: items, Evidence: evidence}
    return {contract: _frame(contract, made[contract]) for contract in made}


def _frame(contract: type[Contract], rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """Columns that the rows have, with the contract's types; the others stay null in the table."""
    schema = {name: dtype for name, dtype in polars_schema(contract).items() if name in rows[0]}
    return pl.DataFrame([{name: row[name] for name in schema} for row in rows], schema=schema)


def _cut(text: str, most: int) -> str:
    return text[:most].rstrip()


def digest_of(text: str) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(text.encode()).digest()).decode()


def _hex(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


if __name__ == "__main__":
    main()
