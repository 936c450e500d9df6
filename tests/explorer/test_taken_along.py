"""What may be taken along from a view: its query, and all of its rows."""

import re
from urllib.parse import quote

import pytest

from tests.explorer.conftest import PAGES
from tests.explorer.hostile import HOSTILE
from tests.explorer.site import Site
from warehouse.explorer.questions import names, question
from warehouse.explorer.table import PAGE_ROWS

TABLES = {
    "": ("home_newest", "home_contents", "home_runs"), "search?query=ferry": ("search_hits",),
    "search?query=ferry&part=headlines": ("search_headlines",),
    "search?query=ferry&part=attention": ("search_attention",), "search?query=ferry&part=terms": ("search_terms",), "site": ("sites",),
    "topics": ("topics", "topics_over_time"), "outlets": ("outlets", "outlets_over_time"), "damage": ("damage", "damage_pages"),
    "rejects": ("rejects", "rejects_by_reason"), "checks": ("checks", "checks_unmet"),
}  # fmt: skip


@pytest.mark.parametrize("view", TABLES)
def test_as_sql_gives_the_rows_of_the_table(wide: Site, view: str):
    page = wide.get(view)
    for table in TABLES[view]:
        shown = page.cells(table)
        again = wide.get(page.link("as SQL", table))
        assert again.status == 200 and again.tree.xpath("string(//textarea)").strip() == page.query(table).strip()
        hidden = len(again.cells("rows")[0]) - len(shown[0])  # page_id, to which a title leads
        assert shown and [row[: len(row) - hidden] if hidden else row for row in again.cells("rows")] == shown, table


def test_csv_has_all_rows_where_a_table_shows_some(wide: Site):
    page = wide.get("")
    rows = wide.get(page.link("CSV of all rows", "home_newest"))
    assert len(page.cells("home_newest")) <= PAGE_ROWS < PAGES
    assert (rows.headers["content-type"], len(rows.csv())) == ("text/csv; charset=utf-8", PAGES + 1)
    assert rows.headers["content-disposition"] == 'attachment; filename="broadsheet-home_newest.csv"'
    found = wide.get("search?query=ferry")
    assert len(wide.get(found.link("CSV of all rows", "search_hits")).csv()) > PAGE_ROWS, "search asks for a hundred, CSV for all"


def test_the_pages_of_a_table_together_are_all_of_it(wide: Site):
    page, seen = wide.get(""), list[str]()
    while True:
        seen += [str(link) for link in page.tree.xpath("//section[@id='home_newest']//td/a[starts-with(@href, 'article')]/@href")]
        if not page.tree.xpath("//section[@id='home_newest']//a[normalize-space()='next']"):
            break
        page = wide.get(page.link("next", "home_newest"))
    assert len(seen) == len(set(seen)) == PAGES
    assert page.link("first", "home_newest").partition("#")[0] == wide.url


def test_csv_is_safe_to_open_in_a_spreadsheet(hostile: Site):
    said = quote("SELECT title, -5 AS degrees, ['=1'] AS list FROM core.articles")
    header, *rows = hostile.get(f"rows.csv?query={said}").csv()
    assert header == ["title", "degrees", "list"]
    assert {(row[0][:5], row[1]) for row in rows} == {("'=1+1", "-5")}
    assert "\x1b" not in rows[0][0] and r"\x1b" in rows[0][0]
    assert hostile.get(f"rows.csv?query={quote('SELECT 1 AS')}%22%3D1%22").csv()[0] == ["'=1"], "names of columns are a stranger's, too"
    assert (
        hostile.get("rows.csv?query=SELECT+1&name=../../x%22").headers["content-disposition"] == 'attachment; filename="broadsheet-x.csv"'
    )


def test_a_value_of_a_url_is_a_literal_of_the_query(hostile: Site):
    page = hostile.get(f"search?query={quote(HOSTILE)}")
    assert len(page.cells("search_hits")) == 3
    assert "'" + HOSTILE.replace("'", "''") + "'" in page.query("search_hits")


@pytest.mark.parametrize("name", names())
def test_a_question_says_what_it_reads_and_drops_lines_of_what_is_not_given(name: str):
    asked = question(name)
    every = {
        word.strip("$,():") for line in asked.text.splitlines() for word in line.replace("(", " ").replace(":", " ").split() if "$" in word
    }
    values = {parameter.strip("',)"): None for parameter in every}
    assert "$" not in asked.filled(**values)
    assert "$" not in asked.filled(**dict.fromkeys(values, "x"))
    named = set(re.findall(r"\b(?:raw|core|ops|mart)\.[a-z_]+\b", asked.text))
    assert named <= set(asked.reads), f"{name}.sql reads more than it says"
    if values:
        with pytest.raises(KeyError, match=name):
            asked.filled()
