"""What relating a large warehouse costs: CPU time and memory, all at once and ten thousand more.

    uv run python -m tests.bench.copies_cost FOLDER [--articles 100000] [--added 10000]

FOLDER gets a warehouse, unless it has one: half of its articles in English, half in Chinese, of words by chance, on 400 sites with a foot
of their own each. One in ten is a copy of an earlier one: a mirror, a cut text under another headline, one with misread letters, or a
passage in another story. A home that tests.bench.analysts_home made of recombined clauses, where nearly every article quotes others, may
be given in its place. The last `--added` articles are taken out first and put back later.
"""

import argparse
import resource
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tasks.relation.relate import relate
from tests.relation.articles import NOON, Given, load
from warehouse.connection import Connection, open_loader
from warehouse.relating.index_file import INDEX_FILE

RUN = "a" * 16
BLOCK = 5_000
SITES, WORDS, HANZI = 400, 30_000, 3_500
COPIED = 0.1
ENGLISH_WORDS, CHINESE_LETTERS = 400, 1_000
REMEMBERED = 2_000  # originals that copies are made of, besides the newest block's


def main() -> None:
    """Relate, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--added", type=int, default=10_000)
    given = parser.parse_args()
    if not (given.home / "loader" / "warehouse.duckdb").exists():
        _elsewhere(generate, given.home, given.articles)
    with tempfile.TemporaryDirectory(dir=given.home.parent) as folder:
        home = Path(folder)
        (home / "loader").mkdir()
        shutil.copy(given.home / "loader" / "warehouse.duckdb", home / "loader")
        _elsewhere(take_out, home, given.added)
        with open_loader(home) as con:
            first = measured(con, home)
            con.execute(f"INSERT INTO core.articles BY NAME FROM '{home}/late.parquet'; CHECKPOINT")
            more = measured(con, home)
            copies = con.execute("SELECT relation, count(*) FROM core.copies GROUP BY ALL").fetchall()
        size = (home / INDEX_FILE).stat().st_size / 1e6
    print(f"adding {given.added} costs {more / first:.1%} of the first; index {size:.0f} MB; {copies}")


def _elsewhere(function: Callable[[Path, int], None], home: Path, count: int) -> None:
    """In a process of its own, whose memory is not measured."""
    process = get_context("spawn").Process(target=function, args=(home, count))
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(process.exitcode)


def take_out(home: Path, count: int) -> None:
    """The last articles, into a file."""
    with open_loader(home) as con:
        con.execute("SET memory_limit = '2GB'")
        late = f"FROM core.articles WHERE rowid > (SELECT max(rowid) FROM core.articles) - {count}"
        con.execute(f"COPY ({late}) TO '{home}/late.parquet'; DELETE {late}")


def measured(con: Connection, home: Path) -> float:
    """Seconds of CPU."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began = time.process_time()
    done = relate(con, home, RUN)
    seconds, peak = time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    each = 1e6 * seconds / max(done.articles, 1)
    print(f"{done.line()}: {seconds:.1f} s of CPU, {each:.0f} us an article, peak {peak:.0f} MB, {before:.0f} MB before", flush=True)
    return seconds


def generate(folder: Path, count: int) -> None:
    """A warehouse of so many articles, with nothing beside them."""
    dice = np.random.default_rng(11)
    words, hanzi = _words(dice), np.array([chr(0x4E00 + 5 * at) for at in range(HANZI)])
    feet = [" ".join(dice.choice(words, 40)) if site % 2 else "".join(dice.choice(hanzi, 120)) for site in range(SITES)]
    known: list[Given] = []
    with open_loader(folder) as con:
        for first in range(0, count, BLOCK):
            block: list[Given] = []
            for number in range(first, min(count, first + BLOCK)):
                if known and dice.random() < COPIED:
                    block.append(_copy(number, known[dice.integers(len(known))], words, hanzi, dice))
                else:
                    block.append(_original(number, feet, words, hanzi, dice))
            load(con, block)
            known = [*known[-REMEMBERED:], *block[::3]]


def _words(dice: np.random.Generator) -> NDArray[np.str_]:
    letters = np.array(list("aaabcdeeeefghiijklmnoooprssttuvw"))
    return np.array(["".join(dice.choice(letters, dice.integers(2, 10))) for _ in range(WORDS)])


def _text(is_chinese: bool, share: float, words: NDArray[np.str_], hanzi: NDArray[np.str_], dice: np.random.Generator) -> str:
    if is_chinese:
        return "".join(dice.choice(hanzi, int(share * CHINESE_LETTERS)))
    return " ".join(dice.choice(words, int(share * ENGLISH_WORDS)))


def _original(number: int, feet: list[str], words: NDArray[np.str_], hanzi: NDArray[np.str_], dice: np.random.Generator) -> Given:
    site = int(dice.integers(SITES))
    at = NOON + timedelta(minutes=number)
    is_chinese = site % 2 == 0
    body = f"{_text(is_chinese, dice.uniform(0.6, 1.4), words, hanzi, dice)}\n{feet[site]}"
    url = f"https://www.outlet{site}.example/{site}/{at:%Y_%m_%d}_{number:07d}.shtml"
    return Given(url, body, "zh" if is_chinese else "en", at, observed=at + timedelta(hours=1), site_name=f"Outlet {site}")


def _copy(number: int, of: Given, words: NDArray[np.str_], hanzi: NDArray[np.str_], dice: np.random.Generator) -> Given:
    host, later = f"https://copy{number}.example", of.observed + timedelta(days=30)
    mirrored, own = of.url.partition(".example")[2], f"/p/{number}-some-words-here"
    kind = int(dice.integers(4))
    before = _text(of.lang == "zh", 0.05 if kind else 1, words, hanzi, dice)
    bodies = (
        before + of.body[len(of.body) // 4 : len(of.body) // 2] + before,
        of.body,
        before + of.body[: round(0.8 * len(of.body))],
        "".join(letter if dice_of != 0 else "x" for letter, dice_of in zip(of.body, dice.integers(25, size=len(of.body)), strict=True)),
    )
    return Given(host + (mirrored if kind == 1 else own), bodies[kind], of.lang, later, observed=later)


if __name__ == "__main__":
    main()
