"""`broadsheet explore`: up at once, for this machine, until Ctrl-C; what a real browser makes of its views, with scripts and without."""

import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.explorer.site import Site, exploring
from tests.flows.browser import Browser, chromium
from tests.flows.served import free_port
from warehouse.ask import ask

CLOAKED = "SELECT page_id FROM core.articles WHERE is_cloaked ORDER BY page_id"
INTERVIEW = "SELECT page_id FROM core.statements GROUP BY page_id ORDER BY count(*) DESC, page_id LIMIT 1"
ARABIC = "SELECT page_id FROM core.articles WHERE lang = 'ar' ORDER BY page_id LIMIT 1"
MOST_BYTES = 60_000


@contextmanager
def explored(environment: dict[str, str], home: Path, *options: object) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """The command, running, and where it listens."""
    command = [sys.executable, "-m", "flows.cli", "explore", "--home", home, *options]
    with subprocess.Popen(list(map(str, command)), env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            told = next((found[1] for line in process.stdout if (found := re.match(r"open\s+(\S+)", line))), "")
            assert told, process.communicate()[1]
            yield told, process
        finally:
            process.kill()


def views(home: Path) -> dict[str, str]:
    """Every view of the samples, by a word that it shows."""
    (cloaked, *_), (interview, *_), (arabic, *_) = ([row[0] for row in ask(home, query).rows] for query in (CLOAKED, INTERVIEW, ARABIC))
    return {
        "": "What is in the warehouse", "search?query=ferry": "Ferry slip pilings", f"article?page={interview}": "Who made it?",
        f"article?page={cloaked}&part=repairs": "before", f"article?page={interview}&part=evidence": "candidate",
        f"article?page={arabic}": "published_at", f"article?page={interview}&part=around": "What stands around", "site": "Which sites",
        f"article?page={interview}&part=versions": "from capture to capture", "site?host=www.chenguang.example": "Ranks of",
        "topics": "Which topics", "outlets": "Which outlets", "damage": "disguise",
        "rejects": "The newest refusals", "checks": "What was judged",
        "sql?query=FROM+core.articles&table=core.articles": "Dictionary", "sql?query=SELEC": "DuckDB says", "nothing": "not there",
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("runs_scripts", [True, False])
def test_a_browser_shows_every_view_complains_of_nothing_and_asks_nobody_else(samples_home: Path, tmp_path: Path, runs_scripts: bool):
    with exploring(samples_home) as site, chromium(tmp_path, runs_scripts=runs_scripts) as browser:
        for address, word in views(samples_home).items():
            browser.open(site.url + address, word)
            is_wrong = [line for line in browser.complaints() if address != "nothing" and "SELEC" not in address]
            assert is_wrong == [], address
        walked_through_links_and_forms(browser, site)
        assert browser.hosts_asked() == {"127.0.0.1"}


def walked_through_links_and_forms(browser: Browser, site: Site) -> None:
    browser.open(site.url, "The newest articles")
    browser.click("Mirrors and damage")
    browser.shows("Which articles were repaired most?")
    browser.click("as SQL")
    browser.shows("Answer", "cloaked_share")
    browser.click("Ask")
    browser.shows("Answer", "cloaked_share")
    browser.click("core.repairs")
    browser.shows("What decided")


@pytest.mark.slow
def test_text_runs_from_right_to_left_and_no_view_is_wider_than_a_narrow_window(samples_home: Path, tmp_path: Path):
    with exploring(samples_home) as site, chromium(tmp_path) as browser:
        arabic = ask(samples_home, ARABIC).rows[0][0]
        browser.open(f"{site.url}article?page={arabic}", "published_at")
        assert browser.run("return getComputedStyle(document.querySelector('.article p')).direction") == "rtl"
        assert browser.run("return getComputedStyle(document.querySelector('main')).direction") == "ltr"
        for address, word in views(samples_home).items():
            browser.open(site.url + address, word)
            browser.run("document.documentElement.style.width = '400px'")
            assert browser.run("return document.querySelector('main').scrollWidth") <= 400, address


def test_every_view_of_the_samples_is_small(samples_home: Path):
    with exploring(samples_home) as site:
        sizes = {address: len(site.get(address).text.encode()) for address in views(samples_home)}
    assert {address: size for address, size in sizes.items() if size > MOST_BYTES} == {}


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_listens_at_loopback_and_ends_with_a_signal(command_environment: dict[str, str], samples_home: Path, ending: signal.Signals):
    with explored(command_environment, samples_home, "--port", 0) as (url, process):
        assert url.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(url, timeout=60) as said:
            assert b"What is in the warehouse" in said.read()
        process.send_signal(ending)
        assert (process.wait(timeout=60), process.communicate()[1]) == (0, "")


def test_a_taken_port_and_an_unknown_state_are_told_with_what_to_do(
    broadsheet_without_server: Run, command_environment: dict[str, str], samples_home: Path
):
    with explored(command_environment, samples_home, "--port", port := free_port()):
        second = broadsheet_without_server("explore", "--home", samples_home, "--port", port)
        assert second.returncode == 2 and f"port {port}" in second.stderr and "--port 0" in second.stderr
    unknown = broadsheet_without_server("explore", "--home", samples_home, "--port", 0, "--as-of", "2001-01-01")
    assert unknown.returncode == 2 and "broadsheet snapshots" in unknown.stderr


def test_another_address_is_warned_of_and_answers_to_names_that_were_given(command_environment: dict[str, str], samples_home: Path):
    port = free_port()
    with explored(command_environment, samples_home, "--host", "0.0.0.0", "--port", port, "--name", "news.example") as (_, process):
        site = Site(f"http://127.0.0.1:{port}/")
        assert (site.get(Host="news.example").status, site.get(Host="evil.example").status) == (200, 421)
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)


def test_it_loads_no_orchestrator_no_judge_and_no_dissection(command_environment: dict[str, str]):
    code = "import sys, flows.commands.explore, warehouse.explorer.application, uvicorn; print(*{m.split('.')[0] for m in sys.modules})"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=command_environment
    ).stdout.split()
    assert not {"prefect", "great_expectations", "trafilatura", "lxml", "fastapi", "pandas"} & set(loaded)
