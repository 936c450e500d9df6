"""Planning: files to batches, with the ledger's stretches left out."""

import json
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from tasks.planning.batches import PageBatch, Stretch, plan_batches
from tasks.planning.survey import survey
from tasks.sources.page import InputFile, PageRef, Tally, Unreadable
from warehouse.ledger import KnownStretch


def a_file(name: str, pages: int) -> InputFile:
    """A file whose pages each take ten bytes."""
    return InputFile(f"/in/{name}", name, size=pages * 10, mtime_ns=1, kind="warc")


def pages_of(file: InputFile, start: int, passed: Tally) -> Iterator[PageRef]:
    """A request stands before every page, and one behind the last."""
    for offset in range(start, file.size, 10):
        passed["warc_record"] += 1
        yield PageRef("warc", file.path, file.uri, offset, offset + 10)
    passed["warc_record"] += 1


def nothing_known(_keys: list[str]) -> dict[str, list]:
    return {}


def ledger_of(batches: list[PageBatch]):
    """known_inputs as the warehouse would answer after these batches were loaded."""
    rows: dict[str, list] = {}
    for stretch in (stretch for batch in batches for stretch in batch.stretches):
        rows.setdefault(stretch.file.key, []).append(
            KnownStretch(
                stretch.file.fingerprint, stretch.start, stretch.end, stretch.is_last, stretch.page_count, json.dumps(stretch.passed_over)
            )
        )
    return lambda keys: {key: rows[key] for key in keys if key in rows}


def plan(files, known=nothing_known, batch_pages=4, limit=None) -> list[PageBatch]:
    return list(plan_batches(files, pages_of, known, run_id="r", batch_pages=batch_pages, limit=limit))


def offsets(batches: list[PageBatch]) -> list[tuple[str, int]]:
    return [(piece.uri, piece.offset) for batch in batches for piece in batch.pieces]


def test_small_files_share_a_batch_and_a_large_one_is_divided():
    batches = plan([a_file("a", 1), a_file("b", 2), a_file("c", 9)])
    assert [len(batch.pieces) for batch in batches] == [3, 4, 4, 1]
    assert [s.is_last for batch in batches for s in batch.stretches] == [True, True, False, False, True]


def test_a_second_run_over_the_same_files_plans_nothing():
    files = [a_file("a", 3), a_file("b", 8), a_file("empty", 0)]
    known = ledger_of(plan(files))
    assert plan(files, known) == []
    todo = survey(files, known)
    assert (todo.files, len(todo.pending), todo.known_pages) == (3, 0, 11)


def test_a_changed_file_is_read_again():
    known = ledger_of(plan([a_file("a", 3)]))
    changed = InputFile("/in/a", "a", size=30, mtime_ns=2, kind="warc")
    assert len(offsets(plan([changed], known))) == 3


def test_an_unreadable_file_is_tried_in_every_run():
    broken = Unreadable(PageRef("warc", "/in/x", "x"), "permission_denied", "expected a readable file")
    first = plan([broken])
    assert first[0].pieces == (broken,)
    assert first[0].stretches == ()
    assert plan([broken], ledger_of(first)) == first


def test_a_limit_stops_in_the_middle_and_the_next_run_goes_on_there():
    files = [a_file("a", 5), a_file("b", 5)]
    first = plan(files, limit=7)
    rest = plan(files, ledger_of(first))
    assert offsets(first) + offsets(rest) == offsets(plan(files))


@given(st.lists(st.integers(0, 12), max_size=5), st.integers(1, 6), st.integers(1, 6), st.sets(st.integers(0, 30)))
def test_whatever_batches_were_lost_the_next_run_does_exactly_their_pages(sizes, batch_pages, next_batch_pages, lost):
    files = [a_file(f"f{number}", size) for number, size in enumerate(sizes)]
    batches = plan(files, batch_pages=batch_pages)
    kept = [batch for batch in batches if batch.number not in lost]
    again = plan(files, ledger_of(kept), batch_pages=next_batch_pages)
    assert sorted(offsets(kept) + offsets(again)) == sorted(offsets(batches))
    assert plan(files, ledger_of(kept + again)) == []


@given(st.lists(st.integers(0, 12), max_size=5), st.integers(1, 6), st.sets(st.integers(0, 30)), st.integers(1, 20))
def test_what_is_passed_over_is_counted_once_however_often_runs_are_stopped(sizes, batch_pages, lost, limit):
    files = [a_file(f"f{number}", size) for number, size in enumerate(sizes)]
    kept = [batch for batch in plan(files, batch_pages=batch_pages) if batch.number not in lost]
    kept += plan(files, ledger_of(kept), limit=limit)
    kept += plan(files, ledger_of(kept))
    told = survey(files, ledger_of(kept))
    assert (told.passed_over["warc_record"], told.known_pages) == (sum(sizes) + len(files), sum(sizes))


def test_bytes_done_add_up_to_bytes_to_do():
    files = [a_file("a", 3), a_file("b", 9)]
    done = sum(s.byte_share for batch in plan(files) for s in batch.stretches)
    assert done == survey(files, nothing_known).pending_bytes == 120


def test_a_stretch_in_row_offsets_never_claims_more_than_its_file():
    assert Stretch(a_file("t", 1), 0, 999, False, 999).byte_share == 10
