"""Blocks of links that are listings, in the layouts that news sites print them in."""

import pytest

from tests.dissection.listing_pages import HEADLINES, PIER, STORY, body_of, dissected, listings_of, repeated

LINK = "<li><a href='/{n}.html'>{text}</a></li>"
THREE, REST = HEADLINES[:3], HEADLINES[3:]
JAPANESE = ("北港の桟橋、九年ぶりに再建へ", "冬の水揚げ港をめぐり漁師が懸念", "新しい桟橋の設計を技師が説明")
KOREAN = ("북항 부두 재건 계획 9년 만에 통과", "겨울 조업 앞두고 어민들 하역지 걱정", "기술자가 새 부두 설계를 설명하다")
ARABIC = ("مجلس الميناء يوافق على إعادة بناء الرصيف القديم", "الصيادون يحذرون من نقل التفريغ إلى الجنوب", "مهندسة تشرح تصميم الرصيف الجديد")

LAYOUTS = {
    "a list under a heading": ("Related posts", HEADLINES, f"<div><h3>Related posts</h3><ul>{repeated(LINK)}</ul></div>"),
    "cards in rows": ("More stories", HEADLINES[:4], "<section><h2>More stories</h2>" + "".join(
        "<div class='row'>" + repeated(
            "<div class='card'><a href='/" + row + "{n}'><img src='x.jpg'></a><div><span class='kicker'>Coast</span>"
            "<h4><a href='/" + row + "{n}'>{text}</a></h4><time datetime='2024-03-0{n}'>{n} March</time></div></div>", texts) + "</div>"
        for row, texts in (("a", HEADLINES[:2]), ("b", HEADLINES[2:4]))) + "</section>"),
    "cards that are links as a whole": ("Recommended for you", THREE, "<div><h2>Recommended for you</h2>" + repeated(
        "<a class='card' href='/{n}'><div><span>Coast</span><span>3 hours ago</span></div><h3>{text}</h3><p>A teaser.</p></a>",
        THREE) + "</div>"),
    "links laid over their cards": ("You may also like", THREE, "<div><h2>You may also like</h2>" + repeated(
        "<article><a href='/{n}' aria-label='{text}'></a><h3>{text}</h3><span class='section'>Coast</span></article>", THREE) + "</div>"),
    "headlines that a script opens": ("Columns", THREE, "<div><h4>Columns</h4>" + repeated(
        "<div class='box'><img src='a.jpg'><div><span class='box-href'>{text}</span> <a href='/c{n}'>Harbour</a></div></div>",
        THREE) + "</div>"),
    "line breaks in a table cell": ("相关新闻", PIER, "<table><tr><td><b>相关新闻</b><br>" + repeated(
        "·<a href='/{n}.shtml'>{text}</a> (12-0{n})<br>", PIER) + "</td></tr></table>"),
    "rows of a layout table": ("今日要闻", PIER, "<table><tr><td class='title'>今日要闻</td></tr><tr><td><table>" + repeated(
        "<tr><td>·</td><td><a href='/{n}.htm'>{text}</a></td><td>03-0{n}</td></tr>", PIER) + "</table></td></tr></table>"),
    "a ranking in Japanese": ("アクセスランキング", JAPANESE, "<aside><h2>アクセスランキング</h2><ol>" + repeated(
        "<li><a href='/{n}'><span class='rank'>{n}</span><img src='a.jpg'><p>{text}</p><span>3月{n}日</span></a></li>",
        JAPANESE) + "</ol></aside>"),
    "a ranking in Korean": ("많이 본 뉴스", KOREAN, "<div><strong>많이 본 뉴스</strong><ul>" + repeated(
        "<li><em>{n}</em><a href='/{n}'>{text}</a></li>", KOREAN) + "</ul></div>"),
    "cards in Arabic": ("الأكثر قراءة", ARABIC, "<div dir='rtl'><div class='title'>الأكثر قراءة</div><div>" + repeated(
        "<div class='card'><a href='/{n}'><img src='a'></a><a class='cat' href='/cat/1'>اقتصاد</a><h3><a href='/{n}'>{text}</a></h3>"
        "<span>منذ {n} ساعات</span></div>", ARABIC) + "</div></div>"),
    "a long heading that is linked to its section": ("Harbour and coast, all of our stories", THREE, "<div><a href='/harbour-and-coast/'>"
        "<h2>Harbour and coast, all of our stories</h2></a><div><ul>" + repeated(
        "<li><a href='/harbour-and-coast/{n}.html'><h3>{text}</h3></a></li>", THREE) + "</ul></div></div>"),
    "two columns under one label": ("In other news", HEADLINES, "<div><h3>In other news</h3><div>"
        f"<ul>{repeated(LINK, THREE)}</ul><ul>{repeated(LINK.replace('/', '/b', 1), REST)}</ul></div></div>"),
    "a lead above its list": ("Most read", HEADLINES, "<div class='box'><div class='hd'>Most read</div><div>"
        f"<h2><a href='/lead'>{HEADLINES[0]}</a></h2><ul>{repeated(LINK, HEADLINES[1:])}</ul></div></div>"),
    "a carousel that ends with its first slide": ("Pictures", THREE, "<div><h3>Pictures</h3><div>" + repeated(
        "<div class='slide'><a href='/{n}'><img src='x'><span>{text}</span></a></div>", THREE)
        + f"<div class='slide'><a href='/1'><img src='x'><span>{THREE[0]}</span></a></div></div></div>"),
    "days between the items": ("Timeline", HEADLINES[:4], "<section><h2>Timeline</h2>" + "".join(
        f"<h4>{day} May</h4><ul>{repeated(LINK.replace('/', f'/{day}-', 1), texts)}</ul>"
        for day, texts in ((12, HEADLINES[:2]), (11, HEADLINES[2:4]))) + "</section>"),
    "a label for those who cannot see it": ("Top stories", THREE,
        f"<section aria-label='Top stories'><ul>{repeated(LINK, THREE)}</ul></section>"),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_listing_is_found_whatever_its_layout(layout: str) -> None:
    label, headlines, block = LAYOUTS[layout]
    page = dissected(block)
    assert listings_of(page) == [(label, list(headlines))]
    assert body_of(page) == list(STORY)


def test_columns_with_labels_of_their_own_are_listings_of_their_own() -> None:
    page = dissected(
        f"<div><div><h4>Culture</h4><ul>{repeated(LINK, THREE)}</ul></div><div><h4>Science</h4><ul>{repeated(LINK, REST)}</ul></div></div>"
    )
    assert listings_of(page) == [("Culture", list(THREE)), ("Science", list(REST))]


def test_terms_of_one_definition_list_head_listings_of_their_own() -> None:
    item = "<dd><a href='/{n}'>{text}</a></dd>"
    page = dissected(f"<dl><dt>Latest news</dt>{repeated(item, THREE)}<dt>Most read</dt>{repeated(item, REST)}</dl>")
    assert listings_of(page) == [("Latest news", list(THREE)), ("Most read", list(REST))]


def test_tabs_are_the_labels_of_what_they_switch_between_the_one_shown_first() -> None:
    pane = "<div class='pane'{}><ol>{}</ol></div>"
    panes = pane.format("", repeated(LINK, THREE)) + pane.format(" style='display:none'", repeated(LINK, REST))
    page = dissected(f"<div><ul><li class='on'>Today</li><li>Week</li></ul>{panes}</div>")
    assert listings_of(page) == [("Today", list(THREE)), ("Week", list(REST))]
    page = dissected(f"<div><h3>Most read</h3><ul><li class='on'>Today</li><li>Week</li></ul>{panes}</div>")
    assert [label for label, _ in listings_of(page)] == ["Most read", "Most read"]


def test_a_copy_for_robots_adds_nothing_to_the_listing_that_readers_see() -> None:
    shown, copied = repeated(LINK, THREE), repeated(LINK, (*THREE, REST[0]))
    page = dissected(f"<div><h3>Most read</h3><div><ul>{shown}</ul></div><div class='robots'><ul>{copied}</ul></div></div>")
    assert listings_of(page) == [("Most read", list(THREE))]


def test_links_of_a_row_to_its_topic_and_author_are_no_items() -> None:
    row = (
        "<li><div><a class='topic' href='/t{n}'>Harbours and the people of the coast</a></div>"
        "<div><a class='title' href='/{n}'>{text} as the committee heard on Monday</a></div></li>"
    )
    page = dissected(f"<div><h3>Latest</h3><ul>{repeated(row, THREE)}</ul></div>")
    assert listings_of(page) == [("Latest", [f"{text} as the committee heard on Monday" for text in THREE])]
