"""Pointers survive a move of the home folder, and the file of another home is shared without being changed."""

from pathlib import Path

import pytest

from tasks.raw_store.pointers import holds, located, pointer
from tasks.raw_store.reading import read_raw
from tasks.raw_store.store import RawStore
from tests.raw_store.test_raw_store import FILE, kept, page


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Another home, with one page in its raw store."""
    home = tmp_path / "other"
    kept(home, [page(b"<p>one")])
    RawStore(home).mark_committed()
    return home


def test_a_file_in_the_home_is_named_relative_to_it_and_another_by_its_path(tmp_path: Path):
    (tmp_path / "link").symlink_to(tmp_path / "home")
    assert pointer(tmp_path / "home", f"{tmp_path}/home/crawls/a.warc.gz") == "crawls/a.warc.gz"
    assert pointer(tmp_path / "link", f"{tmp_path}/home/crawls/a.warc.gz") == "crawls/a.warc.gz"
    assert pointer(tmp_path / "home", f"{tmp_path}/home-two/a.warc.gz") == f"{tmp_path}/home-two/a.warc.gz"


def test_a_name_that_is_no_utf_8_is_found_again(tmp_path: Path):
    (tmp_path / "a\udcff.warc").write_bytes(b"WARC")
    shown = str(tmp_path / "a") + r"\xff.warc"
    assert located(tmp_path, shown) == tmp_path / "a\udcff.warc"
    assert holds(tmp_path, shown, 3)


def test_a_file_of_another_raw_store_gets_a_name_in_this_one_once(tmp_path: Path, other: Path):
    home = tmp_path / "home"
    assert [pointer(home, str(other / FILE)) for _ in range(2)] == [FILE, FILE]
    assert (home / FILE).samefile(other / FILE)


def test_a_shared_file_is_neither_appended_to_nor_cut(tmp_path: Path, other: Path):
    home = tmp_path / "home"
    pointer(home, str(other / FILE))
    before = (other / FILE).read_bytes()
    for one in (home, other):
        position = kept(one, [page(b"<p>two")])[0]
        assert (position[0], read_raw(one, *position).body) == ("raw/broadsheet-000002.warc.gz", b"<p>two")
    (home / "raw" / "uncommitted.json").write_text(f'{{"{FILE}": 0}}')
    assert RawStore(home).truncate_to_committed([]) == 0
    assert (other / FILE).read_bytes() == before


def test_files_of_two_homes_with_the_same_name_get_two(tmp_path: Path, other: Path):
    third = tmp_path / "third"
    position = kept(third, [page(b"<p>of the third")])[0]
    home = tmp_path / "home"
    uris = [pointer(home, str(store / FILE)) for store in (other, third, other)]
    assert uris == [FILE, "raw/broadsheet-000002.warc.gz", FILE]
    assert read_raw(home, uris[1], position[1]).body == b"<p>of the third"
