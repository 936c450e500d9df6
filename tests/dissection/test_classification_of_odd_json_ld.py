"""JSON-LD of any shape: what is no headline, name or date is passed over, and nothing raises."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.dissection.about.classification import find_section, find_site_name, find_tags
from tasks.dissection.about.language import find_language
from tasks.dissection.about.title import find_title
from tasks.dissection.credits.authors import find_authors
from tasks.dissection.dates.published import find_dates
from tasks.dissection.markup.parsed_page import ParsedPage

KEYS = (
    "headline", "author", "datePublished", "dateModified", "publisher", "articleSection", "keywords", "inLanguage", "@type", "@id", "name",
)  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30) | st.sampled_from(["NewsArticle", "#a"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from((*KEYS, "@value", "mainEntity")), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150)
@given(st.dictionaries(st.sampled_from((*KEYS, "itemListElement", "mainEntity", "@graph")), VALUES, max_size=8))
def test_no_shape_of_json_ld_raises(node: dict[str, object]) -> None:
    block = json.dumps({"@type": "NewsArticle", **node}).replace("</", "<\\/")
    head = f'<script type="application/ld+json">{block}</script><title>A | B</title>'
    page = ParsedPage(f"<html><head>{head}</head><body><h1>A</h1><p>x</p></body></html>", "https://www.rivertimes.com/a")
    title = find_title(page).value
    for find in (find_section, find_tags, find_site_name):
        find(page)
    find_authors(page, title, None, "Text.")
    find_language(page, "Text.")
    find_dates(page, "Text.")
