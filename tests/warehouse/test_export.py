"""What an export has written says what the warehouse says: read back by DuckDB, Python's csv and json, and a library for data packages."""

import csv
import gzip
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.warehouse.exports import HOSTILE, exported
from tests.warehouse.staging import load_frames
from warehouse.connection import open_loader
from warehouse.csv_cells import safe_cell
from warehouse.errors import SettingsInvalid
from warehouse.export.order import Order
from warehouse.export.run import export
from warehouse.snapshot import publish_snapshot
from warehouse.tables import PAGE_FAMILY, Pages

Make = Callable[..., dict]
TABLES = ("core.articles", "core.credits", "core.listing_items", "core.repairs", "mart.damage_by_host", "ops.checks", "raw.pages")


@pytest.fixture
def warehouse(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published file, in a DuckDB of its own."""
    with duckdb.connect(":memory:") as con:
        con.execute(f"ATTACH '{published}/warehouse.duckdb' AS w (READ_ONLY); USE w; SET TimeZone = 'UTC'")
        yield con


def errors_of(package: Path) -> list[str]:
    """What Frictionless finds wrong with a package: hashes, types, constraints, keys."""
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"]
    done = subprocess.run(command, cwd=package, capture_output=True, text=True, timeout=120, check=False)
    told = json.loads(done.stdout)
    found = [f"{task['name']}: {error['message']}" for task in told["tasks"] for error in task["errors"]]
    assert (not found and not told["errors"]) == told["valid"]
    return found + told["errors"]


def test_parquet_has_the_same_rows_with_the_same_types_parted_by_day(published: Path, warehouse, tmp_path: Path):
    done, told = exported(published, tmp_path / "out", *TABLES)
    for resource in told["resources"]:
        paths = resource["path"] if isinstance(resource["path"], list) else [resource["path"]]
        read = f"read_parquet({[str(tmp_path / 'out' / path) for path in paths]}, hive_partitioning = false)"
        name = resource["name"]
        assert warehouse.execute(f"FROM {name} EXCEPT ALL FROM {read}").fetchall() == []
        assert warehouse.execute(f"FROM {read} EXCEPT ALL FROM {name}").fetchall() == []
        assert [row[:2] for row in warehouse.execute(f"DESCRIBE {name}").fetchall()] == [
            row[:2] for row in warehouse.execute(f"DESCRIBE FROM {read}").fetchall()
        ]
        assert resource["rowCount"] == warehouse.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0] > 0
        assert resource["bytes"] == sum((tmp_path / "out" / path).stat().st_size for path in paths)
    days = {Path(path).parent.name for path in told["resources"][0]["path"]}
    assert days == {"day=2026-03-01", "day=2026-03-02", "day=2026-03-03", "day=__HIVE_DEFAULT_PARTITION__"}
    assert told["resources"][0]["partedBy"] == {"column": "published_at", "by": "day", "zone": "UTC"}
    assert [resource.name for resource in done.resources] == list(TABLES)


@pytest.mark.parametrize("is_packed", [False, True])
def test_raw_csv_is_the_table_to_python_and_to_duckdb(published: Path, warehouse, tmp_path: Path, is_packed: bool):
    _, told = exported(published, tmp_path / "out", *TABLES, format="csv", is_raw=True, is_packed=is_packed)
    for resource in told["resources"]:
        name, path = resource["name"], tmp_path / "out" / resource["path"]
        fields = {field["name"]: field for field in resource["schema"]["fields"]}
        with gzip.open(path, "rt", encoding="utf-8", newline="") if is_packed else path.open(encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file)
        expected = warehouse.execute(f"FROM {name}").fetchall()
        assert (head, len(rows)) == (list(fields), len(expected))
        said = [[read(text, fields[column]["type"]) for text, column in zip(row, head, strict=True)] for row in rows]
        assert in_order(said) == in_order([[value or None for value in values] for values in expected])
        types = {column: "JSON" if field["type"] in ("array", "object") else field["sqlType"] for column, field in fields.items()}
        there = f"read_csv('{path}', columns = {types}, allow_quoted_nulls = false, header = true)"
        as_text = ", ".join(f"to_json({c}) AS {c}" if kind == "JSON" else c for c, kind in types.items())
        assert warehouse.execute(f"SELECT {as_text} FROM {name} EXCEPT ALL FROM {there}").fetchall() == []
        assert told["licenses"][0]["title"].startswith("Texts")


def in_order(rows: list[list[Any]]) -> list[list[Any]]:
    """By their first value: rows of a view come as they come."""
    return sorted(rows, key=lambda row: str(row[0]))


def read(text: str, kind: str) -> Any:
    """A cell as Python has it; of an empty one, and of what Python takes for false, None."""
    if not text:
        return None
    match kind:
        case "integer" | "number":
            return (int if kind == "integer" else float)(text) or None
        case "boolean":
            return text == "true" or None
        case "datetime":
            return datetime.fromisoformat(text)
        case "array" | "object":
            return json.loads(text) or None
    return text


def test_csv_is_safe_to_open_as_the_rows_of_sql_are(published: Path, tmp_path: Path):
    _, told = exported(published, tmp_path / "out", "core.articles", format="csv")
    raw = (tmp_path / "out" / "core.articles.csv").read_bytes()
    rows = list(csv.DictReader(raw.decode("utf-8").splitlines(keepends=True)))
    assert {row["title"] for row in rows} == {safe_cell(title) for title in HOSTILE}
    assert not set(raw) & {0x1B, 0x9B} - set("".join(row["body"] for row in rows).encode())
    assert "apostrophe" in told["description"]


def test_jsonl_is_the_table_to_python(published: Path, warehouse, tmp_path: Path):
    _, told = exported(published, tmp_path / "out", *TABLES, format="jsonl")
    for resource in told["resources"]:
        with (tmp_path / "out" / resource["path"]).open(encoding="utf-8") as file:
            rows = [json.loads(line) for line in file]
        moments = [field["name"] for field in resource["schema"]["fields"] if field["type"] == "datetime"]
        for row in rows:
            row.update({name: datetime.fromisoformat(row[name]) for name in moments if row[name]})
        expected = warehouse.execute(f"FROM {resource['name']}")
        columns = [column for column, *_ in expected.description]
        assert {tuple(row) for row in rows} == {tuple(columns)}
        assert in_order([list(row.values()) for row in rows]) == in_order([list(row) for row in expected.fetchall()])
        assert resource["hash"].startswith("sha256:")


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_library_of_others_finds_nothing_wrong_until_something_is(published: Path, tmp_path: Path, form: str):
    _, told = exported(published, tmp_path / "out", *(table.TABLE for table in PAGE_FAMILY), format=form, is_raw=True)
    foreign = {one["name"]: one["schema"].get("foreignKeys") for one in told["resources"]}
    assert foreign["core.credits"] == [{"fields": ["page_id"], "reference": {"resource": "core.articles", "fields": ["page_id"]}}]
    assert errors_of(tmp_path / "out") == []
    file = tmp_path / "out" / f"core.listing_items.{form}"
    file.write_bytes(file.read_bytes().replace(b"related", b"unheard", 1).replace(b"hot", b"huh", 1))
    assert errors_of(tmp_path / "out")


def test_only_an_earlier_export_is_replaced_and_an_older_state_can_be_written(published: Path, tmp_path: Path, make_batch: Make):
    first, _ = exported(published, tmp_path / "out", "raw.pages")
    with open_loader(published) as con:
        load_frames(con, {Pages: make_batch(pages=3, seed=5)[Pages]})
        publish_snapshot(con, published)
    with pytest.raises(SettingsInvalid, match="--replace"):
        exported(published, tmp_path / "out", "raw.pages")
    order = Order(("raw.pages",), as_of=first.snapshot_id)
    again = export(published, order, tmp_path / "out", is_replaced=True, saw=lambda _: None)
    assert (again.snapshot_id, again.resources[0].row_count) == (first.snapshot_id, len(HOSTILE))
    (tmp_path / "mine").mkdir()
    with pytest.raises(SettingsInvalid, match="no earlier export"):
        export(published, order, tmp_path / "mine", is_replaced=True, saw=lambda _: None)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "mine", "out"]
