"""Counts, ranks and topics beside the headlines of a listing."""

import pytest

from tasks.dissection.findings import ListingItem
from tasks.dissection.listings.found import FoundItem, ItemText
from tasks.dissection.listings.items.clock import ListingClock
from tasks.dissection.listings.items.details import read_items
from tasks.dissection.words.zones import Zone

COUNTS = """
zh | 评论 26              | comment_count 26
zh | 12评论 ⋅             | comment_count 12
zh | 跟贴78104            | comment_count 78104
zh | 26条评论             | comment_count 26
zh | 评论 174 赞 12       | comment_count 174, like_count 12
zh | 阅读 1.2万           | read_count 12000
zh | 12万次播放           | read_count 120000
zh | １２評論             | comment_count 12
ja | コメント12件         | comment_count 12
ja | コメント（12）       | comment_count 12
ko | 댓글 5개             | comment_count 5
ko | 조회 1,234           | read_count 1234
de | 12 Kommentare        | comment_count 12
de | 1.234 Kommentare     | comment_count 1234
de | 3,4 Tsd. Aufrufe     | read_count 3400
en | 26 comments          | comment_count 26
en | 1.2M views           | read_count 1200000
en | 12 replies 3.4K views | comment_count 12, read_count 3400
en | 👍 12                | like_count 12
fr | 1 234 commentaires   | comment_count 1234
pt | 2,3 mil visualizações | read_count 2300
ru | 1,2 тыс. просмотров  | read_count 1200
ar | ١٢٣ تعليق            | comment_count 123
hi | २३ टिप्पणी           | comment_count 23
tr | 45 yorum             | comment_count 45
vi | 5,234 lượt xem       | read_count 5234
zh | 9图                  |
en | 5 min read           |
en | 3.5                  |
en | 42                   |
"""
TOPICS = """
kicker right above the headline  | before | Harbour dispute     | topline   |              | Harbour dispute
category behind it               | after  | Football            | category  | /sport/      | Football
link to a tag                    | after  | 航空航天            |           | /tag/space   | 航空航天
bracketed section                | before | 【财经】            |           | /finance/    | 财经
in one text with the time        | after  | 2024-03-05 极端天气 |           |              | 极端天气
author by class                  | before | Ann Moss            | author    |              |
author by address                | after  | Ann Moss            |           | /author/moss |
byline                           | before | By Ann Moss         |           |              |
outlet                           | after  | 河湾日报            | source    |              |
form of the story                | before | Video               | label     |              |
exclusive                        | before | 独家                | tag       |              |
button                           | after  | Read more           | topic     | /tag/x       |
teaser                           | after  | The council voted late on Monday. It was close. | section | |
count word                       | after  | 3 comments          | topic     |              |
"""
CLOCK = ListingClock(None, None, Zone("UTC", "utc"), "en", False)


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def counts_of(item: ListingItem) -> dict[str, int]:
    columns = ("comment_count", "like_count", "read_count")
    return {column: value for column in columns if (value := getattr(item, column)) is not None}


@pytest.mark.parametrize(("lang", "text", "expected"), rows(COUNTS))
def test_a_count_is_told_by_the_words_and_signs_around_it(lang: str, text: str, expected: str) -> None:
    clock = ListingClock(None, None, CLOCK.zone, lang, False)
    item = read_items([FoundItem("A bridge falls", "/1", (), (ItemText(text),))], None, "", clock)[0]
    assert counts_of(item) == {name: int(value) for name, value in (pair.split() for pair in expected.split(",") if pair.strip())}


def ranking(numbers: str, label: str | None, *, before: bool = True) -> list[ListingItem]:
    """A list in which each item has the bare numbers of one word of `numbers`, parted by slashes."""
    pieces = [tuple(ItemText(number, "span", "n") for number in word.split("/")) for word in numbers.split()]
    found = [FoundItem(f"Story of {place}", "/s", own if before else (), () if before else own) for place, own in enumerate(pieces, 1)]
    return read_items(found, label, "", CLOCK)


