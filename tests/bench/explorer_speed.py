"""The explorer of a home: how soon it is up, how large its views are, how long they take, and how soon a browser paints them.

    uv run python -m tests.bench.explorer_speed HOME [--rounds 5] [--shots FOLDER]

Starting is measured in turn with `broadsheet sql "SELECT 1"`: until the first page is whole. Paints need chromium and chromedriver.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote

from tests.bench.processes import run_measured
from tests.conftest import PROGRAM
from tests.explorer.site import Site, exploring
from tests.flows.browser import chromium
from tests.flows.served import free_port
from warehouse.ask import ask

BARS = {"up": 2.0, "paint_ms": 1_000, "bytes": 60_000}
PAINT = "return performance.getEntriesByName('first-contentful-paint').map(entry => entry.startTime)[0] ?? -1"
PAGE = "SELECT page_id, p.host FROM core.articles AS a JOIN raw.pages AS p USING (page_id) ORDER BY repair_count DESC, page_id LIMIT 1"
BUSIEST = "SELECT p.host FROM core.listing_items JOIN raw.pages AS p USING (page_id) GROUP BY ALL ORDER BY count(*) DESC, p.host LIMIT 1"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--shots", type=Path, help="Folder for a screenshot of each view.")
    given = parser.parse_args()
    _starting(given.home, given.rounds)
    with exploring(given.home) as site:
        _views(site, views_of(given.home), given.shots)


def views_of(home: Path) -> list[str]:
    """Every view, of the page with most repairs and the host with most listings."""
    (page, _), host = ask(home, PAGE).rows[0], ask(home, BUSIEST).rows[0][0]
    parts = [f"article?page={page}&part={part}" for part in ("text", "evidence", "repairs", "people", "around", "versions")]
    words = [f"search?query={quote('ferry OR 疫情')}&part={part}" for part in ("articles", "headlines", "attention", "terms")]
    sites = [f"site?host={host}&part={part}" for part in ("listings", "front", "headlines", "articles")]
    rest = ["site", "topics", "outlets", "damage", "rejects", "checks", "sql?query=FROM+core.articles&table=core.articles"]
    return ["", *words, *parts, *sites, *rest]


def _starting(home: Path, rounds: int) -> None:
    pairs = [(_until_up(home), run_measured([PROGRAM, "sql", "SELECT 1", "--home", str(home)]).wall_seconds) for _ in range(rounds)]
    up, asked = (statistics.median(pair[side] for pair in pairs) for side in (0, 1))
    print(f"up {up:.2f} s, broadsheet sql {asked:.2f} s, ratio {up / asked:.2f} (bar {BARS['up']:g})")


def _until_up(home: Path) -> float:
    """Seconds until its first page is whole."""
    port, began = free_port(), time.monotonic()
    command = [sys.executable, "-m", "flows.cli", "explore", "--home", str(home), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as said:
                    said.read()
                break
            except urllib.error.URLError:
                time.sleep(0.01)
        seconds = time.monotonic() - began
        process.terminate()
    return seconds


def _views(site: Site, addresses: list[str], shots: Path | None) -> None:
    print(f"{'bytes':>7} {'server CPU ms':>14} {'first paint ms':>15}  view")
    with tempfile.TemporaryDirectory() as folder, chromium(Path(folder)) as browser:
        for number, address in enumerate(addresses):
            costs = []
            for _ in range(3):
                began = time.process_time()
                size = len(site.get(address).text.encode())
                costs.append(time.process_time() - began)
            browser.open(site.url + address, "Broadsheet")
            while (paint := browser.run(PAINT)) < 0:
                time.sleep(0.05)
            print(f"{size:>7} {min(costs) * 1000:>14.0f} {paint:>15.0f}  {address or './'}")
            if shots:
                shots.mkdir(exist_ok=True, parents=True)
                browser.screenshot(shots / f"{number:02}.png")
        print(f"complaints of the browser {browser.complaints()}, hosts asked {sorted(map(str, browser.hosts_asked()))}")
        print(f"bars: {BARS['bytes']:,} bytes, {BARS['paint_ms']:,} ms, no complaint, 127.0.0.1 alone")


if __name__ == "__main__":
    main()
