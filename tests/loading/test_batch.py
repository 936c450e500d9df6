"""What a worker has staged becomes rows: of pages that are new, with the place of their bytes, and of nothing else."""

from pathlib import Path

import pytest

from tasks.raw_store.reading import read_raw
from tasks.raw_store.staging_folder import staging_folder
from tests.flows.bad_inputs import article, warc_record
from tests.lake.loading import loader_of, staged
from warehouse.errors import ContractBroken
from warehouse.lake.address import LakeAddress

PLACES = "SELECT url, warc_uri, warc_offset FROM raw.pages ORDER BY url"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.html").write_text(article("The ferry stays in port"))
    (folder / "b.warc.gz").write_bytes(warc_record("https://pier.example/b", article("The pier is closed")))
    return folder


@pytest.fixture(params=["file", "lake"])
def place(request: pytest.FixtureRequest, home: Path) -> Path | LakeAddress:
    """What is loaded into: the file of a home, or a lake."""
    return request.getfixturevalue("lake") if request.param == "lake" else home


def raw_folder(place: Path | LakeAddress) -> Path:
    """Where its WARC files lie."""
    return Path(place.raw) if isinstance(place, LakeAddress) else place / "raw"


def left_over(place: Path | LakeAddress, home: Path) -> list[Path]:
    """What workers have staged and nobody has taken."""
    return [*staging_folder(home).iterdir(), *(Path(place.staged).iterdir() if isinstance(place, LakeAddress) else [])]


def test_copied_pages_are_placed_in_the_raw_store_and_those_of_a_warc_stay_where_they_are(
    folder: Path, home: Path, place: Path | LakeAddress
):
    with loader_of(place) as loader:
        ((batch, finished),) = staged(folder, home, place, loader.connection)
        loaded = loader.commit(batch, finished)
        (copied, copied_uri, copied_at), (url, uri, at) = loader.connection.execute(PLACES).fetchall()
    assert (copied, copied_uri.startswith("raw/broadsheet-"), url, uri, at) == (
        "file:a.html", True, "https://pier.example/b", str(folder / "b.warc.gz"), 0,
    )  # fmt: skip
    root = Path(place.store) if isinstance(place, LakeAddress) else place
    assert copied_at > 0 and read_raw(root, copied_uri, copied_at).body == (folder / "a.html").read_bytes()
    assert (loaded.fates.loaded, loaded.inserted["core.articles"], loaded.inserted["ops.batches"]) == (2, 2, 1)
    assert left_over(place, home) == []


def test_what_the_warehouse_got_meanwhile_is_known_and_nothing_of_it_is_written_twice(folder: Path, home: Path, place: Path | LakeAddress):
    with loader_of(place) as loader:
        ((first, one),), ((second, two),) = (list(staged(folder, home, place, loader.connection, run)) for run in "ab")
        loader.commit(first, one)
        again = loader.commit(second, two)
        assert loader.connection.execute("SELECT count(*), count(DISTINCT page_id) FROM core.articles").fetchall() == [(2, 2)]
        ((uri, at),) = loader.connection.execute("SELECT warc_uri, warc_offset FROM raw.pages WHERE url LIKE 'file:%'").fetchall()
    assert (again.fates.known, again.fates.loaded, again.inserted["raw.pages"], again.inserted["core.evidence"]) == (2, 0, 0, 0)
    (kept,) = raw_folder(place).glob("*.warc.gz")
    assert (kept.name, at < kept.stat().st_size) == (Path(uri).name, True)
    assert left_over(place, home) == []


def test_of_a_batch_that_is_known_in_part_the_rest_is_loaded(folder: Path, home: Path, place: Path | LakeAddress):
    with loader_of(place) as loader:
        ((first, one),) = staged(folder, home, place, loader.connection)
        (folder / "c.html").write_text(article("The lighthouse is lit"))
        ((second, two),) = staged(folder, home, place, loader.connection, "b")
        loader.commit(first, one)
        again = loader.commit(second, two)
        titles = loader.connection.execute("SELECT title FROM core.articles ORDER BY title").fetchall()
    assert (again.fates.known, again.fates.loaded, again.inserted["core.articles"]) == (2, 1, 1)
    assert titles == [("The ferry stays in port",), ("The lighthouse is lit",), ("The pier is closed",)]


def test_a_staged_file_that_breaks_its_contract_leaves_the_warehouse_as_it_was(folder: Path, home: Path, place: Path | LakeAddress):
    with loader_of(place) as loader:
        ((batch, finished),) = staged(folder, home, place, loader.connection)
        files = finished.stored.tables if finished.stored else finished.tables
        Path(files["core.articles"]).write_bytes(Path(files["raw.pages"]).read_bytes())
        with pytest.raises(ContractBroken, match=r"core\.articles"):
            loader.commit(batch, finished)
        assert loader.connection.execute("SELECT count(*) FROM raw.pages").fetchall() == [(0,)]
    assert isinstance(place, LakeAddress) or not list(raw_folder(place).glob("*.warc.gz"))
