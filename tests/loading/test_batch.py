"""What a worker has staged becomes rows: of pages that are new, with the place of their bytes, and of nothing else."""

from pathlib import Path

import pytest

from tasks.loading.batch import load
from tasks.pages.limits import DEFAULT_LIMITS
from tasks.planning.batches import PageBatch, plan_batches
from tasks.planning.survey import survey
from tasks.raw_store.staging_folder import staging_folder
from tasks.raw_store.store import RawStore
from tasks.sources.catalogue import plan
from tasks.sources.discovery import discover
from tasks.sources.page import Tally
from tasks.staging.staged_batch import StagedBatch
from tasks.workers.finish_batch import finish_batch
from tasks.workers.order import WorkOrder
from tests.flows.bad_inputs import article, warc_record
from warehouse.connection import Connection, open_loader
from warehouse.errors import ContractBroken
from warehouse.ledger import known_inputs

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


def bytes_in(place: Path | LakeAddress) -> int:
    """Of the raw store's WARC files."""
    raw = Path(place.raw) if isinstance(place, LakeAddress) else place / "raw"
    return sum(path.stat().st_size for path in raw.glob("*.warc.gz"))


def left_over(place: Path | LakeAddress, home: Path) -> list[Path]:
    """What workers have staged and nobody has taken."""
    return [*staging_folder(home).iterdir(), *(Path(place.staged).iterdir() if isinstance(place, LakeAddress) else [])]


def test_copied_pages_are_placed_in_the_raw_store_and_those_of_a_warc_stay_where_they_are(folder: Path, home: Path):
    with open_loader(home) as con:
        ((batch, finished),) = staged(folder, home, con)
        loaded = load(con, RawStore(home), batch, finished)
        (copied, copied_uri, copied_at), (url, uri, at) = con.execute(PLACES).fetchall()
    assert (copied, copied_uri) == ("file:a.html", "raw/broadsheet-000001.warc.gz")
    assert (url, uri, at) == ("https://pier.example/b", str(folder / "b.warc.gz"), 0)
    assert copied_at > 0
    assert (loaded.fates.loaded, loaded.inserted["core.articles"], loaded.inserted["ops.batches"]) == (2, 2, 1)
    assert list(staging_folder(home).iterdir()) == []


def test_what_the_warehouse_got_meanwhile_is_known_and_nothing_of_it_is_written_twice(folder: Path, home: Path):
    with open_loader(home) as con:
        ((first, one),), ((second, two),) = staged(folder, home, con, "a"), staged(folder, home, con, "b")
        load(con, RawStore(home), first, one)
        bytes_before = sum(path.stat().st_size for path in (home / "raw").glob("*.warc.gz"))
        again = load(con, RawStore(home), second, two)
        assert con.execute("SELECT count(*), count(DISTINCT page_id) FROM core.articles").fetchall() == [(2, 2)]
    assert (again.fates.known, again.fates.loaded, again.inserted["raw.pages"], again.inserted["core.evidence"]) == (2, 0, 0, 0)
    assert sum(path.stat().st_size for path in (home / "raw").glob("*.warc.gz")) == bytes_before


def test_a_staged_file_that_breaks_its_contract_leaves_the_warehouse_as_it_was(folder: Path, home: Path):
    with open_loader(home) as con:
        ((batch, finished),) = staged(folder, home, con)
        finished.tables["core.articles"].write_bytes(finished.tables["raw.pages"].read_bytes())
        with pytest.raises(ContractBroken, match=r"core\.articles"):
            load(con, RawStore(home), batch, finished)
        assert con.execute("SELECT count(*) FROM raw.pages").fetchall() == [(0,)]
    assert not list((home / "raw").glob("*.warc.gz"))
