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
import json
import re
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

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
EVERY = 5  # articles of a site, between two front pages
FRONT, HOT, RELATED = 20, 3, 3  # items of a front page, and of the listings of an article
UNCAPTURED = 0.1  # of what is related
FIELDS = ("title", "body", "published_at", "modified_at", "section", "tags", "lang", "authors")
HOT_LIST, RELATED_LIST, LATEST_LIST = ("hot", "Most read"), ("related", "Related"), ("latest", "Latest")
SIZES = """
SELECT used_blocks * block_size / 1e6 AS used_mb, free_blocks / total_blocks AS free_share FROM pragma_database_size()
WHERE database_name = current_database()
"""
BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
DAYS = 1_000


class Story(NamedTuple):
    """What an item of a listing shows, and where it leads."""

    title: str
    folded: str
    url: str


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


class Sites:
    """Sites that publish, one article after the other, and what their pages list."""

    def __init__(self, rng: np.random.Generator) -> None:
        """Raises FileNotFoundError where the real pages are not at hand."""
        self._rng = rng
        self._clauses = _clauses()
        self._stories: dict[str, list[Story]] = defaultdict(list)  # by host, the newest last

    def page(self, number: int, count: int) -> Iterator[dict[str, Any]]:
        """An article of `count`, and where it is time the front page of its site behind it."""
        rng = self._rng
        at = BEGIN + timedelta(minutes=(number * DAYS * 1440) // count + int(rng.integers(30)))
        host = f"outlet{int(rng.integers(HOSTS)):02d}.example"
        url = f"https://{host}/{at:%Y/%m/%d}/{number}.html"
        known = self._stories[host]
        listed = [(HOT_LIST, self._hot(known)), (RELATED_LIST, self._related(known, host))]
        text = self._text(number)
        known.append(Story(text["title"], text["title_folded"], url))
        seen = at + timedelta(hours=3)
        yield {"page_id": _hex(f"page {number}"), "published_at": at, "host": host, "url": url, "observed_at": seen, **text,
               "listed": listed}  # fmt: skip
        if len(known) % EVERY == 0:
            newest = known[: -FRONT - 1 : -1]
            yield {"page_id": _hex(f"front {number}"), "host": host, "url": f"https://{host}/", "observed_at": seen, "title": None,
                   "listed": [(LATEST_LIST, newest)]}  # fmt: skip

    def _text(self, number: int) -> dict[str, str]:
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
        return {"title": title, "body": body, "lang": lang, "title_folded": fold(title), "body_folded": fold(body)}

    def _hot(self, known: Sequence[Story]) -> list[Story]:
        """Some of the newest."""
        drawn = self._rng.choice(min(len(known), 3 * FRONT), size=min(len(known), HOT), replace=False)
        return [known[-1 - place] for place in sorted(drawn)]

    def _related(self, known: Sequence[Story], host: str) -> list[Story]:
        """Any that there are, or were before anybody looked."""
        rng = self._rng
        chosen = [known[place] for place in rng.integers(len(known), size=RELATED)] if known else []
        return [
            story
            if rng.random() >= UNCAPTURED
            else Story(f"{story.title}!", f"{story.folded}!", f"https://{host}/before/{_hex(story.url)}")
            for story in chosen
        ]


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


def _cut(text: str, most: int) -> str:
    return text[:most].rstrip()


def digest_of(text: str) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(text.encode()).digest()).decode()


def _hex(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


if __name__ == "__main__":
    main()
