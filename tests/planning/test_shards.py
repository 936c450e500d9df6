"""Shards are all of the input, each part once, and named as in the whole."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.planning.shards import PageCounts, Shard, plan_shards
from tasks.planning.survey import survey
from tasks.sources.discovery import discover
from tasks.sources.page import FoundFile, InputFile, Tally, Unreached
from tests.conftest import ROOT

SAMPLES = ROOT / "samples"


def shards(roots: list[Path], pages: int) -> list[Shard]:
    found = survey(discover(roots, Tally()), lambda _: {}).pending
    return list(plan_shards(found, [str(root) for root in roots], pages, PageCounts(lambda _: 7)))


def met(paths: list[Path], below: str | None = None) -> list[FoundFile | Unreached]:
    return list(discover(paths, Tally(), None if below is None else Path(below)))


@pytest.mark.parametrize("pages", [1, 5, 12, 1000])
def test_files_of_all_shards_are_those_of_the_whole_with_the_names_that_they_have_there(pages: int):
    planned = shards([SAMPLES], pages)
    parts = [file for shard in planned for file in met([Path(path) for path in shard.paths], shard.below)]
    assert sorted(map(repr, parts)) == sorted(map(repr, met([SAMPLES])))
    assert all(shard.pages <= max(pages, 7) for shard in planned)


def test_all_in_one_is_the_folder_itself_and_a_named_file_is_itself():
    page = SAMPLES / "html" / "zh-harbour" / "sampan.html"
    assert [shard.paths for shard in shards([SAMPLES], 1000)] == [(str(SAMPLES),)]
    (alone,) = shards([page], 10)
    assert (alone.paths, [each.uri for each in met([page], alone.below)]) == ((str(page),), ["sampan.html"])


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 40)), max_size=40), st.integers(1, 60))
def test_no_file_is_cut_or_lost_and_a_shard_is_no_larger_than_told_or_one_file(files: list[tuple[str, int]], pages: int):
    found = [InputFile(f"/in/{folder}/{n}.warc", "", size, 1, "warc") for n, (folder, size) in enumerate(sorted(files))]
    planned = list(plan_shards(found, ["/in"], pages, PageCounts(lambda file: file.size)))
    assert sum(shard.byte_count for shard in planned) == sum(size for _, size in files)
    largest = max((size for _, size in files), default=0)
    assert all(shard.pages <= max(pages, largest) for shard in planned)


def test_pages_of_later_files_are_estimated_by_their_size():
    opened: list[str] = []

    def count(file: InputFile) -> int:
        opened.append(file.path)
        return file.size // 10

    found = [InputFile(f"/in/{n}.warc", "", 100 * n, 1, "warc") for n in range(1, 9)]
    planned = list(plan_shards(found, ["/in"], 100, PageCounts(count)))
    assert len(opened) == 3
    assert [shard.is_estimated for shard in planned] == [True] * len(planned)
    assert sum(shard.pages for shard in planned) == 360
