"""The empty warehouse is made once for each state of the code, and copied for the homes after."""

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from warehouse.connection import open_loader
from warehouse.empty_warehouse import kept_warehouse
from warehouse.snapshot import publish_snapshot

pytestmark = pytest.mark.usefixtures("own_caches")
HOLDS = """
SELECT 'table', schema_name || '.' || table_name, sql FROM duckdb_tables() WHERE database_name = current_database()
UNION ALL SELECT 'view', schema_name || '.' || view_name, sql FROM duckdb_views() WHERE database_name = current_database() AND NOT internal
UNION ALL SELECT function_type, schema_name || '.' || function_name, macro_definition FROM duckdb_functions()
    WHERE database_name = current_database() AND NOT internal
ORDER BY ALL
"""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The kept one, as it is made."""
    folder = tmp_path_factory.mktemp("whole")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder / "caches"))
        begun(folder / "home")
        return kept_warehouse().read_bytes()


def begun(home: Path) -> list[tuple[str, ...]]:
    """What a home that begins now holds."""
    with open_loader(home) as con:
        return con.execute(HOLDS).fetchall()


def in_kept(statement: str) -> None:
    with duckdb.connect(str(kept_warehouse())) as con:
        con.execute(statement)


def test_a_home_that_begins_with_the_kept_one_is_as_one_that_made_its_own(tmp_path: Path, own_caches: Path):
    own_caches.mkdir(parents=True)
    for name in ("warehouse-0123456789abcdef.duckdb", "prefect-3.db"):
        (own_caches / name).touch()
    made = begun(tmp_path / "made")
    assert {path.name for path in own_caches.iterdir()} == {kept_warehouse().name, "prefect-3.db"}, "what other code has kept is of no use"
    in_kept("CREATE TABLE main.marker (value INTEGER)")
    before = datetime.now(UTC)
    copied = begun(tmp_path / "copied")
    assert [entry[:2] for entry in copied if entry not in made] == [("table", "main.marker")]
    assert {kind for kind, *_ in made} == {"table", "view", "macro", "table_macro"}
    with open_loader(tmp_path / "copied") as con:
        assert con.execute("SELECT min(applied_at) FROM ops.migrations").fetchall()[0][0] >= before, "it tells when the kept one was made"
        publish_snapshot(con, tmp_path / "copied")
        assert con.execute("SELECT page_count, published_at >= ? FROM ops.snapshot", [before]).fetchall() == [(0, True)]


@pytest.mark.parametrize("damage", ["cut", "changed", "of other files"])
def test_a_kept_one_that_is_damaged_or_of_other_files_is_made_anew(tmp_path: Path, whole: bytes, damage: str):
    kept = kept_warehouse()
    kept.parent.mkdir(parents=True)
    content = bytearray(whole)
    if damage == "changed":
        content[4096 * 3 : -4096] = bytes(len(content) - 4096 * 4)
    kept.write_bytes(content[:20_000] if damage == "cut" else content)
    if damage == "of other files":
        in_kept("UPDATE ops.snapshot SET definitions = 'older'; CREATE TABLE main.marker (value INTEGER)")
    made = begun(tmp_path / "made")
    assert ("table", "main.marker") not in {entry[:2] for entry in made} and ("view", "mart.articles") in {entry[:2] for entry in made}
    in_kept("CREATE TABLE main.second (value INTEGER)")
    assert [entry[:2] for entry in begun(tmp_path / "next") if entry not in made] == [("table", "main.second")], "what was damaged was kept"


def test_a_home_begins_also_where_nothing_can_be_kept(tmp_path: Path, own_caches: Path, capsys: pytest.CaptureFixture[str]):
    own_caches.parent.touch()
    assert begun(tmp_path / "first") == begun(tmp_path / "second")
    assert capsys.readouterr().err.count(f"could not be kept at {own_caches}") == 2
