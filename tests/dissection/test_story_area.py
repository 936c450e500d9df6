"""Dates of a page without a headline that could be found, and the reader's own day above one."""

from datetime import UTC, datetime

import pytest

from tasks.dissection.dates.published import find_dates
from tasks.dissection.dates.story_area import story_pieces
from tasks.dissection.markup.parsed_page import ParsedPage

OPENING = "青石河下月开始清淤，整个工程预计持续四个月，期间两岸步道分段封闭。"
BODY = f"{OPENING}\n家住河边的老人说，小时候夏天都在河里游泳，后来水浑了，鱼也少了。\n完工后，河道行洪能力将提高三成。"
STORY = "".join(f"<p>{line}</p>" for line in BODY.split("\n"))
MENU = "<table><tr><td><a href=/1>新闻</a> <a href=/2>体育</a></td><td>2024年5月9日 星期四</td></tr></table>"


def shown(above: str, under: str = "", body: str = BODY) -> str | None:
    html = f"<html><head><title>河里的淤泥</title></head><body>{MENU}<table><tr><td>{above}</td></tr></table>{STORY}{under}</body></html>"
    dates = find_dates(ParsedPage(html, "https://www.linjiang.cn/a"), body).value
    return dates.published_at.strftime("%Y-%m-%d %H:%M") if dates.published_at else None


def test_a_date_line_right_above_the_story_is_read_where_no_headline_is_found() -> None:
    assert shown("<b>青石河清淤</b></td></tr><tr><td>2024年5月4日10:30 临江日报</td></tr><tr><td>字号：大 中 小") == "2024-05-04 02:30"


def test_it_is_read_on_the_day_of_its_publication_too() -> None:
    html = f"<html><head><title>河里的淤泥</title></head><body>{MENU}<table><tr><td>%s</td></tr></table>{STORY}</body></html>"
    seen = datetime(2024, 5, 4, 4, 30, tzinfo=UTC)
    for line in ("2024年5月4日10:30 临江日报", "2小时前"):
        dates = find_dates(ParsedPage(html % line, "https://www.linjiang.cn/a", seen), BODY).value
        assert dates.published_at is not None and dates.published_at.strftime("%Y-%m-%d") in ("2024-05-04", "2024-05-03")


def test_so_is_one_right_under_the_story() -> None:
    line = "<div>发布时间：2024-05-04 10:30 编辑：林小河</div>"
    html = f"<html><head><title>河里的淤泥</title></head><body>{STORY}{line}<div>2023-01-02 10:00</div></body></html>"
    dates = find_dates(ParsedPage(html, "https://www.linjiang.cn/a"), BODY).value
    assert dates.published_at == datetime(2024, 5, 4, 2, 30, tzinfo=UTC)


def test_short_first_lines_do_not_hide_where_the_story_begins() -> None:
    assert shown("2024-05-04 10:30 <strong>人物</strong>", body=f"人物\n{BODY}") == "2024-05-04 02:30"


def test_a_story_that_is_nowhere_on_the_page_has_nothing_around_it() -> None:
    assert story_pieces(ParsedPage(f"<body>{STORY}</body>"), "这里说的是另外一条河，与上面的完全不同。") == (None, ())


TODAY = [
    "<div class=strip>Thursday, May 9, 2024</div>",
    "<section><p>May 9, 2024 14:05</p></section>",
    "<time datetime=2024-05-09>9 May</time>",
]


@pytest.mark.parametrize("today", TODAY)
@pytest.mark.parametrize("observed_at", [None, datetime(2024, 5, 9, 18, tzinfo=UTC)])
def test_a_day_above_the_headline_and_outside_of_the_article_is_the_readers(today: str, observed_at: datetime | None) -> None:
    text = "<p>The ferry slip stays open for two winters.</p>" * 6
    story = f"<main><article><h1>Ferry slip stays open</h1><p>4 May 2024</p>{text}</article></main>"
    html = f"<html lang=en><body><div>{today}{story}<footer>Imprint</footer></div></body></html>"
    dates = find_dates(ParsedPage(html, "https://pell.example/a", observed_at), None).value
    assert dates.published_at == datetime(2024, 5, 4, tzinfo=UTC)
    alone = find_dates(ParsedPage(html.replace("<p>4 May 2024</p>", ""), "https://pell.example/a", observed_at), None)
    assert observed_at is None or alone.value.published_at is None


def test_a_day_above_the_headline_inside_the_article_is_the_articles() -> None:
    article = (
        "<article><header><span>4 May 2024</span></header><div><h1>Ferry slip stays open</h1></div><p>Updated tables below</p></article>"
    )
    html = f"<html lang=en><body><nav>News</nav><main>{article}</main></body></html>"
    page = ParsedPage(html, "https://pell.example/a", datetime(2024, 5, 4, 18, tzinfo=UTC))
    assert find_dates(page, None).value.published_at == datetime(2024, 5, 4, tzinfo=UTC)


def test_of_two_days_alike_the_one_that_stands_with_the_headline_is_the_articles() -> None:
    story = "<h1>Ferry slip stays open</h1><p>4 May 2024</p>" + "<p>The ferry slip stays open for two more winters.</p>" * 20
    html = f"<html lang=en><body><div class=wrap><div>Thursday, May 9, 2024</div><div class=content>{story}</div></div></body></html>"
    assert find_dates(ParsedPage(html, "https://pell.example/a"), None).value.published_at == datetime(2024, 5, 4, tzinfo=UTC)


def test_a_day_beside_the_name_of_the_outlet_does_not_hide_the_one_above_the_story() -> None:
    menu = "".join(f"<li><a href=/{i}>频道{i}</a></li>" for i in range(60))
    top = f"<div>2024年5月9日 星期四</div><div><h1>临江日报</h1></div><ul>{menu}</ul><footer></footer>"
    html = f"<html lang=zh><head><title>临江日报</title></head><body>{top}<p>2024-05-04 10:30</p>{STORY}</body></html>"
    assert find_dates(ParsedPage(html, "https://www.linjiang.cn/a"), BODY).value.published_at == datetime(2024, 5, 4, 2, 30, tzinfo=UTC)


@pytest.mark.parametrize("today", ["<div id=date>Thu, 9 May 2024</div>", "<ul><li>May 9, 2024</li></ul>"])
def test_a_day_far_above_the_headline_is_refused_on_the_day_of_the_capture(today: str) -> None:
    story = "<h1>Ferry slip stays open</h1>" + "<p>The ferry slip stays open for two more winters.</p>" * 20
    html = f"<html lang=en><body><div class=wrap>{today}<div class=content>{story}</div></div></body></html>"
    dates = find_dates(ParsedPage(html, "https://pell.example/a", datetime(2024, 5, 9, 18, tzinfo=UTC)), None)
    assert dates.value.published_at is None
