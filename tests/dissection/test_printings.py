"""One story printed as HTML and as text gives the same rows: one table of stories runs through both printings."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from tasks.dissection.findings import DissectedPage
from tasks.dissection.page import dissect_html, dissect_text
from tests.dissection.listing_pages import HEADLINES, PIER, STORY

URL = "https://news.example/harbour/pier"
CHINESE = (
    "北港镇议会周二晚间投票决定重建北侧码头，结束了长达九年的争议，新的码头将有两百米长，第一段将在明年春天开放。",
    "渔民们曾经警告说，如果没有码头，冬天的船队就不得不在往南四十公里的地方卸货，而那里的冷库早已经不够用了。",
    "反对的人表示他们会研究这份合同，因为上一份合同在一半的钢材已经付过两次款之后被取消，没有人为此承担责任。",
)


@dataclass(frozen=True)
class Spec:
    lang: str
    title: str
    date: str
    byline: str
    story: tuple[str, ...]
    label: str
    items: tuple[tuple[str, str], ...]


SPECS = {
    "english": Spec(
        "en", "Port Ellery rebuilds its pier", "2024-05-07T10:00:00+05:00", "By Ann Lee", STORY, "Related articles",
        tuple((headline, f"2024-05-0{n} 09:30") for n, headline in enumerate(HEADLINES[:4], 1)),
    ),
    "german": Spec(
        "de", "Port Ellery baut seine Mole wieder auf", "2024-05-07T10:00:00+02:00", "Von Ann Lee", STORY, "Meistgelesen",
        tuple((headline, "3. Mai 2024, 12:00 Uhr") for headline in HEADLINES[:4]),
    ),
    "chinese": Spec(
        "zh", "北港镇决定重建北侧码头", "2024-05-07T10:00:00+08:00", "作者：林小河", CHINESE, "相关阅读",
        tuple((headline, "2024-05-06 08:00") for headline in PIER),
    ),
}  # fmt: skip


def as_html(spec: Spec) -> DissectedPage:
    rows = "".join(f"<li><a href='/{n}'>{headline}</a> <span>{time}</span></li>" for n, (headline, time) in enumerate(spec.items))
    story = "".join(f"<p>{line}</p>" for line in spec.story)
    head = f"<title>{spec.title}</title><meta property='article:published_time' content='{spec.date}'>"
    body = f"<article><h1>{spec.title}</h1><p>{spec.byline}</p>{story}</article><h2>{spec.label}</h2><ul>{rows}</ul>"
    return dissect_html(f"<html lang={spec.lang}><head>{head}</head><body>{body}</body></html>", URL, None)


def as_text(spec: Spec) -> DissectedPage:
    rows = "\n".join(f"* {headline}\n{time}" for headline, time in spec.items)
    head = f"---\ntitle: {spec.title}\ndate: {spec.date}\nlanguage: {spec.lang}\n---\n# {spec.title}\n\n{spec.byline}\n\n"
    return dissect_text(head + "\n\n".join(spec.story) + f"\n\n{spec.label}\n\n{rows}\n", URL, None)


def rows_of(page: DissectedPage) -> dict[str, object]:
    assert page.article is not None
    items = [(each.kind, each.label, item.headline, item.listed_at, item.listed_zone) for each in page.listings for item in each.items]
    article = page.article
    told = {"title": article.title, "body": article.body, "lang": article.lang, "at": article.published_at, "zone": article.published_zone}
    return {**told, "credits": [(credit.role, credit.name) for credit in page.credits], "items": items, "after": page.observed_after}


@pytest.mark.parametrize("name", SPECS)
def test_both_printings_of_a_story_give_the_same_rows(name: str) -> None:
    found = rows_of(as_html(SPECS[name]))
    assert rows_of(as_text(SPECS[name])) == found
    assert found["body"] == "\n".join(SPECS[name].story)
    assert len(found["items"]) == len(SPECS[name].items)


@pytest.mark.parametrize("printing", [as_html, as_text])
def test_times_of_a_list_are_in_the_zone_of_the_article_where_the_outlet_tells_none(printing) -> None:
    first = printing(SPECS["english"]).listings[0].items[0]
    assert (first.listed_at, first.listed_zone) == (datetime(2024, 5, 1, 4, 30, tzinfo=UTC), "+05:00")
