"""What operators see of a run in the Prefect UI and in Data Docs, in a real browser; and that no page asks another machine."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.flows.bad_inputs import article, dated
from tests.flows.browser import Browser, chromium
from tests.flows.prefect_api import asked
from warehouse.ask import ask

pytestmark = pytest.mark.slow
BATCHES = ("batch-00001", "batch-00002")
LURE = "![x](http://lure.example/1.png) &lt;img src=http://lure.example/2.png&gt; ` &lt;img src=http://lure.example/3.png&gt; "


@dataclass(frozen=True)
class Seen:
    """A run to look at: where its pages are in the UI, and where its Data Docs are served."""

    page: str
    artifacts: dict[str, str]  # page of each artifact, by key
    docs: str


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """The test's output is not the place for it."""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("chromium")) as browser:
        yield browser


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A home folder and the address that its Data Docs are served at."""
    home = tmp_path_factory.mktemp("home")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=home / "data_docs")) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield home, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def seen(broadsheet: Run, docs: tuple[Path, str], prefect_server: str, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """Two batches: an article from before the web, a headline that is an attack on who reads it, an empty file, and good ones."""
    folder, (home, address) = tmp_path_factory.mktemp("crawl"), docs
    (folder / "empty.html").write_text("")
    (folder / "lure.html").write_text(article(LURE + "headline " * 150, head=dated("2026-01-02T03:04:05Z")))
    for number, day in enumerate(("1899-12-24", "2026-01-02", "2026-01-03", "2026-01-04")):
        html = article(f"Story number {number} of the day", head=dated(f"{day}T03:04:05Z"), paragraphs=6 + number)
        (folder / f"{number}.html").write_text(html)
    done = broadsheet("ingest", folder, "--home", home, "--batch-pages", 3, env={"BROADSHEET_DOCS_URL": address})
    assert done.returncode == 0, done.stderr
    page = ask(home, "SELECT flow_run_url FROM ops.runs").rows[0][0]
    wanted = {"artifacts": {"flow_run_id": {"any_": [page.rsplit("/", 1)[1]]}}}
    made = {artifact["key"]: artifact["id"] for artifact in asked(f"{prefect_server}/artifacts/filter", wanted)}
    at = page.split("/flow-runs/")[0]
    return Seen(page, {key: f"{at}/artifacts/artifact/{number}" for key, number in made.items()}, address)


def test_the_page_of_a_run_names_its_batches(browser: Browser, seen: Seen):
    browser.open(seen.page, "ingest crawl0 · 4 new, 2 rejected", "Completed", "Task Runs")
    browser.click("Task Runs")
    steps = ("extract-transform-validate", "load")
    browser.shows("publish-snapshot", "report-run", *(f"{step}-{batch}" for step in steps for batch in BATCHES))


def test_the_page_of_a_run_shows_its_artifacts(browser: Browser, seen: Seen):
    browser.open(seen.page, "ingest crawl", "Artifacts")
    browser.click("Artifacts")
    browser.shows("today", "ingest-progress", "ingest-counts", "ingest-steps", "ingest-rejects", "ingest-checks", "data-docs")
    browser.shows("100% · 6 of 6 pages")


def test_progress_ends_at_the_whole(browser: Browser, seen: Seen):
    browser.open(seen.artifacts["ingest-progress"], "Progress: 100%")


def test_each_batch_shows_what_its_four_steps_took(browser: Browser, seen: Seen):
    browser.open(seen.artifacts["ingest-steps"], "extract", "transform", "validate", "load", *BATCHES)
    rows = browser.run("return [...document.querySelectorAll('tr')].map(row => row.innerText.trim().split(/\\s+/))")
    times = {row[0]: [float(seconds) for seconds in row[2:]] for row in rows if row[0] in ("all", *BATCHES)}
    assert all(len(each) == 4 for each in times.values())
    assert times["all"][0] >= max(times[batch][0] for batch in BATCHES) > 0


def test_counts_stand_by_fate_reason_and_table(browser: Browser, seen: Seen):
    browser.open(seen.artifacts["ingest-counts"], "counted", "pages rejected", "empty_file", "rows loaded", "core.articles")
    rows = browser.run("return [...document.querySelectorAll('tr')].map(row => row.innerText.trim().split(/\\s*\\t\\s*/).join(' '))")
    assert {"pages seen 6", "pages loaded 4", "pages rejected empty_file 1", "rows loaded core.articles 4"} <= set(rows)


def test_an_unmet_expectation_leads_to_its_page_of_data_docs(browser: Browser, seen: Seen):
    words = ("Expectations not met: ", "warning", "be_in_set(published_doubt)")
    browser.open(seen.artifacts["ingest-checks"], *words)
    links = browser.run("return [...document.querySelectorAll('td a')].map(link => link.href)")
    assert [link for link in links if not link.startswith(seen.docs)] == [], "a link of a crawled page became a link of ours"
    browser.open(next(link for link in links if "articles" in link), "core.articles in batch-", "Why it is expected", "not met")


def test_the_day_tells_sources_rejects_and_the_snapshot(browser: Browser, seen: Seen):
    day = ("Healthy", "4 loaded, 2 rejected", "Loaded today, by source", "crawl0", "empty_file", "rejects show ID", "warehouse.duckdb")
    browser.open(seen.artifacts["today"], *day)


@pytest.mark.parametrize("key", ["ingest-rejects", "ingest-checks", "today"])
def test_a_table_is_read_at_1400_pixels_without_scrolling(browser: Browser, seen: Seen, key: str):
    browser.open(seen.artifacts[key], "empty_file" if key != "ingest-checks" else "be_in_set(published_doubt)")
    edges = browser.run("return [...document.querySelectorAll('td')].map(cell => cell.getBoundingClientRect().right)")
    assert max(edges) <= browser.run("return window.innerWidth") <= 1400


def test_data_docs_open_from_the_ui(browser: Browser, seen: Seen):
    browser.open(seen.artifacts["data-docs"], "Data Docs")
    assert browser.run("return [...document.querySelectorAll('a')].some(link => link.href === arguments[0])", f"{seen.docs}/")
    browser.open(f"{seen.docs}/", "Data Docs", "batch-00001", "everything met", "published_doubt")
    browser.click("batch-00001 · raw.pages")
    browser.shows("raw.pages in batch-00001", "all runs")
    browser.click("Validation result, as Great Expectations renders it")
    browser.shows("Great Expectations Version")


def test_no_page_asks_another_machine_whatever_a_crawled_page_says(browser: Browser, seen: Seen, prefect_server: str):
    ui = prefect_server.removesuffix("/api")
    for path, words in (("dashboard", "Flow Runs"), ("runs", "ingest crawl"), ("deployments", "Deployments")):
        browser.open(f"{ui}/{path}", words)
    browser.open(seen.artifacts["ingest-checks"], "lure.example")
    browser.open(f"{seen.docs}/", "Data Docs")
    assert browser.hosts_asked() == {"127.0.0.1"}
