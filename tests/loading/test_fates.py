from datetime import UTC, datetime

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from tasks.loading.fates import fates_of, without_known
from tasks.pages.outcome import PageOutcome, page_key
from tasks.shaping.articles import shape_articles
from tasks.shaping.pages import shape_pages
from tasks.shaping.rejects import shape_rejects
from tests.shaping.batches import DIGEST, article_at, batch_of, refused_at
from warehouse.tables import Articles, Pages, Rejects

URLS = [f"https://pier.example/{n}" for n in range(6)]
REASONS = ["not_article:list_page", "deadline", "empty_file"]
IDS = [page_key(url, DIGEST) for url in URLS]
outcomes = st.one_of(
    st.builds(article_at, st.sampled_from(URLS)),
    st.builds(refused_at, st.sampled_from(URLS), st.sampled_from(REASONS)),
    st.builds(refused_at, st.none(), st.sampled_from(REASONS), st.sampled_from(["x", "y"])),
)


@given(st.lists(outcomes, max_size=12), st.sets(st.sampled_from(IDS)), st.sets(st.sampled_from(IDS)))
def test_every_page_has_one_fate(pages: list[PageOutcome], known: set[str], refused: set[str]):
    fates = fates_of(batch_of(*pages), known, dict.fromkeys(refused, "title_is_long"))
    assert fates.loaded + fates.known + fates.rejected.total() == len(pages)


@given(st.lists(outcomes, max_size=12), st.sets(st.sampled_from(IDS)))
def test_what_is_counted_as_loaded_is_what_is_shaped(pages: list[PageOutcome], known: set[str]):
    """Where no page comes twice with different fates, which the same bytes never have."""
    told: dict[str, str | None] = {}
    pages = [o for o in pages if not o.capture or told.setdefault(o.capture.page_id, o.reason) == o.reason]
    batch = batch_of(*pages)
    frames = without_known({Pages: shape_pages(batch), Articles: shape_articles(batch)}, known)
    fates = fates_of(batch, known, {})
    assert frames[Articles].height == fates.loaded
    rejected_captures = {o.capture.page_id for o in pages if o.capture and o.reason and o.capture.page_id not in known}
    assert frames[Pages].height == fates.loaded + len(rejected_captures)


def test_fates_are_told_by_reason():
    batch = batch_of(
        article_at(URLS[0]),
        article_at(URLS[0]),
        article_at(URLS[1]),
        article_at(URLS[2]),
        refused_at(URLS[3], "not_article:list_page"),
        refused_at(None, "empty_file"),
        refused_at(None, "empty_file", "x"),
    )
    fates = fates_of(batch, {IDS[1]}, {IDS[2]: "title_is_long"})
    assert (fates.loaded, fates.known) == (1, 2)
    assert fates.rejected == {"expectation:title_is_long": 1, "not_article:list_page": 1, "empty_file": 2}


def test_rows_of_known_pages_are_left_out_and_files_without_a_page_stay():
    batch = batch_of(article_at(URLS[0]), refused_at(URLS[1], "no_title"), refused_at(None, "empty_file"))
    frames = without_known({Pages: shape_pages(batch), Rejects: shape_rejects(batch)}, {IDS[0], IDS[1]})
    assert frames[Pages].is_empty()
    assert frames[Rejects].get_column("reason").to_list() == ["empty_file"]
    assert frames[Rejects].select(pl.col("rejected_at") <= datetime.now(UTC)).item()
