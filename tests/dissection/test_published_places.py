"""Whose date is printed where: the article's, or a comment's, another story's, an event's, the reader's own day."""

from datetime import UTC, datetime

import pytest

from tasks.dissection.dates.published import PublishedDates, find_dates
from tasks.dissection.findings import Found
from tasks.dissection.markup.parsed_page import ParsedPage

OBSERVED = datetime(2025, 3, 1, 12, tzinfo=UTC)
STORY = "<p>" + "Die Mühle am Wehr mahlt seit Dienstag wieder Roggen für das ganze Tal. " * 8 + "</p>"
TEASER = '<div><a href="/b">Warum die alte Schleuse im Tal nun doch nicht saniert wird</a> <span>27.02.2025, 10:00</span></div>'


def dates_of(
    above: str = "", below: str = "", head: str = "", after: str = "", url: str = "https://www.talbote.de/a"
) -> Found[PublishedDates]:
    body = f"<div>{above}</div><main><h1>Mühle mahlt wieder</h1>{below}{STORY}</main>{after}"
    return find_dates(ParsedPage(f'<html lang="de"><head>{head}</head><body>{body}</body></html>', url, OBSERVED), None)


def verdicts(dates: Found[PublishedDates], source: str) -> list[str]:
    return [c.verdict for c in dates.findings[0].candidates if c.source == source]


NOT_THE_ARTICLES = {
    "a clock in the header": ("<header><span>Samstag, 1. März 2025, 12:00</span></header>", ""),
    "a clock in a masthead": ('<div class="masthead"><time datetime="2025-03-01T12:00">Samstag, 1. März 2025</time></div>', ""),
    "today in words": ("<span>Heute ist Samstag, der 1. März 2025</span>", ""),
    "a ticker above": (f"<div class=ticker>{TEASER}</div>", ""),
    "a teaser below": ("", f"<div>{TEASER}{TEASER}</div>"),
    "a comment": ("", '<ol class="comment-list"><li class="comment-body"><b>Jutta</b> 27.02.2025 um 18:05 Uhr</li></ol>'),
    "a comment in words": ("", "<div><b>Jutta B.</b> sagt: 27.02.2025 um 18:05 Uhr</div>"),
    "an event": ("", "<dl><dt>Beginn:</dt><dd>28.02.2025, 11:00 Uhr</dd><dt>Ende:</dt><dd>28.02.2025, 18:00 Uhr</dd></dl>"),
    "rights": ("", "<p>© Talbote, 01.01.2025</p>"),
    "a caption": ("", f"<figure><figcaption>{'Die Mühle nach dem Hochwasser, ' * 4} am 3. Januar 2025</figcaption></figure>"),
}


@pytest.mark.parametrize(("above", "below"), NOT_THE_ARTICLES.values(), ids=NOT_THE_ARTICLES.keys())
def test_a_date_that_is_not_the_articles_is_not_taken_but_kept(above: str, below: str) -> None:
    dates = dates_of(above, below)
    assert dates.value.published_at is None
    assert all(verdict.startswith("refused") for verdict in verdicts(dates, "visible"))


@pytest.mark.parametrize(("above", "below"), NOT_THE_ARTICLES.values(), ids=NOT_THE_ARTICLES.keys())
def test_the_articles_own_date_line_wins_beside_any_of_them(above: str, below: str) -> None:
    dates = dates_of(above, f"<div class=meta>Von Ilse Brandt, 10.02.2025, 17:30 Uhr</div>{below}")
    assert dates.value.published_at == datetime(2025, 2, 10, 16, 30, tzinfo=UTC)


def test_a_byline_of_many_linked_authors_is_no_teaser() -> None:
    line = '<div><a href="/autor/4">Ilse Brandt, Konrad Vollmer, Petra Wiesinger und Uwe Talmann</a> <span>10.02.2025, 17:30</span></div>'
    assert dates_of(below=line).value.published_at == datetime(2025, 2, 10, 16, 30, tzinfo=UTC)


def test_every_candidate_is_kept_when_machines_have_told_the_minute() -> None:
    head = '<meta property="article:published_time" content="2025-02-10T17:30:00+01:00">'
    line = '<div>10.02.2025, 17:30 Uhr</div><time datetime="2025-02-10T17:30:00+01:00">10. Februar</time>'
    dates = dates_of(head=head, below=line, url="https://www.talbote.de/2025/02/10/muehle")
    kept = {(c.source, c.verdict) for c in dates.findings[0].candidates}
    assert kept == {("meta:article:published_time", "won"), ("time", "agrees"), ("url", "agrees"), ("visible", "agrees")}


FOUNDED = '{"@type":"NewsArticle","headline":"Mühle","datePublished":"%s","publisher":{"@type":"Organization","foundingDate":"1946-09-01"}}'


def test_a_date_before_the_outlet_was_founded_is_refused_with_a_flag() -> None:
    dates = dates_of(head=f'<script type="application/ld+json">{FOUNDED % "1912-05-04T08:00:00Z"}</script>')
    assert dates.value.published_at is None and "impossible_date" in dates.flags
    assert verdicts(dates, "json_ld:datePublished") == ["refused: the outlet was founded in 1946"]


@pytest.mark.parametrize("value", ["1970-01-01T00:00:00Z", "1969-12-31T19:00:00-05:00", "1900-01-01"])
def test_what_systems_write_for_no_date_is_refused_with_a_flag(value: str) -> None:
    dates = dates_of(head=f'<meta name="date" content="{value}">')
    assert dates.value.published_at is None and "impossible_date" in dates.flags


def test_words_where_a_date_should_be_are_no_impossible_date() -> None:
    dates = dates_of(head='<meta name="date" content="heute">')
    assert dates.flags == ("no_date",)


@pytest.mark.parametrize("path", ["/2025/02/10/muehle", "/2025/feb/10/muehle", "/20250210/muehle.html", "/2025-02/10/c_1.htm"])
def test_the_day_in_a_path_is_read_in_the_forms_that_sites_use(path: str) -> None:
    dates = dates_of(url=f"https://www.talbote.de{path}")
    assert (dates.value.published_source, dates.value.published_precision) == ("url", "day")
    assert dates.value.published_at == datetime(2025, 2, 9, 23, tzinfo=UTC)
