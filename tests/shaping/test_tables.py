"""No value that dissection lets through can stop a batch."""

from dataclasses import replace

import polars as pl

from tasks.dissection.findings import Article, Candidate, Credit, Finding, Image
from tasks.shaping.tables import Frames, frames_of, shape_batch_tables
from tasks.workers.dissected_batch import DissectedBatch
from tests.shaping.batches import article_at, batch_of
from warehouse.tables import Articles, Credits, Evidence, Images, Pages, Rejects

HALF = "put off \ud83d"  # half an emoji, as JavaScript's substring leaves it
WHOLE = "put off \ufffd"
GOOD, BAD = "https://pier.example/good", "https://pier.example/bad"


def test_half_an_emoji_is_stored_as_a_replacement_character_wherever_it_stands():
    found = Finding("title", HALF, "json_ld", HALF, (Candidate("json_ld", HALF, HALF),))
    image = Image("https://pier.example/1.jpg", HALF, None)
    page = article_at(BAD, credits=(Credit("author", HALF, HALF),), images=(image,), findings=(found,))
    assert page.dissected is not None
    article = Article(HALF, "The ferry stayed.", section=HALF, tags=(HALF, "ferries"))
    _, frames = shape_batch_tables(batch_of(article_at(GOOD), replace(page, dissected=replace(page.dissected, article=article))), "test")
    shaped = frames[Articles].row(1, named=True)
    assert (shaped["title"], shaped["section"], shaped["tags"]) == (WHOLE, WHOLE, [WHOLE, "ferries"])
    assert frames[Credits]["name"].to_list() == frames[Images]["caption"].to_list() == [WHOLE]
    assert frames[Evidence]["candidates"].to_list() == [[{"source": "json_ld", "value": WHOLE, "verdict": WHOLE}]]


def touchy(batch: DissectedBatch, extractor: str) -> Frames:
    """Shaping as it is, but for one page that no column can hold."""
    if any(capture.url == BAD for _, capture in batch.captured()):
        raise pl.exceptions.ComputeError("could not append value: 10 ** 30")
    return frames_of(batch, extractor)


def test_a_page_that_no_table_can_hold_is_the_only_reject_of_its_batch():
    batch, frames = shape_batch_tables(batch_of(article_at(GOOD), article_at(BAD)), "test", touchy)
    assert frames[Pages]["url"].to_list() == [GOOD]
    assert frames[Rejects].select("reason", "detail").rows() == [("shaping_failed", "ComputeError: could not append value: 10 ** 30")]
    assert [outcome.reason for outcome in batch.outcomes] == [None, "shaping_failed"]
