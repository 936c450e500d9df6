"""Which files are found, in what order, and what is said about those that are not read."""

import json
import os
from pathlib import Path

import polars as pl
import pytest

from tasks.sources.page import InputFile, Unreadable
from tests.sources.archives import members, numbered
from tests.sources.reading import found_in, see, written
from warehouse.errors import SettingsInvalid, SourceUnreadable

PAGE = b"<!DOCTYPE html><p>A page.</p>"
NOBODY = 65534


def test_a_missing_path_stops_before_anything_is_read(tmp_path: Path) -> None:
    good = written(tmp_path / "a.html", PAGE)
    with pytest.raises(SourceUnreadable, match="gone"):
        found_in(good, tmp_path / "gone")


def test_an_unknown_kind_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(SettingsInvalid, match="html_folder, warc, text_extract, page_table"):
        found_in(tmp_path, kind="rss")


def test_files_are_recognised_by_name_then_by_their_first_bytes(tmp_path: Path) -> None:
    contents = {
        "a.html": PAGE, "b.warc.gz": members(numbered(1)), "c.txt": b"text", "d.jsonl": b'{"url": "u"}', "e.parquet": b"PAR1",
        "f.wet": b"", "index.php@id=7": b"\n" + PAGE, "crawl-0001": members(numbered(1)), "g.bin": b"\x00\x01", "dump": b'{"text": ""}',
    }  # fmt: skip
    for name, content in contents.items():
        written(tmp_path / name, content)
    kinds = {found.uri: found.kind for found in found_in(tmp_path) if isinstance(found, InputFile)}
    assert kinds == {
        "a.html": "html_folder", "b.warc.gz": "warc", "c.txt": "text_extract", "d.jsonl": "page_table",
        "e.parquet": "page_table", "f.wet": "text_extract", "index.php@id=7": "html_folder", "crawl-0001": "warc",
        "dump": "page_table",
    }  # fmt: skip


def test_a_named_file_that_nobody_reads_is_answered_for_and_kind_forces_it(tmp_path: Path) -> None:
    path = written(tmp_path / "data.bin", b"A page without any markup.")
    assert see(path).reasons == ["unknown_kind"]
    assert see(path, kind="text_extract").pages[0].body == path.read_bytes()


def test_several_paths_of_several_kinds_are_read_in_the_order_given(tmp_path: Path) -> None:
    archive = written(tmp_path / "z.warc.gz", members(numbered(2)))
    page = written(tmp_path / "folder" / "a.html", PAGE)
    assert [(page.ref.kind, page.ref.uri) for page in see(archive, page.parent).pages] == [
        ("warc", "z.warc.gz"), ("warc", "z.warc.gz"), ("html_folder", "a.html"),
    ]  # fmt: skip


def test_links_in_circles_end_and_broken_ones_are_rejects(tmp_path: Path) -> None:
    written(tmp_path / "a" / "a.html", PAGE)
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "self.html").symlink_to(tmp_path / "self.html")
    (tmp_path / "dangling.html").symlink_to(tmp_path / "nowhere.html")
    seen = see(tmp_path)
    assert (len(seen.pages), seen.reasons, seen.passed_over) == (1, ["no_such_file", "read_failed"], {"same_folder": 1})


def test_pipes_are_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.html")
    assert see(tmp_path).passed_over == {"not_a_file": 1}
    assert see(tmp_path / "pipe.html").reasons == ["not_a_file"]


def test_file_names_that_are_no_utf_8_are_read_and_shown_escaped(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/caf\xe9\n1.html"
    Path(os.fsdecode(raw)).write_bytes(PAGE)
    page = see(tmp_path).pages[0]
    assert page.body == PAGE
    assert page.ref.uri.encode() == b"caf\\xe9\n1.html"


def test_what_the_system_refuses_to_open_is_a_reject(tmp_path: Path) -> None:
    refused = written(tmp_path / "secret.html", PAGE)
    written(tmp_path / "good.html", PAGE)
    (tmp_path / "closed").mkdir()
    refused.chmod(0)
    (tmp_path / "closed").chmod(0)
    for folder in (tmp_path, *tmp_path.parents[:3]):
        folder.chmod(folder.stat().st_mode | 0o055)
    found = as_nobody(tmp_path)
    assert found == ["permission_denied", "good.html", "permission_denied"]


def as_nobody(folder: Path) -> list[str]:
    """What is found for a user without rights: root may open everything, so the tests fork and step down."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        if os.geteuid() == 0:
            os.setuid(NOBODY)
        found = [item.reason if isinstance(item, Unreadable) else item.uri for item in found_in(folder)]
        os.write(writing, "|".join(found).encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading, encoding="utf-8") as answer:
        return answer.read().split("|")


def test_hidden_folders_software_and_homes_are_passed_over_and_counted(tmp_path: Path) -> None:
    for name in ("good.html", ".git/a.html", "venv/pyvenv.cfg", "venv/lib/a.html", "node_modules/x/a.html", "home/loader/warehouse.duckdb",
                 "home/data_docs/index.html", "old/warehouse.duckdb", "old/raw/broadsheet-000001.warc.gz"):  # fmt: skip
        written(tmp_path / "in" / name, PAGE)
    seen = see(tmp_path / "in")
    assert [page.ref.uri for page in seen.pages] == ["good.html"]
    assert seen.passed_over == {"hidden_folder": 1, "software": 2, "broadsheet_home": 2}


def test_a_folder_that_the_user_names_is_read_whatever_it_is(tmp_path: Path) -> None:
    written(tmp_path / ".cache" / "a.html", PAGE)
    written(tmp_path / "home" / "loader" / "warehouse.duckdb", b"\0")
    written(tmp_path / "home" / "data_docs" / "index.html", PAGE)
    written(tmp_path / "home" / "raw" / "broadsheet-000001.warc.gz", members(numbered(2)))
    assert [page.ref.uri for page in see(tmp_path / ".cache").pages] == ["a.html"]
    assert [page.ref.uri for page in see(tmp_path / "home").pages] == ["raw/broadsheet-000001.warc.gz"] * 2


def test_tables_whose_names_are_no_utf_8_are_read_and_told(tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/f\xfe"))
    row = {"html": PAGE.decode(), "url": "https://pier.example/a"}
    pl.DataFrame([row]).write_parquet(tmp_path / "a.parquet")
    written(folder / os.fsdecode(b"\xff.parquet"), (tmp_path / "a.parquet").read_bytes())
    written(folder / os.fsdecode(b"\xff.jsonl"), json.dumps(row).encode() + b'\n{"\\ud800": 1}\n')
    written(folder / os.fsdecode(b"\xfe.parquet"), b"PAR1")
    seen = see(folder)
    assert (seen.urls, seen.reasons) == (["https://pier.example/a"] * 2, ["table_broken", "no_payload"])
    assert all("f\\xfe/" in detail.encode("utf-8").decode() for detail in seen.details)
