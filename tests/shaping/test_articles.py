from collections.abc import Callable

import polars as pl
import pytest

from tasks.dissection.findings import Candidate, Credit, Finding, Image
from tasks.shaping.articles import shape_articles
from tasks.shaping.credits import shape_credits
from tasks.shaping.images import shape_images
from tasks.shaping.rejects import refused_rejects, shape_rejects
from tasks.shaping.tables import frames_of
from tasks.workers.dissected_batch import DissectedBatch
from tests.shaping.batches import article_at, batch_of, refused_at
from warehouse.tables import Evidence

A, B = "https://pier.example/a", "https://pier.example/b"


def fingerprint(body: str) -> str:
    return shape_articles(batch_of(article_at(A, body))).get_column("text_fingerprint").item()


def by_url(frame: pl.DataFrame, batch: DissectedBatch, *columns: str) -> list[tuple]:
    urls = {capture.page_id: capture.url for _, capture in batch.captured()}
    return [(urls[page_id], *rest) for page_id, *rest in frame.select("page_id", *columns).iter_rows()]


@pytest.mark.parametrize("copy", ["THE FERRY, STAYED\nin port!", "the ferry  stayed in\u00a0port", "„The ferry“ – stayed in port…"])
def test_texts_that_differ_in_case_space_and_marks_have_one_fingerprint(copy: str):
    assert fingerprint(copy) == fingerprint("The ferry stayed in port.")


@pytest.mark.parametrize(("one", "other"), [("ferry 12", "ferry 21"), ("海藻", "海草"), ("now here", "now there"), ("?", "a?")])
def test_other_texts_have_other_fingerprints(one: str, other: str):
    assert fingerprint(one) != fingerprint(other)


def test_characters_and_paragraphs_are_counted():
    articles = shape_articles(batch_of(article_at(A, "海藻から。\n👩‍🚀 x\nlast")))
    assert articles.select("char_count", "paragraph_count").row(0) == (len("海藻から。\n👩‍🚀 x\nlast"), 3)


def test_the_same_capture_twice_is_one_article():
    twice = batch_of(article_at(A), article_at(A), article_at(B))
    assert by_url(shape_articles(twice), twice, "title") == [(A, "The ferry"), (B, "The ferry")]


def test_credits_are_numbered_within_their_role_and_named_once():
    named = [("author", "Ada"), ("editor", "Eve"), ("author", "Ada"), ("author", "Bob"), ("editor", "Ada")]
    printed = tuple(Credit(role, name, f"By {name}") for role, name in named)
    batch = batch_of(article_at(A, credits=printed), article_at(B, credits=(Credit("author", "Bob", "Bob"),)))
    assert by_url(shape_credits(batch), batch, "role", "position", "name") == [
        (A, "author", 1, "Ada"),
        (A, "editor", 1, "Eve"),
        (A, "author", 2, "Bob"),
        (A, "editor", 2, "Ada"),
        (B, "author", 1, "Bob"),
    ]


def test_images_are_numbered_in_page_order_and_shown_once():
    images = tuple(Image(f"https://pier.example/{name}.jpg", caption=name) for name in ("lead", "second", "lead", "third"))
    batch = batch_of(article_at(A, images=images))
    assert by_url(shape_images(batch), batch, "position", "caption") == [(A, 1, "lead"), (A, 2, "second"), (A, 3, "third")]


def test_evidence_keeps_all_candidates_in_their_order():
    finding = Finding("title", "The ferry", "h1", "agrees", (Candidate("h1", "The ferry", "won"), Candidate("og:title", None)))
    (row,) = frames_of(batch_of(article_at(A, findings=(finding, finding))), "broadsheet/0")[Evidence].iter_rows(named=True)
    assert [(c["source"], c["value"], c["verdict"]) for c in row["candidates"]] == [("h1", "The ferry", "won"), ("og:title", None, "lost")]
    assert (row["value"], row["source"], row["extractor"]) == ("The ferry", "h1", "broadsheet/0")


def test_a_page_that_was_not_read_is_a_reject_of_its_file_and_one_without_article_a_reject_of_its_page():
    rejects = shape_rejects(batch_of(article_at(A), refused_at(B, "not_article:list_page"), refused_at(None, "empty_file", "x.html")))
    assert rejects.select("table_name", "reason", "url", "source_uri", "detail").rows() == [
        ("core.articles", "not_article:list_page", B, "1.html", "not_article:list_page in a sentence"),
        ("raw.pages", "empty_file", None, "x.html", "empty_file in a sentence"),
    ]


@pytest.mark.parametrize("make", [shape_rejects, lambda batch: refused_rejects(batch, "too_alike: most pages share one body")])
def test_the_same_refusal_has_one_key_in_every_run(make: Callable[[DissectedBatch], pl.DataFrame]):
    keys = [make(batch_of(refused_at(B, "no_title"), refused_at(None, "empty_file", "x"))).get_column("reject_id") for _ in range(2)]
    assert keys[0].equals(keys[1])
    assert keys[0].n_unique() == 2


def test_every_page_of_a_refused_batch_is_a_reject():
    rejects = refused_rejects(batch_of(article_at(A), refused_at(None, "empty_file", "x")), "too_alike: most pages share one body")
    assert rejects.select("reason", "expectation").rows() == [("batch_refused", "too_alike")] * 2
    assert rejects.get_column("source_uri").to_list() == ["1.html", "x"]
