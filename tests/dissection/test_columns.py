"""Columns of a table as candidates: all there is for a text, behind the page's own words beside HTML."""

from datetime import UTC, datetime

from tasks.dissection.findings import DissectedPage
from tasks.dissection.page import dissect_html, dissect_text
from tasks.sources.page import Column

BODY = [f"The library committee agreed on Monday to keep the mill branch running in season number {n}, and said why." for n in range(1, 7)]
COLUMNS = (
    Column("title", "headline", ("Mill branch stays open",)), Column("authors", "authors", ("Ann Lee", "Bo Tan")),
    Column("published_at", "date", ("2024-05-04 07:30:00",)), Column("modified_at", "date_modify", ("2024-05-06T09:00:00Z",)),
    Column("section", "category", ("Harbour",)), Column("lang", "language", ("en",)), Column("site_name", "outlet", ("Skerry Post",)),
    Column("tags", "keywords", ("ferry", "winter")),
)  # fmt: skip
FIELDS = ("title", "authors", "published_at", "modified_at", "section", "lang", "site_name", "tags")


def sources(page: DissectedPage) -> dict[str, str | None]:
    return {finding.field: finding.source for finding in page.findings if finding.field in FIELDS}


def test_a_text_has_every_field_from_its_columns() -> None:
    page = dissect_text("\n".join(BODY), "https://skerry.example/branch", None, COLUMNS)
    article = page.article
    assert article is not None and article.body == "\n".join(BODY)
    assert (article.title, article.section, article.lang, article.site_name, article.tags) == (
        "Mill branch stays open", "Harbour", "en", "Skerry Post", ("ferry", "winter")
    )  # fmt: skip
    assert (article.published_at, article.published_source) == (datetime(2024, 5, 4, 7, 30, tzinfo=UTC), "column:date")
    assert article.modified_at == datetime(2024, 5, 6, 9, tzinfo=UTC)
    assert [credit.name for credit in page.credits if credit.role == "author"] == ["Ann Lee", "Bo Tan"]
    assert sources(page) == {column.field: f"column:{column.name}" for column in COLUMNS}


def test_a_line_above_a_text_that_says_the_title_is_no_part_of_its_body() -> None:
    page = dissect_text("\n".join(["Mill branch stays open", *BODY]), None, None, COLUMNS)
    assert page.article is not None and page.article.body == "\n".join(BODY)


def test_beside_html_the_page_is_believed_and_columns_fill_what_it_leaves_open() -> None:
    head = '<title>The mill branch stays</title><meta name="author" content="Cy Dahl"><meta property="article:section" content="Town">'
    paragraphs = "".join(f"<p>{line}</p>" for line in BODY)
    shown = '<h1>The mill branch stays</h1><time datetime="2024-05-03T10:00:00Z">3 May</time>'
    html = f"<html lang='en'><head>{head}</head><body><article>{shown}{paragraphs}</article></body></html>"
    page = dissect_html(html, "https://skerry.example/branch", None, COLUMNS)
    assert sources(page) == {
        "title": "heading", "authors": "meta:author", "published_at": "time", "modified_at": "column:date_modify",
        "section": "meta:article:section", "lang": "html lang", "site_name": "column:outlet", "tags": "column:keywords",
    }  # fmt: skip
    offered = {candidate.source for finding in page.findings for candidate in finding.candidates}
    assert {f"column:{name}" for name in ("headline", "date", "category", "language")} <= offered


def test_a_numeric_date_with_dashes_is_read_as_the_languages_readers_do() -> None:
    english = dissect_text("\n".join(BODY), None, None, (COLUMNS[0], Column("published_at", "publish_date", ("05-04-2024",))))
    german = dissect_text("\n".join(BODY), "https://mole.de/", None, (COLUMNS[0], Column("published_at", "publish_date", ("05-04-2024",))))
    days = [page.article.published_at.strftime("%d %m") for page in (english, german) if page.article and page.article.published_at]
    assert days == ["04 05", "04 04"]  # 5 April begins in Berlin while it is still the 4th in UTC
