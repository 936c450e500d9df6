"""Copies from page to row: a load relates what it has loaded, explain tells it, and `broadsheet relate` does what no load has done."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.relation.own_texts import report
from warehouse.ask import ask
from warehouse.connection import open_loader
from warehouse.snapshot import publish_snapshot

POST, BLOG = "https://harbour-post.example/news/2026_03_01_500001.shtml", "https://blog.example/p/quay"
COPIES = "SELECT relation, url, origin_url FROM core.copies JOIN raw.pages USING (page_id)"


def page(text: str, day: int) -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n"))
    return (
        f'<html lang=en><head><title>The quay</title><meta property="article:published_time" content="2026-03-{day:02d}T08:00:00Z"></head>'
        f"<body><article><h1>The long quay and what became of it</h1>{body}</article></body></html>"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pages = tmp_path / "pages"
    pages.mkdir()
    rows = []
    for name, url, text, day in (("a", POST, report(1), 1), ("b", BLOG, report(1), 4), ("c", "https://valley.example/c/1", report(2), 2)):
        (pages / f"{name}.html").write_text(page(text, day))
        rows.append(json.dumps({"file": f"{name}.html", "url": url, "observed_at": f"2026-03-{day:02d}T12:00:00Z"}))
    (pages / "pages.jsonl").write_text("\n".join(rows))
    return pages


def test_a_load_relates_what_came_and_relate_does_what_no_load_has_done(broadsheet: Run, folder: Path, home: Path):
    done = broadsheet("ingest", folder, "--home", home)
    assert done.returncode == 0, done.stderr
    assert ask(home, COPIES).rows == [("scraped", BLOG, POST)]
    assert ask(home, "SELECT host, copy_count, main_origin_host FROM mart.mirrors_by_host").rows == [
        ("blog.example", 1, "harbour-post.example")
    ]
    assert ask(home, "SELECT host, copy_count FROM mart.outlets_copied").rows == [("harbour-post.example", 1)]
    told = broadsheet("explain", BLOG, "--home", home).stdout
    assert "copy of   scraped" in told and POST in told
    (capture,) = json.loads(broadsheet("explain", POST, "--home", home, "--json").stdout)
    assert [(row["side"], row["other_url"]) for row in capture["copies"]] == [("origin of", BLOG)]

    done = broadsheet("relate", "--home", home, "--json")
    assert (done.returncode, json.loads(done.stdout)["articles"]) == (0, 0), done.stderr
    with open_loader(home) as con:  # as an older version would have left it
        con.execute("DELETE FROM core.copies; DELETE FROM core.stories")
        publish_snapshot(con, home)
    (home / "loader" / "fingerprints.duckdb").unlink()
    done = broadsheet("relate", "--home", home, "--json")
    assert (done.returncode, json.loads(done.stdout)) == (0, {"articles": 3, "changed": 2, "is_interrupted": False}), done.stderr
    assert ask(home, COPIES).rows == [("scraped", BLOG, POST)]
    assert ask(home, "SELECT DISTINCT flow FROM core.copies JOIN ops.runs USING (run_id)").rows == [("relate_articles",)]


def test_what_a_reprocess_changes_is_related_anew(broadsheet: Run, folder: Path, home: Path):
    assert broadsheet("ingest", folder, "--home", home).returncode == 0
    with open_loader(home) as con:  # as if an older extractor had read another text
        con.execute(f"UPDATE core.articles SET body = 'x', body_folded = 'x', text_fingerprint = '{'7' * 16}' "
                    f"WHERE page_id IN (SELECT page_id FROM raw.pages WHERE url = '{BLOG}')")  # fmt: skip
        con.execute("UPDATE core.evidence SET extractor = 'older'")
        publish_snapshot(con, home)
    assert broadsheet("relate", "--home", home).returncode == 0
    assert ask(home, COPIES).rows == []
    done = broadsheet("reprocess", "--outdated", "--accept", "--home", home)
    assert done.returncode == 0, done.stderr
    assert ask(home, COPIES).rows == [("scraped", BLOG, POST)]
