"""Charts and texts as they are drawn: what a line says, and what stood in a paragraph before."""

import re
from datetime import UTC, datetime, timedelta

from lxml import html

from tests.explorer.hostile import HOSTILE
from warehouse.explorer.cells import outward, shown
from warehouse.explorer.charts import lines, ranks
from warehouse.explorer.reading import MOST_BYTES, page_of, paragraphs

DAY = datetime(2026, 3, 1, tzinfo=UTC)


def days(*numbers: int) -> list[datetime]:
    return [DAY + timedelta(days=number) for number in numbers]


def paths(svg: str) -> list[list[tuple[float, float]]]:
    found = html.fromstring(svg).xpath("//polyline/@points")
    return [[tuple(map(float, point.split(","))) for point in points.split()] for points in found]


def span(start: int, end: int, before: str, status: str = "restored", field: str = "body") -> dict[str, object]:
    return {"field": field, "restored_start": start, "restored_end": end, "before": before, "status": status}


def test_a_rank_chart_has_rank_1_at_the_top_and_no_line_where_a_story_was_not_seen():
    points = [(at, "A", 1.0) for at in days(0, 1, 3)] + [(at, "B", 2.0) for at in days(0, 1, 2, 3)]
    (first, second, whole) = paths(str(ranks(points, "zh")))
    assert (len(first), len(second), len(whole)) == (2, 1, 4)
    assert {y for _, y in first} == {y for _, y in second} and first[0][1] < whole[0][1]
    assert 'lang="zh"' in ranks(points, "zh") and "lang" not in ranks(points, None)


def test_a_line_is_0_on_a_day_of_which_nothing_is_told_unless_nobody_looked():
    points = [(at, "A", 4.0) for at in days(0, 4)]
    filled, as_told = (paths(str(lines(points, "stories", "day", is_filled=is_filled)))[0] for is_filled in (True, False))
    assert [y for _, y in filled] == [filled[0][1], *[max(y for _, y in filled)] * 3, filled[0][1]]
    assert len(as_told) == 2


def test_a_chart_of_many_days_keeps_the_last_and_says_so():
    points = [(DAY + timedelta(days=number), name, 1.0) for number in range(3_000) for name in "ABCDEFGH"]
    drawn = str(lines(points, "stories", "day"))
    assert len(drawn.encode()) < 30_000 and "The chart begins" in drawn
    assert lines([], "stories", "day") == ranks([], None) == ""


def test_names_in_a_chart_are_text():
    points = [(DAY, f"{number} {HOSTILE}", 1.0) for number in range(2)]
    tree = html.fromstring(f"<div>{ranks(points, None)}{lines(points, 'stories', 'day')}</div>")
    assert not tree.xpath("//script | //img") and "<script>" in tree.text_content() and "\u202e" not in tree.text_content()


def test_a_paragraph_has_both_sides_of_its_repairs():
    body = "末班渡船將停運。\n第二段。"
    repairs = [span(4, 5, "將(jiāng)"), span(6, 6, "(yùn)"), span(10, 11, "x", "flagged"), span(0, 1, "no", field="title")]
    first, second = paragraphs(body, repairs, [{"kind": "answer", "start_offset": 9, "end_offset": 13}])
    assert str(first.before) == "末班渡船<del>將(jiāng)</del>停<del>(yùn)</del>運。"
    assert str(first.after) == "末班渡船<ins>將</ins>停運。"
    assert str(second.after) == "第<mark title=doubtful>二</mark>段。" and (first.turn, second.turn) == ("", "answer")


def test_spans_that_lie_in_each_other_or_reach_over_the_end_lose_and_double_nothing():
    body = "abc\ndef"
    for repairs in ([span(0, 3, "x"), span(1, 2, "y")], [span(1, 6, "x")], [span(3, 3, "x"), span(4, 4, "y")], [span(5, 99, "<b>")]):
        found = list(paragraphs(body, repairs, ()))
        assert [re.sub("<[^>]+>", "", str(each.after)) for each in found] == ["abc", "def"], repairs


def test_a_long_text_is_read_in_pages():
    body = "\n".join(f"{number} " + "漢" * 900 for number in range(100))
    start, seen = 0, list[int]()
    while start is not None:
        taken, following = page_of(paragraphs(body, (), ()), start)
        assert sum(len(each.after.encode()) for each in taken) <= MOST_BYTES + 3_000
        seen += [each.start for each in taken]
        start = following
    assert len(seen) == len(set(seen)) == 100


def test_only_addresses_of_the_web_are_links():
    for url in ("javascript:alert(1)", "data:text/html,x", "JaVaScRiPt:alert(1)", " https://a.example", "https://a.example/\u202e",
                "//a.example", "https://a.example/ x", "https:///x", "ftp://a.example/", "vbscript:x", "http:a.example"):  # fmt: skip
        assert "<a" not in outward(url), url
    assert 'href="https://a.example/?q=1&amp;r=%22"' in outward("https://a.example/?q=1&r=%22")
    assert shown("\u200fمرحبا") == "<code class=c>U+200F</code>مرحبا"
