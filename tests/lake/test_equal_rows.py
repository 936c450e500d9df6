"""The same input gives the same rows in a file and in a lake, table by table."""

from pathlib import Path

from tests.conftest import ROOT
from tests.lake.loading import compared, load_all
from warehouse.lake.address import LakeAddress


def test_the_same_pages_are_the_same_rows_in_file_and_lake(lake: LakeAddress, home: Path):
    for place in (home, lake):
        assert load_all(ROOT / "samples", home, place, batch_pages=10) > 1
        assert load_all(ROOT / "samples", home, place, run_id="b") == 0
    tables = compared(home, lake)
    assert {name: len(ours) for name, (ours, _) in tables.items()} == {name: len(theirs) for name, (_, theirs) in tables.items()}
    assert [name for name, (ours, theirs) in tables.items() if ours != theirs] == []
    assert all(len(tables[name][0]) > 0 for name in ("raw.pages", "core.articles", "core.listing_items", "ops.inputs", "ops.rejects"))
