"""The shipped samples through `broadsheet ingest`: what is in the warehouse is what the pages say."""

import json
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import ROOT
from warehouse.ask import ask

EXPECTED: dict[str, dict[str, Any]] = json.loads((ROOT / "tests" / "samples" / "expected.json").read_text("utf-8"))
ARTICLES = {key: expected for key, expected in EXPECTED.items() if "title" in expected}
REFUSED = {key: expected["reason"] for key, expected in EXPECTED.items() if "reason" in expected}
QUESTION = """
SELECT p.page_id, p.source_uri, p.url, a.title, a.body, a.lang, a.published_at, a.modified_at, a.published_zone,
       (SELECT list(name ORDER BY position) FROM core.credits AS c WHERE c.page_id = a.page_id AND role = 'author') AS authors,
       (SELECT list(caption) FROM core.images AS i WHERE i.page_id = a.page_id AND caption IS NOT NULL) AS captions
FROM core.articles AS a JOIN raw.pages AS p USING (page_id)
"""
ROLES = "SELECT role, list(name ORDER BY position) FROM core.credits WHERE page_id = $page AND role != 'author' GROUP BY role"
LISTINGS = """
SELECT kind, label, count(*) AS item_count FROM core.listing_items WHERE page_id = $page
GROUP BY listing_number, kind, label HAVING item_count > 1 ORDER BY listing_number
"""  # a single teaser inside the article is told by its words alone
TURNS = "SELECT kind, speaker_label, speaker, text FROM core.statements WHERE page_id = $page ORDER BY turn"
LEAKS = """
SELECT p.source_uri, i.headline FROM core.listing_items AS i JOIN core.articles AS a USING (page_id) JOIN raw.pages AS p USING (page_id)
WHERE length(i.headline) > 5 AND contains(a.body, i.headline)
"""
# Aspect -> sample -> why it is not met yet. Strict: whoever mends one is told to delete it here.
SHORTCOMINGS: dict[str, dict[str, str]] = {}


@pytest.fixture(scope="module")
def found(samples_home: Path) -> dict[str, dict[str, Any]]:
    """Articles by the key they have in expected.json: the file, or the URL where a file holds several pages."""
    rows = ask(samples_home, QUESTION).records()
    return {row["source_uri"] if row["source_uri"] in EXPECTED else row["url"]: row for row in rows}


def samples(aspect: str) -> list[Any]:
    """Every article as one case; those that fall short of it today are expected to fail."""
    short = SHORTCOMINGS.get(aspect, {})
    return [pytest.param(key, marks=pytest.mark.xfail(strict=True, reason=short[key]) if key in short else ()) for key in ARTICLES]


def zone(name: str | None) -> tzinfo:
    if name and name[0] in "+-":
        hours, minutes = name[1:].split(":")
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(-offset if name[0] == "-" else offset)
    return ZoneInfo(name or "UTC")


def instant(printed: str | None, zone_name: str | None) -> str | None:
    """The minute in UTC that a page means by a local time in its zone."""
    return f"{datetime.fromisoformat(printed).replace(tzinfo=zone(zone_name)).astimezone(UTC):%F %H:%M}" if printed else None


def minute(moment: datetime | None, zone_name: str | None) -> str | None:
    return f"{moment.astimezone(zone(zone_name)):%F %H:%M}" if moment else None


@pytest.mark.parametrize("key", samples("facts"))
def test_title_authors_dates_and_language_are_those_of_the_page(found: dict[str, dict[str, Any]], key: str):
    row, expected = found[key], ARTICLES[key]
    came = {name: row[name] for name in ("title", "lang")} | {"authors": row["authors"] or []}
    came |= {f"{name} in UTC": minute(row[f"{name}_at"], "UTC") for name in ("published", "modified")}
    came |= {f"{name} as printed": minute(row[f"{name}_at"], row["published_zone"]) for name in ("published", "modified")}
    wanted = {name: expected[name] for name in ("title", "lang", "authors")}
    wanted |= {f"{name} in UTC": instant(expected[name], expected["zone"]) for name in ("published", "modified")}
    wanted |= {f"{name} as printed": expected[name] for name in ("published", "modified")}
    assert came == wanted


