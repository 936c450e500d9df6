"""Repairs are told where an analyst finds the text: in a title, a body, a headline, from which the damaged words can be had back."""

import random

import pytest

from tasks.restoration.letters import Letters
from tasks.restoration.placing import PAGE, damaged_field, place
from tasks.restoration.repairs import Repair, Restored
from tasks.restoration.restore import restore
from tests.restoration.clean_texts import as_html, drawn_page, news
from tests.restoration.simulator import Cloak, random_dictionary


def repaired(damaged: str, *changes: tuple[str, str, str], readings: dict[str, str] | None = None) -> Restored:
    """`damaged` with (before, after, method) changed, each where it stands next."""
    out, repairs, at = "", [], 0
    for before, after, method in changes:
        start = damaged.index(before, at)
        out += damaged[at:start]
        repairs.append(Repair(start, start + len(before), len(out), len(out) + len(after), before, after, method))
        out, at = out + after, start + len(before)
    return Restored(out + damaged[at:], tuple(repairs), reading_of=readings or {})


def without_blanks(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("seed", range(6))
def test_the_damaged_lines_of_a_text_page_are_had_back_from_its_fields(seed: int):
    clean = drawn_page(seed, 8)
    mirror = Cloak(random_dictionary(random.Random(seed), 40, "".join(clean)), seed=seed)
    damaged = "\n".join(map(mirror.apply, clean))
    restored = restore(damaged)
    title, *body = restored.text.split("\n")
    rows = place(restored, damaged, {"title": title, "body": "\n".join(body)}, is_html=False)
    came = [damaged_field(text, [row for row in rows if row.field == name]) for name, text in (("title", title), ("body", "\n".join(body)))]
    assert "\n".join(came) == damaged
    assert len(rows) == len(restored.repairs) > 20


@pytest.mark.parametrize("seed", range(6))
def test_every_line_of_a_damaged_html_page_is_had_back_but_for_its_markup(seed: int):
    clean = drawn_page(seed, 8)
    html = as_html(clean)
    damaged = Cloak(random_dictionary(random.Random(seed), 40, html), seed=seed).apply(html)
    restored = restore(damaged)
    body = "\n".join(text for text in clean if text in restored.text)
    rows = [row for row in place(restored, damaged, {"body": body}, is_html=True) if row.field == "body"]
    shown = Letters(damaged, is_html=True).text
    lines = damaged_field(body, rows).split("\n")
    assert [line for line in lines if without_blanks(line) not in shown] == []
    assert all(body[row.restored_start : row.restored_end] == row.after for row in rows)


def test_what_ate_a_tag_is_told_without_it():
    damaged = "<li><a>居安思?!?/a></li><li>后来</li>"
    restored = repaired(damaged, ("?!?", "危”<", "bytes"))
    assert restored.text == "<li><a>居安思危”</a></li><li>后来</li>"
    (row,) = place(restored, damaged, {"listing_items/1/1": "居安思危”"}, is_html=True)
    assert (row.field, row.before, row.after) == ("listing_items/1/1", "?!?/a>", "危”")
    assert (row.start_offset, row.end_offset, row.restored_start, row.restored_end) == (3, 9, 3, 5)


def test_the_same_headline_in_two_listings_keeps_its_own_repairs():
    damaged = "<ul><li>橋通车</li><li>雨停</li></ul><ul><li>桥通車</li></ul>"
    restored = repaired(damaged, ("橋", "桥", "script"), ("車", "车", "script"))
    fields = {"listing_items/1/1": "桥通车", "listing_items/1/2": "雨停", "listing_items/2/1": "桥通车"}
    rows = place(restored, damaged, fields, is_html=True)
    assert [(row.field, row.start_offset, row.before) for row in rows] == [("listing_items/1/1", 0, "橋"), ("listing_items/2/1", 2, "車")]


def test_what_lies_in_no_field_has_offsets_into_the_whole_page():
    damaged = "<nav>首頁(yè)</nav><p>今天下雨</p>"
    restored = repaired(damaged, ("頁(yè)", "页", "gloss+script"))
    (row,) = place(restored, damaged, {"body": "今天下雨"}, is_html=True)
    assert (row.field, damaged[row.start_offset : row.end_offset]) == (PAGE, "頁(yè)")
    assert restored.text[row.restored_start : row.restored_end] == "页"


@pytest.mark.parametrize("damaged", ["日報(bào)", "日請(bào)"], ids=["the character before it", "one made up of two others"])
def test_a_gloss_that_was_taken_out_names_its_entry_of_the_dictionary(damaged: str):
    restored = repaired(damaged, ("(bào)", "", "gloss"), readings={"報": "bào", "請": "qǐng"})
    (row,) = place(restored, damaged, {}, is_html=False)
    assert row.evidence == "報(bào)"


def test_entities_and_blanks_of_the_page_do_not_hide_a_field():
    damaged, body = "<p>甲&amp;乙&nbsp;\n <b>丙</b>?丁</p>", "甲&乙 丙戊丁"
    (row,) = place(repaired(damaged, ("?", "戊", "bytes")), damaged, {"body": body}, is_html=True)
    assert (body[row.restored_start : row.restored_end], row.field) == ("戊", "body")


def test_a_paragraph_of_which_a_part_was_left_out_is_found_by_its_sentences():
    damaged = "<p>渡船今天停運。<i>點擊查看</i>乘客改坐公交車。</p>"
    restored = repaired(damaged, ("運", "运", "script"), ("點擊", "点击", "script"), ("車", "车", "script"))
    rows = place(restored, damaged, {"body": "渡船今天停运。乘客改坐公交车。"}, is_html=True)
    assert [(row.field, row.before) for row in rows] == [("body", "運"), ("body", "車"), (PAGE, "點擊")]
    assert damaged_field("渡船今天停运。乘客改坐公交车。", rows[:2]) == "渡船今天停運。乘客改坐公交車。"


def test_a_page_without_repairs_costs_nothing():
    assert place(Restored(as_html(news())), as_html(news()), {"body": news()[0]}, is_html=True) == ()
