"""core.listing_items and core.statements: from what dissection found to rows."""

from datetime import UTC, datetime

import pytest

from tasks.dissection.findings import DissectedPage, Image, Listing, ListingItem, Statement
from tasks.pages.outcome import PageOutcome
from tasks.shaping.images import shape_images
from tasks.shaping.listing_items import shape_listing_items
from tasks.shaping.pages import shape_pages
from tasks.shaping.statements import shape_statements
from tests.shaping.batches import BODY, SEEN, article_at, batch_of, capture, ref, refused_at
from tests.shaping.test_articles import A, B, by_url
from warehouse.tables import ListingItems, Statements
from warehouse.tables.contract import polars_schema


def listing(kind: str, label: str | None, *headlines: str) -> Listing:
    return Listing(kind, label, tuple(ListingItem(headline) for headline in headlines), "/html/body/ul", 0.9, "a list")


def test_listings_and_their_items_are_numbered_from_the_top():
    shown = (listing("hot", "Most read", "Storm", "Ferry"), listing("related", None, "Pier"))
    batch = batch_of(article_at(A, listings=shown), article_at(B, listings=(listing("latest", "New", "Storm"),)))
    assert by_url(shape_listing_items(batch), batch, "listing_number", "position", "kind", "label", "headline") == [
        (A, 1, 1, "hot", "Most read", "Storm"),
        (A, 1, 2, "hot", "Most read", "Ferry"),
        (A, 2, 1, "related", None, "Pier"),
        (B, 1, 1, "latest", "New", "Storm"),
    ]


def test_a_page_without_an_article_shows_its_listings_too():
    front = DissectedPage(reason="not_article:list_page", listings=(listing("section", "World", "Storm", "Ferry"),))
    batch = batch_of(PageOutcome(ref(), capture(A), front, "not_article:list_page"), article_at(B))
    seen_again = batch_of(*batch.outcomes, batch.outcomes[0])
    assert by_url(shape_listing_items(seen_again), batch, "position", "label", "headline") == [
        (A, 1, "World", "Storm"),
        (A, 2, "World", "Ferry"),
    ]


def test_an_item_keeps_what_is_printed_beside_it_and_when_it_was_seen():
    listed = datetime(2026, 2, 28, 16, 5, tzinfo=UTC)
    item = ListingItem("Storm", "https://pier.example/s", listed, "+08:00", "minute", "relative", "3小时前", "Weather", 12, 3, 10**11, 4)
    (row,) = shape_listing_items(batch_of(article_at(A, listings=(Listing("hot", "热", (item,), "/p", 1.0, "r"),)))).iter_rows(named=True)
    told = {name: row[name] for name in ("listed_at", "listed_zone", "listed_precision", "listed_source", "listed_text")}
    assert tuple(told.values()) == (listed, "+08:00", "minute", "relative", "3小时前")
    assert (row["topic"], row["comment_count"], row["like_count"], row["read_count"], row["rank"]) == ("Weather", 12, 3, 10**11, 4)
    assert row["observed_at"] == SEEN


@pytest.mark.parametrize("number", [10**13, 2**63, 10**40])
def test_a_number_that_counts_nothing_is_left_out(number: int):
    item = ListingItem("Storm", comment_count=number, read_count=7, rank=number)
    items = shape_listing_items(batch_of(article_at(A, listings=(Listing("hot", None, (item,), "/p", 1.0, "r"),))))
    assert items.select("comment_count", "read_count", "rank").rows() == [(None, 7, None)]


def test_turns_keep_their_place_in_the_body():
    said = (Statement(1, "question", "Q", None, "The ferry", 0, 9), Statement(2, "answer", None, "Ada", "Nobody", 26, 32))
    batch = batch_of(article_at(A, statements=said))
    rows = shape_statements(batch)
    assert by_url(rows, batch, "turn", "kind", "speaker_label", "speaker") == [(A, 1, "question", "Q", None), (A, 2, "answer", None, "Ada")]
    assert [BODY[start:end] for start, end in rows.select("start_offset", "end_offset").iter_rows()] == rows["text"].to_list()


def test_pages_that_show_nothing_have_no_rows_and_all_columns():
    batch = batch_of(article_at(A), refused_at(B, "no_title"))
    assert shape_listing_items(batch).schema == polars_schema(ListingItems)
    assert shape_statements(batch).schema == polars_schema(Statements)
    assert (shape_listing_items(batch).height, shape_statements(batch).height) == (0, 0)


def test_captions_of_images_that_are_lost_are_each_kept_once():
    captions = ("The pier", "A gull", "The pier")
    batch = batch_of(article_at(A, images=(Image("https://pier.example/1.jpg", "The pier"), *(Image(None, c) for c in captions))))
    assert by_url(shape_images(batch), batch, "position", "url", "caption") == [
        (A, 1, "https://pier.example/1.jpg", "The pier"), (A, 2, None, "The pier"), (A, 3, None, "A gull"),
    ]  # fmt: skip


def test_what_a_page_proves_of_its_time_is_kept_with_its_capture():
    proven = datetime(2025, 5, 21, 4, tzinfo=UTC)
    seen = [PageOutcome(ref(), capture(A), DissectedPage(reason="no_title", observed_after=proven)), PageOutcome(ref(), capture(B))]
    assert shape_pages(batch_of(*seen)).select("url", "observed_after").rows() == [(A, proven), (B, None)]
