"""Real pages and texts that are not damaged pass every method as they are."""

import json
from pathlib import Path

import pytest

from tasks.restoration import commas, family_b, keywords, mojibake
from tasks.restoration.changes import Change, applied
from tasks.restoration.gb2312 import is_truncated
from tests.bench.score_dissection import load_pages

SHARED = Path(__file__).parents[3] / "shared"
METHODS = (mojibake, commas, family_b, keywords)
READ_AS_GB2312 = {"fundus/cn/People_2024_04_24"}


def test_real_pages_are_changed_only_where_they_are_damaged() -> None:
    manifest = SHARED / "pages" / "manifest.jsonl"
    if not manifest.exists():
        pytest.skip(f"expected real pages at {manifest}; false positives on them cannot be counted here")
    pages = [(row["id"], html) for row, html in load_pages(manifest)]
    changed = {name for name, html in pages for method in METHODS if method.find(html, {})}
    assert (changed, len(pages) > 200) == (set(), True)
    assert {name for name, html in pages if is_truncated(html)} == READ_AS_GB2312


def test_negatives_and_texts_of_another_cloak_stay() -> None:
    cases = SHARED / "anatomy" / "restoration" / "cases.jsonl"
    if not cases.exists():
        pytest.skip(f"expected cases at {cases}; false positives on them cannot be counted here")
    texts = [text for case in map(json.loads, cases.read_text("utf-8").splitlines()) for text in (case["input"], case["clean"])]
    assert [text for text in texts for method in METHODS if method.find(text, {})] == []


def test_changes_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="in order and apart"):
        applied("abc", [Change(1, 3, "", "commas"), Change(0, 2, "", "commas")])
