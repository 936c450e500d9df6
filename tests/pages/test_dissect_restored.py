"""Pages are restored before they are dissected, and one page of a batch decides what another has lost."""

from pathlib import Path

import pytest

from tasks.pages.dissect_restored import dissect_restored
from tasks.pages.limits import Limits
from tasks.planning.batches import PageBatch
from tasks.sources.page import PageRef
from tasks.workers.dissect_batch import dissect_batch
from tasks.workers.dissected_batch import DissectedBatch
from tasks.workers.order import WorkOrder
from tests.conftest import ROOT
from tests.restoration.simulator import Cloak

MIRRORED = (ROOT / "samples" / "html" / "zh-mirror" / "duchuan.html").read_text("utf-8")
HEADLINE = "稀土行业仍要居安思危，专家谈产业升级"
READINGS = {"業": "yè", "專": "zhuān", "級": "jí", "說": "shuō", "記": "jì", "這": "zhè"}
PARAGRAPHS = "".join(f"<p>记者从第{n}家企业了解到，这项业务今年增长很快，专家说要继续升级。</p>" for n in "一二三四五六七八九")


def page(title: str, number: int) -> str:
    url = f'<link rel="canonical" href="https://mirror.example/{number}">'
    return f"<html><head><title>{title}</title>{url}</head><body><article><h1>{title}</h1>{PARAGRAPHS}</article></body></html>"


def dissected(folder: Path, *pages: str) -> DissectedBatch:
    for number, text in enumerate(pages):
        (folder / f"{number}.html").write_text(text, "utf-8")
    pieces = tuple(PageRef("html_folder", str(folder / f"{number}.html"), f"{number}.html", 0) for number in range(len(pages)))
    return dissect_batch(PageBatch("a" * 16, 1, pieces, ()), WorkOrder(folder, 20, Limits(10**7, 10**7), "test"))


def test_a_disguised_page_is_read_as_its_publisher_wrote_it():
    found = dissect_restored(MIRRORED, None, None, is_text=False)
    assert found.article is not None
    assert found.restoration is not None
    assert found.article.title == "末班渡船停运在即 船工与乡亲说再见"
    assert (found.restoration.is_cloaked, found.restoration.script) == (True, "Hans")
    assert {"title", "body", "listing_items/1/1"} <= {repair.field for repair in found.restoration.repairs}
    (cloak,) = (finding for finding in found.findings if finding.field == "cloak")
    assert (cloak.value, "density" in (cloak.reason or "")) == ("true", True)


def test_a_genuine_traditional_page_is_left_as_it_is_and_folded_for_search():
    text = (ROOT / "samples" / "text" / "shidi-guanniao.txt").read_text("utf-8")
    found = dissect_restored(text, None, None, is_text=True)
    assert found.article is not None
    assert found.restoration is not None
    assert "濕地中心" in found.article.body
    assert "湿地中心" in (found.restoration.body_folded or "")
    assert (found.restoration.script, found.restoration.repairs, found.restoration.is_cloaked) == ("Hant", (), False)


def test_a_headline_that_is_intact_on_another_page_of_the_host_decides(tmp_path: Path):
    mirror = Cloak(READINGS)
    cut = mirror.apply(page(HEADLINE, 0), cuts=tuple(at for at in range(2000) if page(HEADLINE, 0)[at : at + 3] == "仍要居"))
    alone = dissected(tmp_path, cut).outcomes[0].dissected
    helped = dissected(tmp_path, cut, mirror.apply(page(HEADLINE, 1))).outcomes[0].dissected
    assert alone is not None and alone.article is not None and "\ufffd" in alone.article.title
    assert helped is not None and helped.article is not None
    assert helped.article.title == HEADLINE.replace("，", ",")
    assert [finding.field for finding in helped.findings].count("url") == 1


@pytest.mark.parametrize("text", ["\x00\ud800<p>網(wǎng)" * 50, "?/p>" * 30 + "網(wǎng)絡(luò)", "\ufffd" * 99 + "中"])
def test_broken_text_is_no_reason_to_fail(text: str):
    found = dissect_restored(text, None, None, is_text=False)
    assert found.reason
    assert found.restoration is not None
    for repair in found.restoration.repairs:
        (repair.before + repair.after).encode()