def test_a_column_that_counts_up_is_the_rank_and_the_other_is_what_the_label_counts() -> None:
    items = ranking("1/63,748 2/54,785 3/22,592", "评论排行榜")
    assert [(item.rank, item.comment_count) for item in items] == [(1, 63748), (2, 54785), (3, 22592)]


def test_ranks_may_go_on_from_another_list() -> None:
    assert [item.rank for item in ranking("4. 5. 6. 7.", None)] == [4, 5, 6, 7]


def test_ranks_begin_again_where_a_second_ranking_follows() -> None:
    assert [item.rank for item in ranking("1 2 3 1 2 3", None)] == [1, 2, 3, 1, 2, 3]


def test_numbers_that_do_not_count_up_are_no_ranks_and_count_nothing_that_is_told() -> None:
    assert [(item.rank, counts_of(item)) for item in ranking("7 3 12", None)] == [(None, {})] * 3


def test_a_bare_number_is_told_by_class_names_or_by_the_text_beside_it() -> None:
    named = FoundItem("One", "/1", (), (ItemText("26", "span", "meta icon-comment"),))
    told = FoundItem("Two", "/2", (), (ItemText("跟贴"), ItemText("39")))
    assert [item.comment_count for item in read_items([named, told], None, "", CLOCK)] == [26, 39]


@pytest.mark.parametrize("marks", ["{}. ", "0{} ", "第{}位 ", "#{} "])
def test_a_rank_that_is_glued_to_the_headline_leaves_it_where_the_run_confirms_it(marks: str) -> None:
    found = [FoundItem(f"{marks.format(place)}{word} bridge falls", "/s") for place, word in enumerate(("Old", "New", "Red"), 1)]
    items = read_items(found, None, "", CLOCK)
    assert [(item.rank, item.headline) for item in items] == [(1, "Old bridge falls"), (2, "New bridge falls"), (3, "Red bridge falls")]


def test_numbers_that_belong_to_headlines_stay_there() -> None:
    headlines = ["5 things to know", "10 best ferries", "2024 in pictures"]
    items = read_items([FoundItem(text, "/s") for text in headlines], None, "", CLOCK)
    assert [(item.headline, item.rank) for item in items] == [(text, None) for text in headlines]


@pytest.mark.parametrize(("case", "side", "text", "names", "href", "topic"), rows(TOPICS))
def test_topics_are_told_from_what_only_looks_like_one(case: str, side: str, text: str, names: str, href: str, topic: str) -> None:
    piece = (ItemText(text, "span", names, href or None),)
    found = FoundItem("Council sells the old harbour", "/news/1", piece if side == "before" else (), piece if side == "after" else ())
    assert read_items([found], None, "", CLOCK)[0].topic == (topic or None), case


def test_a_text_that_stands_at_every_item_gives_way_to_one_that_tells_them_apart() -> None:
    words = ("Harbour", "Council", "Ferry", "Bridge")
    found = [
        FoundItem(
            f"Story of {word}", f"/{word}/1", (), (ItemText("News", "a", "channel", "/news/"), ItemText(word, "a", "tag", f"/tag/{word}"))
        )
        for word in words
    ]
    assert [item.topic for item in read_items(found, None, "", CLOCK)] == list(words)


def test_kickers_that_only_a_style_sheet_puts_above_are_found_and_authors_are_not() -> None:
    kickers, authors = ("After the vote", "New ferry line", "Old town plan"), ("Ann Moss", "Bo Lind", "Cy Vale")
    for column, expected in ((kickers, list(kickers)), (authors, [None] * 3)):
        found = [FoundItem(f"Story {text}", "/s", (), (ItemText(text, "span", "text-s"),)) for text in column]
        assert [item.topic for item in read_items(found, None, "", CLOCK)] == expected
