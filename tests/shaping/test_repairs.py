"""core.repairs, and what restoration adds to articles and listing items."""

from tasks.dissection.findings import DissectedPage, Listing, ListingItem, Restoration
from tasks.pages.outcome import PageOutcome
from tasks.restoration.placing import PlacedRepair
from tasks.shaping.articles import shape_articles
from tasks.shaping.listing_items import shape_listing_items
from tasks.shaping.repairs import shape_repairs
from tests.shaping.batches import article_at, batch_of, capture, ref
from tests.shaping.test_articles import A, B, by_url
from warehouse.tables import Repairs
from warehouse.tables.contract import polars_schema

GLOSS = PlacedRepair("title", 2, 7, 2, 2, "(bào)", "", "gloss", "報(bào)", True, 1.0, (), "restored")
LOST = PlacedRepair("body", 0, 2, 0, 2, "?5", "\ufffd5", "bytes", "model", False, 0.4, (("35", 0.4), ("25", 0.3)), "lost")
CHAFF = PlacedRepair("page", 4, 6, 4, 6, "新闻", "新闻", "keywords", "5 keywords", False, 0.8, (), "flagged")


def test_a_page_has_a_row_for_each_repair_even_where_it_carries_no_article():
    rejected = PageOutcome(ref(), capture(B), DissectedPage(reason="no_title", restoration=Restoration(repairs=(CHAFF,))), "no_title")
    batch = batch_of(article_at(A, restoration=Restoration(True, (GLOSS, LOST))), rejected)
    rows = shape_repairs(batch)
    assert by_url(rows, batch, "repair_number", "field", "before", "round_trip", "status") == [
        (A, 1, "title", "(bào)", "proved", "restored"), (A, 2, "body", "?5", "not proved", "lost"),
        (B, 1, "page", "新闻", "not proved", "flagged"),
    ]  # fmt: skip
    assert rows["candidates"].to_list()[1] == [{"text": "35", "share": 0.4}, {"text": "25", "share": 0.3}]


def test_the_same_capture_twice_has_its_repairs_once():
    page = article_at(A, restoration=Restoration(True, (GLOSS,)))
    assert shape_repairs(batch_of(page, page)).height == 1


def test_an_article_counts_what_was_changed_and_what_is_lost_but_not_what_was_flagged():
    done = Restoration(True, (GLOSS, LOST, CHAFF), "Hans", "the ferry", "the body")
    articles = shape_articles(batch_of(article_at(A, restoration=done), article_at(B)))
    columns = ("is_cloaked", "repair_count", "lost_count", "script", "title_folded", "body_folded")
    assert articles.select(columns).rows() == [(True, 2, 1, "Hans", "the ferry", "the body"), (None,) * 6]


def test_headlines_keep_their_folded_form_beside_them():
    listing = Listing("hot", None, (ListingItem("Pier"), ListingItem("Gull")), "/p", 1.0, "r")
    done = Restoration(headlines_folded=(("pier", "gull"),))
    items = shape_listing_items(batch_of(article_at(A, listings=(listing,), restoration=done)))
    assert items.select("headline", "headline_folded").rows() == [("Pier", "pier"), ("Gull", "gull")]


def test_a_batch_without_repairs_has_every_column():
    assert shape_repairs(batch_of(article_at(A))).schema == polars_schema(Repairs)
