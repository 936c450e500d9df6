"""Readers of every kind, each in a process of its own, beside a loader that publishes; tests/bench/readers.py has more of it."""

from pathlib import Path

from tests.bench.readers import KINDS, watch


def test_no_reader_gets_an_error_a_false_answer_or_a_stale_one(tmp_path: Path):
    found = watch(tmp_path, publishes=6, pages=200)
    assert {kind: (seen.errors, seen.false, seen.stale) for kind, seen in found.items()} == dict.fromkeys(KINDS, ([], [], []))
    assert all(len(seen.states) > 1 for kind, seen in found.items() if kind != "held")
