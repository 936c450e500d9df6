"""Listings of already extracted text, told by the shapes of lines."""

import pytest

from tasks.dissection.lines.lines import read_lines
from tasks.dissection.lines.listings import find_text_listings
from tasks.dissection.listings.found import FoundListing

HEADLINES = (
    "Council votes on the new school in the old barracks",
    "Lighthouse keeper retires after forty years of service",
    "Oyster beds are closed until the water is clear again",
    "Harbour master warns of ice on the northern channel",
)


def found(text: str, title: str = "") -> list[FoundListing]:
    return list(find_text_listings(read_lines(text), title))


def headlines(listing: FoundListing) -> tuple[str, ...]:
    return tuple(item.headline for item in listing.items)


@pytest.mark.parametrize(
    ("way", "template"),
    [
        ("bullets", "- {}\n"), ("dots", "  • {}\n"), ("stars of html2text", "  * {}\n"), ("a bare dash before", "-\n{}\n"),
        ("a dash behind the line before", "{}\n2024-02-10 17:50 -\n"), ("nothing but lines", "{}\n"), ("dates below", "{}\n3 hours ago\n"),
        ("topics and dates above", "Fishing\n2024-02-10\n{}\n"), ("a rank above", "7\n{}\n"), ("printed twice", "{0}\n{0}\nFishing\n"),
        ("a teaser below", "{}\nThe harbour company said on Friday that it would not comment on the matter before the vote.\n"),
    ],
)  # fmt: skip
def test_items_are_found_however_they_are_set_off(way: str, template: str) -> None:
    (listing,) = found("Most read\n" + "".join(template.format(headline) for headline in HEADLINES))
    assert (listing.label, headlines(listing)) == ("Most read", HEADLINES), way


def test_a_run_of_headlines_and_counts_on_one_line_is_split_and_gives_up_the_next_label() -> None:
    run = "灯塔守望人退休以后 评论 26“岛上终于通了渡船” 评论 114养蚝人等待潮水变清？ 评论 8最新闻 Hot\n"
    below = "-\n冬天的渡船只坐着一个人\n-\n她把岛上的食谱画成了地图\n-\n小镇上唯一的书店搬家了\n"
    first, second = found(f"相关推荐 -\n{run}{below}")
    assert (first.label, headlines(first)) == ("相关推荐", ("灯塔守望人退休以后", "“岛上终于通了渡船”", "养蚝人等待潮水变清？"))
    assert [item.after[0].text for item in first.items] == ["评论 26", "评论 114", "评论 8"]
    assert (second.label, len(second.items)) == ("最新闻 Hot", 3)


def test_pieces_belong_to_the_headline_that_every_item_sets_them_at() -> None:
    above = "".join(f"Fishing\n2024-02-1{n}\n{headline}\n" for n, headline in enumerate(HEADLINES))
    below = "".join(f"{headline}\n2024-02-1{n}\n" for n, headline in enumerate(HEADLINES))
    (listing,) = found(f"Latest news\n{above}")
    assert [[piece.text for piece in item.before] for item in listing.items] == [["Fishing", f"2024-02-1{n}"] for n in range(4)]
    (listing,) = found(f"Latest news\n{below}")
    assert [[piece.text for piece in item.after] for item in listing.items] == [[f"2024-02-1{n}"] for n in range(4)]


def test_a_label_that_no_lexicon_knows_is_the_bare_line_before_the_items() -> None:
    coast, inland = "".join(f"- {h}\n" for h in HEADLINES), "".join(f"- {h} again\n" for h in HEADLINES)
    text = f"Along the coast\n{coast}On the mainland\n{inland}"
    assert [listing.label for listing in found(text)] == ["Along the coast", "On the mainland"]


def test_a_line_with_the_way_to_all_of_them_is_a_label() -> None:
    (listing,) = found("Island life  View all\n" + "\n".join(HEADLINES))
    assert (listing.label, len(listing.items)) == ("Island life", 4)


def test_links_in_markdown_and_in_the_notes_of_lynx_keep_their_addresses() -> None:
    markdown = "Related articles\n" + "".join(f"* [{h}](/news/{n})\n" for n, h in enumerate(HEADLINES, 1))
    notes = "".join(f"   {n}. https://courier.example.org/news/{n}\n" for n in range(1, 5))
    lynx = "Related articles\n" + "".join(f"     * [{n}]{h}\n" for n, h in enumerate(HEADLINES, 1)) + "\nReferences\n" + notes
    assert [item.href for item in found(markdown)[0].items] == [f"/news/{n}" for n in range(1, 5)]
    assert [item.href for item in found(lynx)[0].items] == [f"https://courier.example.org/news/{n}" for n in range(1, 5)]


def test_the_column_that_headlines_name_in_front_of_a_bar_stands_above_them() -> None:
    (listing,) = found("推荐阅读\n- 财经 | 渡船公司年内将发行新债券\n- 体育 | 岛队客场一球小胜大陆队\n- 科技 | 灯塔改用岸上遥控新系统\n")
    assert [(item.before[0].text, item.headline[:2]) for item in listing.items] == [("财经", "渡船"), ("体育", "岛队"), ("科技", "灯塔")]


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a menu", "".join(f"- {word}\n" for word in ("Home", "News", "Sport", "Culture", "Weather", "Shipping", "Jobs"))),
        ("a footer", "Service\n- Terms and conditions\n- Privacy statement\n- Contact the newsroom\n- Our apps\n"),
        ("links that begin alike", "Elections\n" + "".join(f"- Results of the local elections in {w}\n" for w in ("Ash", "Birk", "Cal"))),
        ("readers", "Comments\n" + "".join(f"user{n}\n{h}\n3 hours ago\nReply\nReport\n" for n, h in enumerate(HEADLINES))),
        ("advertising", "Sponsored\n" + "".join(f"- {h}\n" for h in HEADLINES)),
        ("rights", "Most read\n© 2024 The Courier of the Western Isles\n"),
    ],
)  # fmt: skip
def test_what_is_no_listing_gives_none(what: str, text: str) -> None:
    assert found(text) == [], what


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja", "関連記事\n- 港の渡し船が三日ぶりに運航を再開\n1時間前\n- 灯台守が四十年の勤めを終えて退職\n2時間前\n"),
        ("ko", "많이 본 뉴스\n1\n사흘 만에 다시 뜬 섬 여객선, 승객 이백 명 태워\n2\n사십 년 등대지기 퇴임, 이제는 원격으로 불 밝힌다\n"),
        (
            "ar",
            "الأكثر قراءة\nأخبار\n2024-02-10\nعودة العبارة إلى الجزر بعد العاصفة\nبيئة\n2024-02-09\nحارس المنارة يتقاعد بعد أربعين عاما\n",
        ),
        ("ru", "Читайте также\n- Паром на острова снова ходит после шторма\n- Смотритель маяка ушёл на пенсию после сорока лет\n"),
        ("he", "עוד בנושא\nהמעבורת לאיים חזרה לפעול אחרי הסערה\nלפני שעתיים\nשומר המגדלור פורש אחרי ארבעים שנה\nאתמול\n"),
    ],
)
def test_listings_are_found_in_every_script(language: str, text: str) -> None:
    assert [len(listing.items) for listing in found(text)] == [2], language
