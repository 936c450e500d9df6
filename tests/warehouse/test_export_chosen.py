"""Which rows an export has, and what it says of them."""

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.exports import exported
from warehouse.errors import QueryInvalid, SettingsInvalid
from warehouse.tables import Credits, ListingItems


def test_rows_are_chosen_by_moment_and_host_with_what_hangs_on_them(published: Path, tmp_path: Path):
    march_2 = datetime(2026, 3, 2, tzinfo=UTC)
    _, told = exported(published, tmp_path / "a", "core.articles", "core.credits", since=march_2, until=datetime(2026, 3, 3, tzinfo=UTC))
    assert [one["rowCount"] for one in told["resources"]] == [3, 3]
    assert "foreignKeys" in told["resources"][1]["schema"]
    exported(published, tmp_path / "b", "core.articles", "core.listing_items", "raw.pages", host="News.example", format="jsonl")
    assert {path.name: path.read_text().count("\n") for path in (tmp_path / "b").glob("*.jsonl")} == {
        "core.articles.jsonl": 2, "core.listing_items.jsonl": 2, "raw.pages.jsonl": 2,
    }  # fmt: skip
    with pytest.raises(SettingsInvalid, match=r"ops\.migrations has none"):
        exported(published, tmp_path / "c", "ops.migrations", since=march_2)
    with pytest.raises(SettingsInvalid, match=r"core\.articles"):
        exported(published, tmp_path / "c", "core.article")


def test_a_query_is_exported_and_reaches_nothing_else(published: Path, tmp_path: Path):
    query = "SELECT host, sum(byte_count) AS total, {'a': 1} AS pair FROM raw.pages GROUP BY host ORDER BY host; "
    _, told = exported(published, tmp_path / "out", query=query)
    assert duckdb.sql(f"SELECT typeof(total), pair FROM '{tmp_path}/out/query.parquet' LIMIT 1").fetchall() == [("DECIMAL(38,0)", {"a": 1})]
    assert (told["asked"]["query"], told["resources"][0]["rowCount"]) == (query, 4)
    (secret := tmp_path / "secret.csv").write_text("a,b\n1,2\n")
    for refused in (
        f"FROM '{secret}'", f"FROM read_text('{secret}')", f"SELECT 1) TO '{tmp_path}/x.csv'; --", "SELECT 1; SELECT 2",
        "DROP TABLE raw.pages",
        f"COPY (SELECT 1) TO '{tmp_path}/x.csv'", "FROM nowhere", "SELECT 1/'x'", "",
    ):  # fmt: skip
        with pytest.raises(QueryInvalid):
            exported(published, tmp_path / "refused", query=refused)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "out", "secret.csv"]


def test_what_hangs_on_articles_keeps_its_names(published: Path, tmp_path: Path):
    _, told = exported(published, tmp_path / "out", "core.listing_items", format="csv")
    fields = {field["name"]: field for field in told["resources"][0]["schema"]["fields"]}
    assert fields["kind"]["constraints"]["enum"] == list(ListingItems.kind.categories)
    assert (fields["observed_at"]["unit"], fields["comment_count"]["unit"]) == ("moment, UTC", "count")
    assert fields["headline"]["description"] == ListingItems.headline.description
    assert Credits.TABLE not in str(told)
