"""A warehouse of as many articles as wanted, of words by chance: what tests.bench.copies_cost relates.

Half are in English, half in Chinese, on SITES sites with a foot of their own each. One in ten is a copy of an earlier one: a mirror, a cut
text under another headline, one with misread letters, or a passage in another story. Letters are those that folding leaves as they are,
and `body` has the beginning alone, since only `body_folded` is compared: so a million cost minutes, not an hour.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl

from warehouse.connection import Connection, open_loader
from warehouse.search.fold import fold

AT_ONCE = 5_000  # articles of a file of rows
SITES, WORDS, HANZI = 400, 30_000, 3_500
COPIED = 0.1
ENGLISH_WORDS, CHINESE_LETTERS = 400, 1_000
REMEMBERED, NEWEST = 2_000, 1_600  # articles that copies are made of: of those before, and of the last file
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DIGEST = "'sha1:' || upper(translate(left(sha1(url), 32), '0189', 'ghij'))"  # in letters of base 32
ROWS = f"""
INSERT INTO raw.pages BY NAME
SELECT left(sha1(url), 16) AS page_id, url, 'sidecar' AS url_source, regexp_extract(url, '://(?:www\\.)?([^/]+)', 1) AS host, observed_at,
    'sidecar' AS observed_source, {DIGEST} AS digest, 1 AS byte_count, 'html_folder' AS source_kind, left(sha1(url), 16) AS source_uri,
    0 AS source_offset, 'raw/one.warc.gz' AS warc_uri, 0 AS warc_offset, repeat('0', 16) AS run_id FROM '{{0}}';
INSERT INTO core.articles BY NAME
SELECT left(sha1(url), 16) AS page_id, left(body, 40) AS title, left(body, 40) AS body, body AS body_folded, lang, site_name, [] AS tags,
    published_at, 'minute' AS published_precision, length(body) AS char_count, 2 AS paragraph_count,
    left(sha1(regexp_replace(body, '[^\\pL\\pN]', '', 'g')), 16) AS text_fingerprint, [] AS quality_flags, false AS is_cloaked,
    repeat('0', 16) AS run_id FROM '{{0}}'
"""


class Generated(NamedTuple):
    """One article."""

    url: str
    body: str
    lang: str
    published_at: datetime
    observed_at: datetime
    site_name: str | None


class Words:
    """Texts by chance."""

    def __init__(self, dice: np.random.Generator) -> None:
        self.dice = dice
        letters = np.array(list("aaabcdeeeefghiijklmnoooprssttuvw"))
        self.words = ["".join(dice.choice(letters, dice.integers(2, 10))) for _ in range(WORDS)]
        self.hanzi = np.array([code for code in range(0x4E00, 0x9FA0) if fold(chr(code)) == chr(code)], dtype="<u4")[:HANZI]
        self.feet = [self.text(site % 2 == 0, 0.1) for site in range(SITES)]

    def text(self, is_chinese: bool, share: float) -> str:
        """A `share` of an article."""
        if is_chinese:
            return self.hanzi[self.dice.integers(HANZI, size=int(share * CHINESE_LETTERS))].tobytes().decode("utf-32-le")
        return " ".join(map(self.words.__getitem__, self.dice.integers(WORDS, size=int(share * ENGLISH_WORDS)).tolist()))

    def original(self, number: int) -> Generated:
        """An article of its own."""
        site = int(self.dice.integers(SITES))
        at = NOON + timedelta(minutes=number)
        body = f"{self.text(site % 2 == 0, self.dice.uniform(0.6, 1.4))}\n{self.feet[site]}"
        url = f"https://www.outlet{site}.example/{site}/{at:%Y_%m_%d}_{number:07d}.shtml"
        return Generated(url, body, "zh" if site % 2 == 0 else "en", at, at + timedelta(hours=1), f"Outlet {site}")

    def copy(self, number: int, of: Generated) -> Generated:
        """One of another."""
        host, later = f"https://copy{number}.example", of.observed_at + timedelta(days=30)
        kind = int(self.dice.integers(4))
        before = self.text(of.lang == "zh", 0.05 if kind else 1)
        if kind == 0:
            body = before + of.body[len(of.body) // 4 : len(of.body) // 2] + before
        elif kind == 1:
            body = of.body
        elif kind == 2:
            body = before + of.body[: round(0.8 * len(of.body))]
        else:
            body = _misread(of.body, self.dice)
        path = of.url.partition(".example")[2] if kind == 1 else f"/p/{number}-some-words-here"
        return Generated(host + path, body, of.lang, later, later, None)


def _misread(text: str, dice: np.random.Generator) -> str:
    codes = np.frombuffer(text.encode("utf-32-le"), dtype="<u4").copy()
    codes[dice.integers(25, size=len(codes)) == 0] = ord("x")
    return codes.tobytes().decode("utf-32-le")


def generate(folder: Path, count: int) -> None:
    """The warehouse, with nothing beside it."""
    words = Words(np.random.default_rng(11))
    known: list[Generated] = []
    with open_loader(folder) as con:
        con.execute("SET memory_limit = '1GB'")
        for first in range(0, count, AT_ONCE):
            rows: list[Generated] = []
            for number in range(first, min(count, first + AT_ONCE)):
                is_copy = bool(known) and words.dice.random() < COPIED
                rows.append(words.copy(number, known[words.dice.integers(len(known))]) if is_copy else words.original(number))
            _load(con, folder / "rows.parquet", rows)
            known = [*known[-REMEMBERED:], *rows[:: AT_ONCE // NEWEST]]


def _load(con: Connection, path: Path, rows: list[Generated]) -> None:
    pl.DataFrame(rows, schema=Generated._fields, orient="row").write_parquet(path, compression="lz4")
    con.execute(ROWS.format(path))
    path.unlink()
