import re
from collections.abc import Callable
from pathlib import Path

from expectations.data_docs import PAGES_PER_EXPECTATION, RUNS_KEPT, DataDocs
from expectations.quarantine import judge_batch
from warehouse.tables import PAGE_FAMILY, Articles

Make = Callable[..., dict]
RUN = "a" * 16
LOADS = re.compile(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//|@import|url\(|<script|<link\b|<img\b""", re.IGNORECASE)


def judged(frames: dict):
    return judge_batch(frames, run_id=RUN, batch_id="b" * 16)


def test_no_page_loads_anything_from_anywhere(tmp_path: Path, spoilt: Make):
    docs = DataDocs(tmp_path, RUN)
    docs.add("batch-00001", judged(spoilt(Articles, title="")))
    index = docs.finish()
    pages = list(index.parent.rglob("*.html"))
    assert len(pages) == 1 + len(PAGE_FAMILY)  # the tables of the last batch, and the index
    assert [path.name for path in pages if LOADS.search(path.read_text("utf-8"))] == []


def test_a_page_says_what_was_not_met_and_why_it_is_expected(tmp_path: Path, spoilt: Make):
    docs = DataDocs(tmp_path, RUN)
    added = docs.add("batch-00001", judged(spoilt(Articles, title="the <b>creek", body="Please enable JavaScript.")))
    uri = added.checks.filter(table_name="core.articles").get_column("docs_uri")[0]
    page = (tmp_path / uri).read_text("utf-8")
    assert "critical, not met" in page
    assert "pass for short articles" in page
    assert "Great Expectations Version" in page
    assert "<b>creek" not in page


def test_a_long_run_writes_few_pages(tmp_path: Path, spoilt: Make):
    docs = DataDocs(tmp_path, RUN)
    batch = judged(spoilt(Articles, title=""))
    linked = [docs.add(f"batch-{n:05d}", batch).checks.get_column("docs_uri").drop_nulls().len() > 0 for n in range(40)]
    assert sum(linked) == PAGES_PER_EXPECTATION
    docs.finish()
    assert len(list((tmp_path / "data_docs" / RUN).glob("*core.articles.html"))) == PAGES_PER_EXPECTATION + 1  # and the last batch


def test_old_runs_make_room(tmp_path: Path, spoilt: Make):
    batch = judged(spoilt(Articles, title=""))
    for number in range(RUNS_KEPT + 2):
        DataDocs(tmp_path, f"{number:016x}").add("batch-00001", batch)
    assert len(list((tmp_path / "data_docs").glob("*/run.json"))) == RUNS_KEPT


def test_a_run_without_a_batch_has_an_index_too(tmp_path: Path):
    assert "No batch was judged" in DataDocs(tmp_path, RUN).finish().read_text("utf-8")
