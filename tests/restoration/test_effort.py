"""Damage may be as dense as it likes: what is followed on one page has an end, and what was not read is flagged."""

import time

import pytest

from tasks.restoration.cloak.evidence import Intact
from tasks.restoration.cloak.search import Effort, read_stretch
from tasks.restoration.restore import restore

PARAGRAPH = "港務(wù)辦(bàn)公室星期一沒有說(shuō)明輪(lún)渡停航的理由,碼頭(tóu)上的人們都在等候下一班船。"
DENSE = {
    "question marks before brackets": "海?(wù)?(bàn)?(港?(船?(" * 40,
    "question marks": "海?港?船?人?" * 50,
    "replacement characters": "海\ufffd\ufffd\ufffd港\ufffd船" * 40,
}


def page(damage: str, lines: int) -> str:
    return "\n".join([PARAGRAPH] * 10 + [f"<p>{damage}</p>"] * lines)


@pytest.mark.parametrize("damage", DENSE.values(), ids=DENSE)
def test_what_is_damaged_too_densely_is_left_as_it_is_and_flagged(damage: str):
    text = page(damage, 30)
    restored = restore(text)
    flagged = [repair for repair in restored.repairs if repair.status == "flagged"]
    assert flagged
    assert all(repair.before == repair.after == text[repair.start : repair.end] for repair in flagged)
    assert restored.original() == text
    assert restored.text.startswith("港务办公室")  # what stands above it is restored all the same


def test_a_page_whose_effort_is_spent_follows_no_reading():
    nothing_known, effort = Intact(""), Effort(1000)
    assert read_stretch(DENSE["question marks"], 1, "海", nothing_known.model, effort).readings == ()
    assert effort.is_spent


@pytest.mark.parametrize(
    "unit",
    [
        "├╝a",
        "├╝a ",
        '"├╝" ',
        "<├╝",
        "<b>├╝a",
        ' title="├╝a"',
        "РџСЂa",
        "РР ",
        "вЙВМЙПФЕЛБ ОБ ",
        "&ETH;&sup2;",
        "³¹aê¿ ",
        "ÃÂ",
        "a\x92s ",
        "ü ├╝ | ",
    ],
)
def test_damage_by_decoders_is_undone_in_time_that_grows_with_the_page(unit: str):
    short, long = (seconds("<html><body><p>" + unit * (chars // len(unit))) for chars in (40_000, 160_000))
    assert long < 8 * short + 0.1


def seconds(text: str) -> float:
    """Of CPU, the least of two."""
    counts = []
    for _ in range(2):
        began = time.process_time()
        restore(text)
        counts.append(time.process_time() - began)
    return min(counts)
