"""JSON documents as tables: a list of objects, a list inside an object, one object; whole, packed, cut off."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
import zstandard

from tasks.sources import json_document
from tasks.sources.catalogue import plan
from tasks.sources.page import InputFile, PageRef
from tests.sources.reading import found_in, see, written

A, B = ({"html": f'<html><body><p class="x">A \\ brace {{ and "é" {name}</p></body></html>'} for name in "ab")
PICTURES = {"images": [{"src": "a.jpg"}, {"src": "b.jpg"}]}
DOCUMENTS: list[Any] = [
    [A, B], {"articles": [A, B], "authors": [{"name": "Ann Lee"}]}, {"status": "ok", "response": {"docs": [A | PICTURES, B]}},
    {"hits": {"total": {"value": 2}, "hits": [{"_source": A}, {"_source": B}]}}, [[], A, 7, "text", B | PICTURES],
]  # fmt: skip


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_rows_of_a_document_are_pages(document: Any, indent: int | None, tmp_path: Path) -> None:
    seen = see(written(tmp_path / "rows.json", json.dumps(document, indent=indent).encode()))
    assert ([page.body.decode() for page in seen.pages], seen.reasons) == ([A["html"], B["html"]], [])


@pytest.mark.parametrize("piece", [1, 2, 3, 7])
def test_rows_are_found_wherever_a_piece_of_the_file_ends(piece: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_document, "PIECE", piece)
    path = written(tmp_path / "rows.json", json.dumps({"articles": [A, B]}, ensure_ascii=False).encode())
    assert [page.body.decode() for page in see(path).pages] == [A["html"], B["html"]]


def test_an_object_with_a_page_in_it_is_one_row_whatever_lists_it_has(tmp_path: Path) -> None:
    seen = see(written(tmp_path / "article.json", json.dumps({"text": "A text.", **PICTURES}, indent=1).encode()))
    assert [page.body for page in seen.pages] == [b"A text."]


@pytest.mark.parametrize(("name", "pack"), [
    ("rows.json.gz", gzip.compress), ("rows.json.zst", zstandard.ZstdCompressor().compress),
    ("rows.jsonl.zst", zstandard.ZstdCompressor().compress),
])  # fmt: skip
def test_packed_tables_are_read_as_unpacked_ones(name: str, pack: Any, tmp_path: Path) -> None:
    seen = see(written(tmp_path / name, pack(b"\n".join(json.dumps(row).encode() for row in (A, B)))))
    assert ([page.body.decode() for page in seen.pages], seen.reasons) == ([A["html"], B["html"]], [])


def test_a_document_that_is_cut_gives_the_rows_before_and_a_reject(tmp_path: Path) -> None:
    whole = json.dumps([A, B]).encode()
    in_object = json.dumps({"rows": [A, B]}).encode()
    for name, content in {"a.json": whole[:-30], "b.json": in_object[:-1], "c.json": b"[" * 5000 + b'"html":'}.items():
        written(tmp_path / name, content)
    seen = see(tmp_path)
    assert (len(seen.pages), seen.reasons) == (3, ["row_broken"] * 3)


def test_a_document_without_objects_is_a_reject_and_one_without_pages_is_passed_over(tmp_path: Path) -> None:
    written(tmp_path / "list.json", b'["html", {}]'.replace(b", {}", b""))
    written(tmp_path / "package.json", b'{"name": "site", "version": "1.0"}')
    assert see(tmp_path).passed_over == {"unknown_kind": 2}
    assert see(tmp_path / "list.json", kind="page_table").reasons == ["row_broken"]


def test_lines_under_a_documents_name_lose_only_the_broken_one(tmp_path: Path) -> None:
    lines = [json.dumps(A).encode(), b'{"html": "a', json.dumps(B).encode()]
    seen = see(written(tmp_path / "rows.json", b"\n".join(lines)))
    assert (len(seen.pages), seen.reasons) == (2, ["row_broken"])


def test_planning_a_document_resumes_at_any_end(tmp_path: Path) -> None:
    (file,) = found_in(written(tmp_path / "rows.json", json.dumps({"rows": [A, B] * 20}, indent=1).encode()))
    assert isinstance(file, InputFile)
    refs = [ref for ref in plan(file, 0) if isinstance(ref, PageRef)]
    assert len(refs) == 40 and [list(plan(file, ref.end)) for ref in refs[::13]] == [refs[1:], refs[14:], refs[27:], []]
