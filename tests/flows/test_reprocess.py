"""The raw store read again: what would change is told, nothing changes until it is taken over, and then all of it or nothing."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows.settings import read_settings
from flows.taking_over import accept_proposal
from tests.conftest import Run
from tests.flows.bad_inputs import article
from tests.flows.older_extractor import FACTS, REFUSED, WORSE, tamper
from warehouse.ask import ask
from warehouse.connection import open_loader
from warehouse.search import stretches
from warehouse.snapshot import publish_snapshot


def test_what_an_older_extractor_read_is_proposed_and_then_taken_over(broadsheet: Run, loaded: Path):
    right = ask(loaded, FACTS).rows
    page = tamper(loaded, WORSE)
    worse = ask(loaded, FACTS).rows
    assert worse != right

    done = broadsheet("reprocess", "--outdated", "--home", loaded, "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["seen"] == 1
    found = {
        (row["table_name"], row["field"]): (row["changed_count"], row["appeared_count"], row["vanished_count"]) for row in told["fields"]
    }
    assert found == {
        ("core.articles", "title"): (1, 0, 0),
        ("core.articles", "published_at"): (0, 1, 0),
        ("core.credits", "*"): (0, 1, 0),
    }
    assert {row["before"] for row in told["samples"] if row["field"] == "title"} == {"Ferry"}
    assert ask(loaded, FACTS).rows == worse, "proposing changed the warehouse"

    done = broadsheet("reprocess", "--accept", "--home", loaded)
    assert done.returncode == 0, done.stderr
    assert ask(loaded, FACTS).rows == right
    changes = ask(loaded, "SELECT page_id, table_name, field, before FROM ops.changes JOIN ops.runs USING (run_id) ORDER BY field").rows
    assert {(page_id, field) for page_id, _, field, _ in changes} == {(page, "*"), (page, "published_at"), (page, "title")}
    assert broadsheet("doctor", "--home", loaded).returncode == 0


def test_an_extractor_that_has_read_everything_has_nothing_to_do(broadsheet: Run, loaded: Path):
    before = (loaded / "warehouse.duckdb").stat()
    done = broadsheet("reprocess", "--outdated", "--accept", "--home", loaded)
    assert (done.returncode, "Nothing to read again" in done.stdout) == (0, True), done.stderr
    assert (loaded / "warehouse.duckdb").stat().st_mtime_ns == before.st_mtime_ns


def test_a_page_whose_bytes_are_gone_keeps_its_rows(broadsheet: Run, loaded: Path):
    before = ask(loaded, FACTS).rows
    for path in (loaded / "raw").glob("broadsheet-*.warc.gz"):
        path.unlink()
    done = broadsheet("reprocess", "--host", "", "--since", "2000-01-01", "--accept", "--home", loaded)
    assert done.returncode == 0, done.stderr
    assert ask(loaded, FACTS).rows == before


def test_the_same_bytes_seen_elsewhere_and_later_are_read_again_as_what_they_were(broadsheet: Run, home: Path, tmp_path: Path):
    related = "".join(
        f'<li><a href="/story/{n}">Harbour story number {n} of the week</a> <time>{n} hours ago</time></li>' for n in range(2, 9)
    )
    page = article("The ferry stays in port").replace("</body>", f"<aside><h3>Related stories</h3><ul>{related}</ul></aside></body>")
    rows = []
    for number in range(3):
        (tmp_path / f"{number}.html").write_text(page)
        seen = f"2026-02-0{number + 1}T09:00:00Z"
        rows.append(json.dumps({"file": f"{number}.html", "url": f"https://mirror{number}.example/ferry", "observed_at": seen}))
    (tmp_path / "pages.jsonl").write_text("\n".join(rows))
    assert broadsheet("ingest", tmp_path, "--home", home).returncode == 0
    assert ask(home, "SELECT count(DISTINCT url), count(DISTINCT warc_offset) FROM raw.pages").rows == [(3, 1)], "the bytes are kept once"
    listed = ask(home, "SELECT count(*), count(DISTINCT url), count(DISTINCT listed_at) FROM core.listing_items").rows
    assert listed == [(21, 21, 21)], "addresses and times of listings are relative to where and when the page was seen"
    done = broadsheet("reprocess", "--since", "2000-01-01", "--home", home, "--json")
    assert json.loads(done.stdout)["fields"] == [], done.stdout


def test_loads_may_go_on_between_a_proposal_and_its_taking_over(
    broadsheet: Run, loaded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    right = ask(loaded, FACTS).rows
    tamper(loaded, WORSE)
    assert broadsheet("reprocess", "--outdated", "--home", loaded).returncode == 0
    (tmp_path / "later.html").write_text(article("Lanterns on the quay"))
    assert broadsheet("ingest", tmp_path / "later.html", "--home", loaded).returncode == 0
    monkeypatch.setattr(stretches, "TEXTS", "refused: what changes is prepared by the proposal")
    accept_proposal(read_settings(home=loaded))
    assert ask(loaded, "SELECT title FROM search_articles('\"ferry stays in port\"')").rows == [("The ferry stays in port",)]
    now = ask(loaded, FACTS).rows
    assert [row for row in now if row[1] != "Lanterns on the quay"] == right
    assert len(now) == len(right) + 1


@pytest.mark.parametrize("seconds", [0.4, 0.9, 1.4])
def test_killed_while_it_is_taken_over_the_warehouse_is_the_old_or_the_new_one(broadsheet: Run, loaded: Path, seconds: float):
    right = ask(loaded, FACTS).rows
    tamper(loaded, WORSE)
    worse = ask(loaded, FACTS).rows
    assert broadsheet("reprocess", "--outdated", "--home", loaded).returncode == 0
    command = [sys.executable, "-m", "flows.cli", "reprocess", "--accept", "--home", str(loaded)]
    taking = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    taking.send_signal(signal.SIGKILL)
    taking.wait()
    with open_loader(loaded, wait_seconds=10) as connection:
        publish_snapshot(connection, loaded)
    assert ask(loaded, FACTS).rows in (worse, right)
    again = broadsheet("reprocess", "--accept", "--home", loaded)
    assert again.returncode in (0, 2), again.stderr  # 2: it had been taken over and tidied up
    assert ask(loaded, FACTS).rows == right
    assert len(ask(loaded, "FROM ops.changes").rows) == 3


def test_what_was_refused_is_read_again_after_a_fix_and_its_refusal_answered(broadsheet: Run, loaded: Path):
    right = ask(loaded, FACTS).rows
    page = tamper(loaded, REFUSED)
    shown = broadsheet("rejects", "show", "aaaaaaaaaaaaaaaa", "--home", loaded)
    assert (shown.returncode, "not_article:list_page" in shown.stdout, page in shown.stdout) == (0, True, True), shown.stderr

    done = broadsheet("rejects", "replay", "--reason", "not_article", "--home", loaded)
    assert done.returncode == 0, done.stderr
    assert ask(loaded, FACTS).rows == right
    ((answered, reason),) = ask(loaded, "SELECT replayed_at IS NOT NULL, reason FROM ops.rejects WHERE reject_id = 'aaaaaaaaaaaaaaaa'").rows
    assert (answered, reason) == (True, "not_article:list_page")
    again = broadsheet("rejects", "replay", "--home", loaded)
    assert (again.returncode, "Nothing to read again" in again.stdout) == (0, True)


def test_what_is_refused_again_stands(broadsheet: Run, home: Path, tmp_path: Path):
    (tmp_path / "good.html").write_text(article("The ferry stays in port"))
    (tmp_path / "short.html").write_text("<html><title>Short</title><p>Nothing here.</p></html>")
    broadsheet("ingest", tmp_path / "good.html", tmp_path / "short.html", "--home", home)
    standing = "SELECT reject_id, reason, rejected_at FROM ops.rejects WHERE replayed_at IS NULL"
    before = ask(home, standing).rows
    assert len(before) == 1
    done = broadsheet("rejects", "replay", "--home", home)
    assert done.returncode == 0, done.stderr
    assert ask(home, standing).rows == before


@pytest.mark.parametrize("arguments", [("rejects", "show", "0123456789abcdef"), ("reprocess", "--since", "last week")])
def test_what_cannot_be_meant_is_told(broadsheet: Run, loaded: Path, arguments: tuple[str, ...]):
    done = broadsheet(*arguments, "--home", loaded)
    assert (done.returncode, "expected" in done.stderr) == (2, True), done.stderr
