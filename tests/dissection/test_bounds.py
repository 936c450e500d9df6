"""What a page may repeat without end is bounded before it reaches C code that no deadline ends, and real pages stay far below."""

import inspect
from types import SimpleNamespace

import pytest
from justext.core import get_next_neighbour, get_prev_neighbour
from lxml import html as lxml_html
from trafilatura import main_extractor

from tasks.dissection.body.extraction import MOST_NEIGHBOURS
from tasks.dissection.markup.elements import PARAGRAPH_TEXTS
from tasks.dissection.markup.parsed_page import MOST_ELEMENTS, parse
from tasks.dissection.markup.well_formed import MOST_ATTRIBUTES
from tasks.dissection.page import dissect_html


@pytest.mark.parametrize("unit", ["a{} ", 'a{}="x>" ', "a{}=1\n", "/a{}", 'a{}="x"'])
def test_of_an_element_with_thousands_of_attributes_the_first_are_kept(unit: str):
    tree = parse(f"<p id=first {''.join(map(unit.format, range(5_000)))}>one</p><p class=next>two</p>")
    first, following = tree.iter("p")
    assert len(first.attrib) == MOST_ATTRIBUTES
    assert (first.get("id"), first.text, following.get("class"), following.text) == ("first", "one", "next", "two")


def test_a_script_is_no_tag_however_it_looks():
    script = f"if (a <b {'and so ' * 5_000})"
    assert parse(f"<p>one</p><script>{script}</script>").findtext(".//script") == script


def test_a_long_value_is_kept():
    assert parse(f'<p data-x="{"word " * 5_000}">one</p>').find(".//p").get("data-x").count("word") == 5_000


@pytest.mark.parametrize("tag", ["<br>", "<tr>", "</p>"])
def test_a_page_of_more_elements_than_a_worker_should_hold_is_too_large(tag: str):
    page = dissect_html(f"<h1>Harbour works</h1>{tag * MOST_ELEMENTS}", None, None)
    assert page.reason == "page_too_large"
    assert page.detail == f"expected at most {MOST_ELEMENTS} elements, got {MOST_ELEMENTS + 1}"


def test_comparisons_in_a_text_are_no_elements():
    assert dissect_html(f"<h1>Harbour works</h1><p>{'1 < 2, ' * (MOST_ELEMENTS + 1)}", None, None).reason != "page_too_large"


def test_trafilatura_still_asks_for_the_texts_of_all_paragraphs():
    """The day this fails, look whether PageElement.xpath is still needed: test_growth.py tells."""
    assert f'subtree.xpath("{PARAGRAPH_TEXTS}")' in inspect.getsource(main_extractor)


def test_texts_of_paragraphs_are_those_that_lxml_finds():
    source = "<body>out<p>one <b>two</b> three<br>four<div><p>five</p>six</div></p>seven<p>eight</p></body>"
    ours, theirs = parse(source), lxml_html.document_fromstring(source)
    for tree in (ours, theirs):
        tree.find(".//div").tag = "p"
    assert "".join(ours.xpath(PARAGRAPH_TEXTS)) == "".join(theirs.xpath(PARAGRAPH_TEXTS))


@pytest.mark.parametrize(("far", "told"), [(MOST_NEIGHBOURS - 1, "good"), (MOST_NEIGHBOURS, "bad")])
def test_justext_looks_for_a_neighbour_no_further_than_it_should(far: int, told: str):
    row = [SimpleNamespace(class_type=kind) for kind in ("good", *["short"] * (2 * far + 1), "good")]
    assert get_prev_neighbour(far + 1, row, ignore_neargood=True) == told
    assert get_next_neighbour(far + 1, row, ignore_neargood=True) == told


def test_justext_asks_the_neighbours_that_it_always_has():
    kinds = ("neargood", "short", "neargood", "bad")
    row = [SimpleNamespace(class_type=kind) for kind in kinds]
    assert [get_next_neighbour(0, row, ignore_neargood=ignored) for ignored in (True, False)] == ["bad", "neargood"]
    assert get_prev_neighbour(0, row, ignore_neargood=True) == "bad"