@pytest.mark.parametrize("key", samples("whole"))
def test_a_body_begins_and_ends_where_the_article_does(found: dict[str, dict[str, Any]], key: str):
    body, expected = found[key]["body"], ARTICLES[key]
    first, last = expected["first_words"], expected["last_words"]
    assert (body[: len(first)], body[-len(last) :]) == (first, last)


@pytest.mark.parametrize("key", samples("pure"))
def test_a_body_holds_nothing_that_stands_beside_the_article(found: dict[str, dict[str, Any]], key: str):
    assert [words for words in ARTICLES[key]["must_not"] if words in found[key]["body"]] == []


@pytest.mark.parametrize("key", samples("no captions"))
def test_a_caption_is_no_part_of_the_body(found: dict[str, dict[str, Any]], key: str):
    assert [words for words in ARTICLES[key]["captions"] if words in found[key]["body"]] == []


@pytest.mark.parametrize("key", samples("captions"))
def test_a_caption_belongs_to_its_image(found: dict[str, dict[str, Any]], key: str):
    assert (found[key]["captions"] or []) == ARTICLES[key]["captions"]


@pytest.mark.parametrize("key", samples("credits"))
def test_everybody_is_credited_in_the_role_that_the_page_prints(samples_home: Path, found: dict[str, dict[str, Any]], key: str):
    came = dict(ask(samples_home, ROLES, {"page": found[key]["page_id"]}).rows)
    wanted = ARTICLES[key]["credits"]
    photographers = set(wanted.get("photographer", []))  # captions may name more of them
    assert photographers <= set(came.get("photographer", []))
    assert {role: came[role] for role in came if role != "photographer"} == {r: n for r, n in wanted.items() if r != "photographer"}


@pytest.mark.parametrize("key", samples("listings"))
def test_what_stands_beside_an_article_is_rows(samples_home: Path, found: dict[str, dict[str, Any]], key: str):
    rows = ask(samples_home, LISTINGS, {"page": found[key]["page_id"]}).rows
    assert [list(row) for row in rows] == ARTICLES[key]["listings"]


@pytest.mark.parametrize("key", ARTICLES)
def test_only_what_a_mirror_has_disguised_is_taken_for_cloaked(samples_home: Path, found: dict[str, dict[str, Any]], key: str):
    query = "SELECT is_cloaked, repair_count > 0, lost_count FROM core.articles WHERE page_id = $page"
    is_cloaked = ARTICLES[key].get("is_cloaked", False)
    assert ask(samples_home, query, {"page": found[key]["page_id"]}).rows == [(is_cloaked, is_cloaked, 0)]


@pytest.mark.parametrize("key", samples("turns"))
def test_who_asks_and_who_answers_is_told(samples_home: Path, found: dict[str, dict[str, Any]], key: str):
    turns, wanted = ask(samples_home, TURNS, {"page": found[key]["page_id"]}).rows, ARTICLES[key]["turns"]
    assert len(turns) == len(wanted)
    for (*came, text), (*expected, words) in zip(turns, wanted, strict=True):
        assert (came, text[: len(words)]) == (expected, words)


def test_no_headline_of_a_listing_stands_in_a_body(samples_home: Path):
    assert ask(samples_home, LEAKS).rows == []


@pytest.mark.parametrize("key", [key for key, expected in ARTICLES.items() if "url" in expected])
def test_a_page_without_a_sidecar_line_tells_its_url_itself(found: dict[str, dict[str, Any]], key: str):
    assert found[key]["url"] == ARTICLES[key]["url"]


@pytest.mark.parametrize("key", REFUSED)
def test_a_bad_sample_is_refused_for_its_reason(samples_home: Path, found: dict[str, dict[str, Any]], key: str):
    rows = ask(samples_home, "SELECT reason FROM ops.rejects WHERE source_uri = $key OR url = $key", {"key": key}).rows
    assert [reason for (reason,) in rows] == [REFUSED[key]]
    assert key not in found


def test_every_sample_is_loaded_or_refused(samples_home: Path):
    counted = ask(samples_home, "SELECT seen_count, loaded_count, known_count, rejected_count FROM ops.runs").rows
    assert counted == [(len(EXPECTED), len(ARTICLES), 0, len(REFUSED))]
