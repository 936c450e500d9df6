"""What fetching costs beside dissecting: CPU of a harvest from loopback, and of reading the pages that it brought.

    uv run python -m tests.bench.harvest_cost --pages 10000

The sites run in a process of their own and are asked without pauses. Fetching is all that a harvest does until its files are whole:
names, robots.txt, sitemaps, links, requests, WARC records and rows. Dissecting is `read_page`, for `--dissected` of the pages, warmed up.
Prints one JSON line; `share` is the CPU of fetching a page by that of dissecting one. Exit code 1 where it is above --most.
"""

import argparse
import json
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import polars as pl

from tasks.harvesting.addresses import AllowedHosts
from tasks.harvesting.captures import pending, place
from tasks.harvesting.fetching import FetchLimits
from tasks.harvesting.harvest import HarvestOrder, harvest
from tasks.harvesting.sources_file import read_sources
from tasks.pages.limits import DEFAULT_LIMITS
from tasks.pages.read_page import read_page
from tasks.raw_store.reading import read_raw
from tasks.sources.page import Page
from tests.bench.chaos.stories import NAMES, NOUNS, PLACES, SENTENCES, headline, story
from tests.harvesting.three_outlets import HOSTS, serving, write_sources


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--dissected", type=int, default=1_000)
    parser.add_argument("--most", type=float, default=0.15)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="broadsheet-harvest-cost-") as folder:
        told = measured(Path(folder), given.pages // len(HOSTS) + 1, given.dissected)
    print(json.dumps({"bench": "harvest_cost"} | told))
    sys.exit(int(told["share"] > given.most))


def measured(folder: Path, stories: int, dissected: int) -> dict[str, float]:
    """CPU milliseconds a page of fetching and of dissecting, and their quotient."""
    parent, child = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=_serve, args=(child, folder, stories), daemon=True)
    server.start()
    order = HarvestOrder(
        folder, "0" * 16, read_sources(Path(parent.recv())), {}, FetchLimits(60.0, 2**24),
        AllowedHosts.read([f"{host}={address}" for host, address in HOSTS.items()]),
    )  # fmt: skip
    clock, began = time.process_time(), time.monotonic()
    tally = harvest(order, lambda: False, lambda _tally: None)
    fetching, seconds = time.process_time() - clock, time.monotonic() - began
    server.terminate()
    pages, count = list(_fetched(folder, dissected)), tally.outcomes["new"]
    for page in pages[:20]:
        read_page(page, DEFAULT_LIMITS)
    clock = time.process_time()
    for page in pages:
        read_page(page, DEFAULT_LIMITS)
    dissecting = (time.process_time() - clock) / len(pages)
    return {
        "fetched": count, "fetch_ms": round(1000 * fetching / count, 3), "dissect_ms": round(1000 * dissecting, 3),
        "share": round(fetching / count / dissecting, 4), "requests_a_second": round(tally.requests / seconds, 1),
        "page_bytes": round(sum(len(page.body) for page in pages) / len(pages)),
    }  # fmt: skip


def as_printed(number: int) -> str:
    """A story of the size that pages of news have: 40 paragraphs, a menu, lists of other stories, and a script."""
    dice, (head, _, tail) = random.Random(number), story(number).partition("</article>")
    menu = "".join(f'<li><a href="/sections/{n}">Section {n}</a></li>' for n in range(60))
    more = "".join(f"<p>{' '.join(_sentence(dice) for _ in range(4))}</p>" for _ in range(33))
    lists = "".join(_list(label, dice) for label in ("Most read", "Latest", "More from the region", "Recommended"))
    script = f"<script>window.state={json.dumps([dice.random() for _ in range(3000)])}</script>"
    return head.replace("<body>", f"<body><nav><ul>{menu}</ul></nav>") + more + "</article>" + lists + script + tail


def _sentence(dice: random.Random) -> str:
    noun, place, name = dice.choice(NOUNS), dice.choice(PLACES), dice.choice(NAMES)
    return dice.choice(SENTENCES).format(noun=noun, verb="moves", place=place, name=name, count=dice.randint(2, 90))


def _list(label: str, dice: random.Random) -> str:
    items = "".join(
        f'<li><a href="/stories/{n}"><img src="/p/{n}.jpg" alt=""><span>{headline(n)}, the council hears</span></a>'
        f"<time>{n % 12} March</time></li>"
        for n in dice.sample(range(10_000), 12)
    )
    return f"<section><h3>{label}</h3><ul>{items}</ul></section>"


def _serve(told: Connection, folder: Path, stories: int) -> None:
    with serving(stories, as_printed) as site:
        site.keeps_hits = False
        path = write_sources(site, folder)
        path.write_text(path.read_text("utf-8").replace("seconds_between", f"most_pages = {stories + 9}\nseconds_between"), "utf-8")
        told.send(str(path))
        time.sleep(3600)


def _fetched(home: Path, count: int) -> Iterator[Page]:
    found = pending(home)
    for each in found:
        place(each)
    rows = pl.concat([pl.read_parquet(each.rows) for each in found]).filter(pl.col("kind") == "page", pl.col("outcome") == "new")
    for uri, offset in rows.select("warc_uri", "warc_offset").gather_every(max(1, rows.height // count)).iter_rows():
        yield read_raw(home, uri, offset)


if __name__ == "__main__":
    main()
