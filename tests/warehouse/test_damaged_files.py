"""A snapshot or a loader's file that was cut, overwritten or replaced is said to be so, with what to do, and never a dead end."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.warehouse.staging import load_frames
from warehouse.ask import ask, drawn
from warehouse.connection import LOADER_FILE, SNAPSHOT_FILE, look_into_loader, open_loader, open_snapshot
from warehouse.errors import WarehouseUnusable
from warehouse.ledger import is_published, known_inputs
from warehouse.snapshot import publish_snapshot

Make = Callable[..., dict]
QUERY = "SELECT sum(length(body)), count(DISTINCT title) FROM core.articles"


def cut(share: float) -> Callable[[Path], None]:
    return lambda path: write(path, path.read_bytes()[: int(path.stat().st_size * share)])


def write(path: Path, content: bytes) -> None:
    path.unlink()
    path.write_bytes(content)


def replace_by_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGE = {
    "cut by a third": cut(0.67),  # less may be blocks that are free, which nobody misses
    "cut to half": cut(0.5), "empty": cut(0.0),
    "only the header": lambda path: write(path, path.read_bytes()[:4096]),
    "zeroed header": lambda path: write(path, bytes(4096) + path.read_bytes()[4096:]),
    "all zeros": lambda path: write(path, bytes(path.stat().st_size)), "text": lambda path: write(path, b"no database\n" * 9999),
}  # fmt: skip
DAMAGED = pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)


@pytest.fixture
def loaded(home: Path, make_batch: Make) -> Path:
    with open_loader(home) as con:
        for seed in range(3):
            load_frames(con, make_batch(pages=400, seed=seed))
        publish_snapshot(con, home)
    return home


@DAMAGED
def test_a_damaged_snapshot_is_said_to_be_one_and_the_next_ingest_publishes_anew(loaded: Path, damage: Callable[[Path], None]):
    before = ask(loaded, QUERY)
    damage(loaded / SNAPSHOT_FILE)
    for question in (lambda: ask(loaded, QUERY), lambda: drawn(loaded, QUERY, 80)):
        with pytest.raises(WarehouseUnusable, match="Any run of `broadsheet ingest` publishes it anew"):
            question()
    with open_loader(loaded) as con:
        assert not is_published(con, loaded)
        publish_snapshot(con, loaded)
    assert ask(loaded, QUERY) == before


@DAMAGED
def test_a_damaged_loader_file_says_how_to_start_from_the_snapshot(loaded: Path, damage: Callable[[Path], None]):
    damage(loaded / LOADER_FILE)
    with pytest.raises(WarehouseUnusable, match="Move the folder loader/"), open_loader(loaded) as con:
        known_inputs(con, ["0" * 16])
    with pytest.raises(WarehouseUnusable, match="Move the folder loader/"), look_into_loader(loaded):
        pass
    (loaded / "loader").rename(loaded / "damaged")
    with open_loader(loaded) as con:
        assert con.execute("SELECT count(*) FROM raw.pages").fetchall() == [(1200,)]


def test_a_folder_in_the_place_of_a_file_is_said_to_be_one(loaded: Path):
    replace_by_folder(loaded / SNAPSHOT_FILE)
    with pytest.raises(WarehouseUnusable, match="readable snapshot"), open_snapshot(loaded):
        pass
    replace_by_folder(loaded / LOADER_FILE)
    with pytest.raises(WarehouseUnusable, match="Move the folder loader/"), open_loader(loaded):
        pass


def test_a_damaged_snapshot_is_not_what_a_lost_loader_file_begins_from(loaded: Path):
    DAMAGE["cut to half"](loaded / SNAPSHOT_FILE)
    shutil.rmtree(loaded / "loader")
    with pytest.raises(WarehouseUnusable, match="move the snapshot away and rebuild from raw/"), open_loader(loaded):
        pass
    assert not (loaded / LOADER_FILE).exists()
