"""`broadsheet ingest` says which pages the next run takes up again, and the next run does."""

import json
from pathlib import Path

from tests.conftest import Run
from tests.flows.bad_inputs import article
from warehouse.ask import ask

LONG = "<p>The harbour office keeps a list of every crossing since the pier was built, and it reads so.</p>" * 24_000  # 1 s of CPU


def test_a_page_that_had_too_little_time_is_loaded_by_the_next_run(broadsheet: Run, tmp_path: Path, home: Path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "long.html").write_text(article("Every crossing since the pier was built", body=LONG))
    (tmp_path / "in" / "empty.html").touch()
    first = broadsheet("ingest", tmp_path / "in", "--home", home, env={"BROADSHEET_SECONDS_PER_PAGE": "0.3"})
    assert first.returncode == 15, first.stderr
    assert "1 of the rejected pages will be tried again by the next run" in first.stdout
    [(detail,)] = ask(home, "SELECT detail FROM ops.rejects WHERE reason = 'deadline'").rows
    assert detail.startswith("expected a result within 0.3 s of CPU time") and detail.endswith("; attempt 1 of 3")
    second = json.loads(broadsheet("ingest", tmp_path / "in", "--home", home, "--json").stdout)
    assert (second["loaded"], second["known"], second["rejected"], second["tried_again"]) == (1, 1, {}, 0)
    standing = "SELECT reason FROM ops.rejects WHERE replayed_at IS NULL"
    assert ask(home, standing).rows == [("empty_file",)]
    assert broadsheet("ingest", tmp_path / "in", "--home", home).stdout.startswith("Nothing new: all 2 pages in 2 files are known.")


URLS = ("http://[::1/x", "http://[a]b]/", "http://a\u2100b/x", "http://[domain]/x", "https://pier.example/1")
HALF = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "The ferry \\ud83d", "keywords": "sea\\ud83d"}</script>'
GLOSSED = "\u74b0(hu\u00e1n)\u5883\u554f(w\u00e8n)\u984c?"  # damage that asks for a second look


def test_half_an_emoji_and_an_odd_address_stop_no_run(broadsheet: Run, tmp_path: Path, home: Path):
    (tmp_path / "in").mkdir()
    rows = [{"url": url, "html": article(f"The ferry stays in port {n}", head=HALF)} for n, url in enumerate(URLS)]
    (tmp_path / "in" / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (tmp_path / "in" / "lost.html").write_text(article(GLOSSED, body=f"<p>{GLOSSED}</p>" * 40))
    done = broadsheet("ingest", tmp_path / "in", "--home", home)
    assert done.returncode == 0, done.stderr
    loaded = "SELECT count(*) FROM core.articles JOIN raw.pages USING (page_id) WHERE source_uri = 'rows.jsonl'"
    assert ask(home, loaded).rows == [(len(URLS),)]
