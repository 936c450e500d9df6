"""Records in = pages + rejects + passed over, whatever mixture of sources they lie in: nothing vanishes while it is read."""

import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sources.archives import PAGE, members, record, response
from tests.sources.reading import see, written

RECORDS: dict[str, bytes] = {
    "page": response(PAGE),
    "page of another type": response(PAGE, "Content-Type: text/htm"),
    "page without a type": response(PAGE, "Server: x"),
    "resource": record(PAGE),
    "empty": response(b""),
    "missing": response(PAGE, status="404 Not Found"),
    "picture": response(b"\x89PNG\r\n\x1a\n\0\0", "Content-Type: image/png"),
    "data": response(b"{}", "Content-Type: application/json"),
    "redirect": response(b"", "Location: /b", status="301 Moved Permanently"),
    "revisit": record(b"", "revisit", "application/http"),
    "request": record(b"GET / HTTP/1.1\r\n\r\n", "request", "application/http"),
    "about the crawl": record(b"software: x\r\n", "warcinfo", "application/warc-fields"),
    "about a page": record(b"a: b\r\n", "metadata", "application/warc-fields"),
    "text": record(b"Only text.", "conversion", "text/plain"),
}
ROWS = ('{"url": "http://a.example/", "html": "<p>row"}', "{ no", "[]", '{"html": ""}', '{"url": "x"}', '{"\\ud800": 1}', '{"text": "row"}')
FILES = {
    "page.html": PAGE, "empty.html": b"", "binary.html": bytes(range(256)), "cut.html.gz": gzip.compress(PAGE)[:-9], "style.css": b"b{}",
    "note.txt": b"A note.", "nameless": b"<!doctype html><p>x", "odd.bin": b"\1\2", "bad.parquet": b"PAR1", "empty.warc.gz": b"",
}  # fmt: skip
PACKED = {"plain.warc": b"".join, "members.warc.gz": members, "stream.warc.gz": lambda all_: gzip.compress(b"".join(all_))}


def counted(folder: Path) -> int:
    seen = see(folder)
    return len(seen.pages) + len(seen.reasons) + seen.passed_over.total()


@pytest.fixture
def new_folder(tmp_path: Path) -> Callable[[], Path]:
    """Another empty folder for each example that Hypothesis tries."""
    numbers = iter(range(10**6))

    def make() -> Path:
        folder = tmp_path / f"{next(numbers)}"
        folder.mkdir()
        return folder

    return make


examples = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@examples
@given(
    archives=st.dictionaries(st.sampled_from(sorted(PACKED)), st.lists(st.sampled_from(sorted(RECORDS)), min_size=1, max_size=8)),
    rows=st.lists(st.sampled_from(ROWS), max_size=8),
    cells=st.lists(st.sampled_from(["<p>row</p>", "", None, "\0\1"]), max_size=5),
    files=st.sets(st.sampled_from(sorted(FILES))),
    has_pipe=st.booleans(),
)
def test_every_record_of_any_mixture_is_a_page_a_reject_or_passed_over(
    new_folder: Callable[[], Path], archives: dict[str, list[str]], rows: list[str], cells: list[str | None], files: set[str],
    has_pipe: bool,
) -> None:  # fmt: skip
    folder = new_folder()
    for name, kinds in archives.items():
        written(folder / name, PACKED[name]([RECORDS[kind] for kind in kinds]))
    if rows:
        written(folder / "rows.jsonl", "\n".join(rows).encode() + b"\n\n \n")
    if cells:
        pl.DataFrame({"html": cells}, schema={"html": pl.String}).write_parquet(folder / "rows.parquet")
    for name in files:
        written(folder / name, FILES[name])
    if has_pipe:
        os.mkfifo(folder / "pipe.html")
    assert counted(folder) == sum(map(len, archives.values())) + len(rows) + len(cells) + len(files) + has_pipe


@examples
@given(lines=st.lists(st.sampled_from(["there.html", "gone.html", "", "there.html/x"]), max_size=6), broken=st.integers(0, 3))
def test_a_sidecar_adds_no_records_but_its_broken_lines(new_folder: Callable[[], Path], lines: list[str], broken: int) -> None:
    folder = new_folder()
    written(folder / "there.html", PAGE)
    told = [json.dumps({"file": "there.html"}), *(json.dumps({"file": name}) for name in lines), *["{ no"] * broken]
    written(folder / "pages.jsonl", "\n".join(told).encode())
    assert counted(folder) == 1 + broken + sum(name != "there.html" for name in lines)
