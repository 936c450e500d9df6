"""A lake of an earlier version becomes one of this version, and keeps every row."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.lake.loading import load_all, rows
from warehouse.connection import Connection
from warehouse.errors import WarehouseBusy, WarehouseUnusable
from warehouse.lake import migrating
from warehouse.lake.address import LakeAddress
from warehouse.lake.attach import LAKE, connect, open_lake, roll_back
from warehouse.lake.attach import attach as attach_lake
from warehouse.lake.migrating import changes, migrate_lake
from warehouse.lake.presence import present
from warehouse.migrate import highest_migration, migrations
from warehouse.tables import Articles, Pages

COLUMNS = f"""
SELECT schema_name, table_name, column_name, data_type, is_nullable, comment FROM duckdb_columns()
WHERE database_name = '{LAKE}' ORDER BY ALL
"""
OLDER = """
ALTER TABLE core.articles DROP COLUMN seo_title; DROP TABLE core.images; COMMENT ON COLUMN raw.pages.host IS 'of before';
DROP VIEW ops.runs; ALTER TABLE history.runs DROP COLUMN passed_over;
CREATE VIEW ops.runs AS SELECT run_id FROM history.runs; DROP VIEW core.copies; ALTER TABLE history.copies DROP COLUMN is_gone;
CREATE VIEW core.copies AS SELECT page_id FROM history.copies; DELETE FROM ops.migrations WHERE number > 18
"""


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Two folders of articles."""
    text = " ".join(f"The harbour was dredged for the {number}th time this year, and the ferries came back late." for number in range(20))
    for folder in ("before", "after"):
        for number in range(2):
            page = tmp_path / "in" / folder / f"{number}.html"
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(f"<html><body><h1>Harbour {folder} {number}</h1><p>{text}</p></body></html>")
    return tmp_path / "in"


def columns(con: Connection) -> list[tuple[object, ...]]:
    return con.execute(COLUMNS).fetchall()


def test_tables_columns_and_comments_are_those_of_a_new_lake_and_rows_stay(lake: LakeAddress, pages: Path, tmp_path: Path):
    load_all(pages / "before", tmp_path / "home", lake)
    with open_lake(lake) as con:
        new, before = columns(con), rows(con, Pages)
        con.execute(OLDER)
        assert columns(con) != new
    with pytest.raises(WarehouseUnusable, match="broadsheet lake migrate"), open_lake(lake):
        pass
    told = migrate_lake(lake, 0.0, is_dry=True)
    assert migrate_lake(lake, 0.0) == told and migrate_lake(lake, 0.0) == ([], [])
    load_all(pages / "after", tmp_path / "home", lake, run_id="b")
    with open_lake(lake) as con:
        assert columns(con) == new and [row for row in rows(con, Pages) if row in before] == before
        assert len(rows(con, Articles)) == len(list(pages.rglob("*.html")))
        assert con.execute("SELECT count(*) FROM core.articles WHERE seo_title IS NULL").fetchall()[0][0] >= len(before)
        assert list(changes(con)) == list(changes(con)) and highest_migration(con) == migrations()[-1].number


def test_a_version_that_makes_rows_anew_is_refused_and_one_that_does_not_is_taken(
    lake: LakeAddress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    later = replace(migrations()[-1], number=9000, path=tmp_path / "9000_later.sql")
    later.path.write_text("-- 9000_later\n-- Why    Rows are told otherwise.\n")
    monkeypatch.setattr(migrating, "migrations", lambda: [*migrations(), later])
    with pytest.raises(WarehouseUnusable, match=r"9000_later makes rows anew.*lake export"):
        migrate_lake(lake, 0.0)
    assert applied(lake) < later.number
    later.path.write_text("-- 9000_later\n-- Why    A column is added.\n-- Lake    contracts\n")
    assert migrate_lake(lake, 0.0)[0] == [later.name] and applied(lake) == later.number


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("ALTER TABLE raw.pages ADD COLUMN gone INTEGER", "has no more gone"),
        ("ALTER TABLE raw.pages ALTER COLUMN url DROP NOT NULL", "url is VARCHAR, and is to be VARCHAR NOT NULL"),
        ("ALTER TABLE raw.pages DROP COLUMN url", "url is never null"),
    ],
)
def test_what_a_lake_cannot_become_is_told_and_nothing_is_done(lake: LakeAddress, statement: str, told: str):
    with open_lake(lake) as con:
        con.execute(f"{statement}; DELETE FROM ops.migrations WHERE number > 18; DROP TABLE core.images")
    with pytest.raises(WarehouseUnusable, match=told):
        migrate_lake(lake, 0.0)
    assert applied(lake) == 18


def test_loaders_are_waited_for(lake: LakeAddress):
    with present(lake, "a" * 16), pytest.raises(WarehouseBusy, match="to be alone"):
        migrate_lake(lake, 0.0)


def applied(lake: LakeAddress) -> int:
    con = connect(lake)
    try:
        attach_lake(con, lake, read_only=True)
        return highest_migration(con)
    finally:
        roll_back(con)
        con.close()
