"""broadsheet restore: for people who have damaged text and no warehouse."""

import json
import subprocess
from pathlib import Path

import pytest

from tasks.restoration.cloak.forward import HALVED
from tasks.restoration.repairs import Repair, undone
from tests.conftest import ROOT, Run
from tests.restoration.clean_texts import drawn_page
from tests.samples.write_cloaked import WRITTEN, clean_source

MIRRORED = [ROOT / "samples" / written for written in WRITTEN.values()]


def lines(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("sample", MIRRORED, ids=lambda path: path.name)
def test_a_disguised_file_is_printed_as_it_was(broadsheet_without_server: Run, sample: Path):
    done = broadsheet_without_server("restore", sample)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.translate(HALVED) == clean_source(sample.relative_to(ROOT / "samples").as_posix()).translate(HALVED)


def test_json_has_the_scores_and_repairs_from_which_the_damaged_text_is_had_back(broadsheet_without_server: Run):
    sample = MIRRORED[0]
    told = json.loads(broadsheet_without_server("restore", sample, "--json").stdout)
    assert set(told) == {"restored", "is_cloaked", "scores", "repairs"}
    assert told["is_cloaked"]
    assert told["scores"]["density"] > 0.05
    spans = [Repair(*(r[n] for n in ("start_offset", "end_offset", "restored_start", "restored_end", "before", "after", "method")))
             for r in told["repairs"]]  # fmt: skip
    assert undone(told["restored"], spans) == sample.read_text("utf-8")


def test_standard_input_in_another_charset_is_recognised(broadsheet_without_server: Run, command_environment: dict[str, str]):
    text = "\n".join(drawn_page(3, 4))
    program = broadsheet_without_server("--version").args[0]
    done = subprocess.run([program, "restore", "-"], input=text.encode("gb18030"), capture_output=True, env=command_environment, check=True)
    assert done.stdout.decode() == text


def test_lines_come_back_in_order_and_bad_ones_are_told(broadsheet_without_server: Run, tmp_path: Path):
    damaged = MIRRORED[1].read_text("utf-8")
    given = [{"id": 7, "text": "The ferry"}, {"id": "b", "text": damaged}, {"text": "no id"}, {"id": None, "text": "渡船"}]
    source = tmp_path / "lines.jsonl"
    source.write_text("\n".join([json.dumps(given[0]), "{no json", *(json.dumps(line) for line in given[1:]), "", "[]"]), "utf-8")
    done = broadsheet_without_server("restore", source, "--jsonl")
    assert [(line["id"], line["is_cloaked"]) for line in lines(done.stdout)] == [(7, False), ("b", True), (None, False)]
    *errors, last = done.stderr.splitlines()
    assert [json.loads(error)["line"] for error in errors] == [2, 4, 7]
    assert "3 of 6 lines" in last
    assert done.returncode == 1


def test_what_is_not_there_and_what_contradicts_itself_have_their_exit_codes(broadsheet_without_server: Run, tmp_path: Path):
    gone = broadsheet_without_server("restore", tmp_path / "gone.html")
    assert (gone.returncode, gone.stdout) == (10, "")
    assert "gone.html" in gone.stderr
    assert broadsheet_without_server("restore", MIRRORED[0], "--json", "--jsonl").returncode == 2


def test_a_page_that_was_restored_is_explained(broadsheet_without_server: Run, samples_home: Path):
    text = broadsheet_without_server("explain", "html/zh-mirror/duchuan.html", "--home", samples_home).stdout
    assert "cloak = true" in text
    assert "density" in text
    assert "repairs = " in text
    assert "title@" in text


def test_a_chinese_page_that_was_not_taken_for_cloaked_says_why(broadsheet_without_server: Run, samples_home: Path):
    text = broadsheet_without_server("explain", "html/zh-chenguang/banfencai.html", "--home", samples_home).stdout
    assert "cloak = false" in text
    assert "repairs = " not in text


def test_the_mart_of_damage_answers_through_sql(broadsheet_without_server: Run, samples_home: Path):
    query = "SELECT host, gloss_count > 20 AS has_glosses FROM mart.damage_by_host WHERE cloaked_page_count = 1 ORDER BY host"
    rows = json.loads(broadsheet_without_server("sql", query, "--json", "--home", samples_home).stdout)
    assert [(row["host"], row["has_glosses"]) for row in rows] == [("", True), ("www.kqvbnmt.example", True)]
