import re
from collections.abc import Callable
from pathlib import Path

import pytest

from expectations.data_docs import document
from expectations.docs_index import PAGES_PER_EXPECTATION, RUNS_KEPT, DocsIndex, DocsPage
from expectations.judgement import JudgedBatch
from expectations.quarantine import judge_batch
from warehouse.tables import PAGE_FAMILY, Articles

Make = Callable[..., dict]
RUN = "a" * 16
LOADS = re.compile(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//|@import|url\(|<script|<link\b|<img\b""", re.IGNORECASE)


def judged(frames: dict) -> JudgedBatch:
    return judge_batch(frames, run_id=RUN, batch_id="b" * 16)


@pytest.fixture
def spoilt_batch(spoilt: Make) -> JudgedBatch:
    return judged(spoilt(Articles, title=""))


def test_no_page_loads_anything_from_anywhere(tmp_path: Path, spoilt_batch: JudgedBatch):
    index = DocsIndex(tmp_path, RUN)
    index.add(document(tmp_path, RUN, "batch-00001", spoilt_batch, index.documented, is_first=True)[1])
    pages = list(index.finish().parent.rglob("*.html"))
    assert len(pages) == 1 + len(PAGE_FAMILY)  # the tables of the first batch, and the index
    assert [path.name for path in pages if LOADS.search(path.read_text("utf-8"))] == []


def test_a_page_says_what_was_not_met_and_why_it_is_expected(tmp_path: Path, spoilt: Make):
    batch = judged(spoilt(Articles, title="the <b>creek", body="Please enable JavaScript."))
    checks, _ = document(tmp_path, RUN, "batch-00001", batch, frozenset(), is_first=True)
    page = (tmp_path / checks.filter(table_name="core.articles").get_column("docs_uri")[0]).read_text("utf-8")
    assert "critical, not met" in page
    assert "pass for short articles" in page
    assert "Great Expectations Version" in page
    assert "<b>creek" not in page


def test_a_long_run_writes_few_pages(tmp_path: Path, spoilt_batch: JudgedBatch):
    index, linked = DocsIndex(tmp_path, RUN), 0
    for number in range(12):
        checks, pages = document(tmp_path, RUN, f"batch-{number:05d}", spoilt_batch, index.documented, is_first=number == 0)
        index.add(pages)
        linked += checks.filter(table_name="core.articles").get_column("docs_uri").drop_nulls().len() > 0
    assert linked == PAGES_PER_EXPECTATION
    assert len(list((tmp_path / "data_docs" / RUN).glob("*core.articles.html"))) == PAGES_PER_EXPECTATION
    assert len(list((tmp_path / "data_docs" / RUN).glob("*core.images.html"))) == 1


def test_old_runs_make_room(tmp_path: Path):
    for number in range(RUNS_KEPT + 2):
        run = f"{number:016x}"
        DocsIndex(tmp_path, run).add([DocsPage("batch-00001", f"{run}/x.html", "core.articles", ())])
    assert len(list((tmp_path / "data_docs").glob("*/run.json"))) == RUNS_KEPT


def test_pages_of_a_run_that_was_killed_before_they_were_entered_do_not_stay(tmp_path: Path, spoilt_batch: JudgedBatch):
    document(tmp_path, "b" * 16, "batch-00001", spoilt_batch, frozenset(), is_first=True)
    DocsIndex(tmp_path, RUN).finish()
    assert [path.name for path in (tmp_path / "data_docs").iterdir() if path.is_dir()] == [RUN]


def test_a_run_without_a_batch_has_an_index_too(tmp_path: Path):
    assert "No batch was judged" in DocsIndex(tmp_path, RUN).finish().read_text("utf-8")
