"""Nothing vanishes: what is no page is counted by reason, in the summary, in ops.runs and in every later run."""

import json
from collections import Counter
from pathlib import Path

import pytest

from flows.summary import IngestSummary
from tests.conftest import Run
from tests.flows.bad_inputs import article, dated
from tests.sources.archives import members, record, response
from tests.sources.reading import written
from warehouse.ask import ask

KINDS = {"warc_record": 1, "revisit": 1, "redirect": 2, "not_html": 1, "unknown_kind": 2, "archive_file": 1, "foreign_format": 1}


def page(number: int) -> bytes:
    body = article(f"Story number {number} of the day", head=dated("2026-01-02T03:04:05Z")).encode()
    return response(body, WARC_Target_URI=f"https://news.example/{number}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Six pages in a WARC with five records that are none, and four files that nobody reads."""
    moved = response(b"", "Location: /b", status="301 Moved Permanently")
    records = [
        record(b"software: x\r\n", "warcinfo", "application/warc-fields"), page(0), page(1), moved, page(2), page(3),
        response(b"\x89PNG", "Content-Type: image/png"), page(4), moved, page(5), record(b"", "revisit", "application/http"),
    ]  # fmt: skip
    written(tmp_path / "in" / "crawl.warc.gz", members(records))
    for name in ("notes.md", "logo.png", "pages.zip", "page.mhtml"):
        written(tmp_path / "in" / name, b"no page")
    return tmp_path / "in"


def told(broadsheet: Run, *arguments: object) -> dict[str, object]:
    done = broadsheet("ingest", *arguments, "--json")
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_what_is_passed_over_is_told_by_reason_now_and_later(broadsheet: Run, folder: Path, home: Path):
    first = told(broadsheet, folder, "--home", home, "--batch-pages", 2)
    assert (first["seen"], first["loaded"], first["passed_over"]) == (6, 6, KINDS)
    recorded = ask(home, "SELECT passed_over_count, passed_over FROM ops.runs").rows
    assert [(count, json.loads(reasons)) for count, reasons in recorded] == [(sum(KINDS.values()), KINDS)]
    again = told(broadsheet, folder, "--home", home)
    assert (again["seen"], again["known"], again["passed_over"]) == (6, 6, KINDS)
    done = broadsheet("ingest", folder, "--home", home)
    assert done.stdout.startswith("Nothing new: all 6 pages in 1 files are known. 9 passed over: ")
    assert "redirect 2" in done.stdout and "archive_file 1" in done.stdout


def test_every_record_is_counted_once_where_a_limit_stops_a_run(broadsheet: Run, folder: Path, home: Path):
    files = {"unknown_kind": 2, "archive_file": 1, "foreign_format": 1}
    first = told(broadsheet, folder, "--home", home, "--limit", 3)
    assert (first["loaded"], first["passed_over"]) == (3, {"warc_record": 1, "redirect": 1} | files)
    second = told(broadsheet, folder, "--home", home)
    assert (second["loaded"], second["known"], second["passed_over"]) == (3, 3, KINDS)


def test_a_folder_of_which_nothing_can_be_read_is_no_success(broadsheet: Run, tmp_path: Path, home: Path):
    for name in ("a.mhtml", "b.tar.gz", "c.bin"):
        written(tmp_path / "in" / name, b"no page")
    done = broadsheet("ingest", tmp_path / "in", "--home", home)
    assert done.returncode == 10
    assert f"expected pages under {tmp_path / 'in'}, found none: 3 passed over: " in done.stderr
    assert all(reason in done.stderr for reason in ("foreign_format 1", "archive_file 1", "unknown_kind 1"))


def test_an_empty_folder_is_no_error_and_no_false_claim(broadsheet: Run, tmp_path: Path, home: Path):
    (tmp_path / "drop").mkdir()
    done = broadsheet("ingest", tmp_path / "drop", "--home", home)
    assert (done.returncode, done.stdout) == (0, f"Nothing to read: there is no file under {tmp_path / 'drop'}. No row was changed.\n")
    assert told(broadsheet, tmp_path / "drop", "--home", home)["passed_over"] == {}


def test_an_archive_without_pages_says_what_it_holds(broadsheet: Run, tmp_path: Path, home: Path):
    path = written(tmp_path / "a.warc.gz", members([record(b"x", "request", "application/http"), record(b"{}", content_type="image/gif")]))
    done = broadsheet("ingest", path, "--home", home)
    assert done.returncode == 0 and "passed over            2" in done.stdout
    again = broadsheet("ingest", path, "--home", home)
    assert "all 0 pages in 1 files are known. 2 passed over: warc_record 1, not_html 1." in again.stdout


def test_the_prefect_ui_is_told_what_the_terminal_is_told():
    summary = IngestSummary(passed_over=Counter(redirect=3), rejected=Counter(deadline=2), tried_again=2)
    told = {row["name"]: row["count"] for row in summary.counts()}
    assert (told["redirect"], told["deadline"], told["tried_again"]) == (3, 2, 2)
