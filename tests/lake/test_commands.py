"""The commands as they are typed, over a lake: what is loaded, what is known the second time, what cannot be done there."""

import json
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run
from tests.flows.test_relate import BLOG, COPIES, POST, page
from tests.lake.postgres import PostgresServer
from tests.relation.own_texts import report
from warehouse.ask import ask
from warehouse.lake.address import LakeAddress
from warehouse.lake.attach import open_lake
from warehouse.lake.create import create_lake

SAMPLES = ROOT / "samples" / "html" / "fr-corniche"


@pytest.fixture
def given(empty_lake: LakeAddress) -> dict[str, str]:
    """The two variables, with a password that nobody may show."""
    return {"BROADSHEET_WAREHOUSE": empty_lake.catalog.replace("lake@", "lake:geheim@"), "BROADSHEET_STORE": empty_lake.store}


def test_a_lake_is_made_loaded_and_asked_for_what_is_new(broadsheet: Run, home: Path, given: dict[str, str], empty_lake: LakeAddress):
    before = broadsheet("ingest", SAMPLES, "--home", home, env=given)
    assert (before.returncode, "`broadsheet lake init`" in before.stderr.replace("uv run ", "")) == (14, True), before.stderr
    made = broadsheet("lake", "init", env=given)
    assert made.returncode == 0, made.stderr
    loaded = broadsheet("ingest", SAMPLES, "--home", home, "--json", env=given)
    assert loaded.returncode == 0, loaded.stderr
    again = broadsheet("ingest", SAMPLES, "--home", home, "--json", env=given)
    first, second = (json.loads(done.stdout) for done in (loaded, again))
    assert (first["loaded"] > 0, second["loaded"], second["known"]) == (True, 0, first["seen"])
    with open_lake(empty_lake, read_only=True) as con:
        (parameters,) = con.execute("SELECT parameters FROM ops.runs").fetchall()[0]
        assert con.execute("SELECT state, loaded_count FROM ops.runs").fetchall() == [("completed", first["loaded"])]
    said = "".join(done.stdout + done.stderr for done in (before, made, loaded, again)) + parameters
    assert "geheim" not in said and not (home / "warehouse.duckdb").exists()


def test_what_a_lake_cannot_do_is_refused_with_what_to_do(
    broadsheet_without_server: Run, home: Path, given: dict[str, str], postgres: PostgresServer
):
    refused = broadsheet_without_server("reprocess", "--home", home, env=given)
    assert (refused.returncode, "broadsheet lake export HOME" in refused.stderr) == (2, True), refused.stderr
    alone = broadsheet_without_server("lake", "status", env={"BROADSHEET_STORE": given["BROADSHEET_STORE"]})
    assert (alone.returncode, "BROADSHEET_WAREHOUSE" in alone.stderr) == (2, True), alone.stderr
    port = str(postgres.port)
    down = broadsheet_without_server(
        "lake", "status", env=given | {"BROADSHEET_WAREHOUSE": given["BROADSHEET_WAREHOUSE"].replace(port, "1")}
    )
    assert (down.returncode, "geheim" in down.stderr) == (21, False), down.stderr


def test_a_load_relates_what_came_and_relate_makes_an_index_in_another_home(
    broadsheet: Run, home: Path, given: dict[str, str], empty_lake: LakeAddress, tmp_path: Path
):
    rows, folder = [], tmp_path / "pages"
    folder.mkdir()
    for name, url, day in (("a", POST, 1), ("b", BLOG, 4)):
        (folder / f"{name}.html").write_text(page(report(1), day))
        rows.append(json.dumps({"file": f"{name}.html", "url": url, "observed_at": f"2026-03-{day:02d}T12:00:00Z"}))
    (folder / "pages.jsonl").write_text("\n".join(rows))
    create_lake(empty_lake)
    loaded = broadsheet("ingest", folder, "--home", home, env=given)
    assert (loaded.returncode, ask(empty_lake, COPIES).rows) == (0, [("scraped", BLOG, POST)]), loaded.stderr
    told = broadsheet("explain", BLOG, env=given).stdout
    assert "copy of   scraped" in told and POST in told
    for index, articles in ((home, 0), (tmp_path / "other", 2)):
        done = broadsheet("relate", "--home", index, "--json", env=given)
        assert (done.returncode, json.loads(done.stdout)["articles"], json.loads(done.stdout)["changed"]) == (0, articles, 0), done.stderr
    assert not (home / "loader").exists() and "geheim" not in loaded.stderr + done.stderr
    flows = ask(empty_lake, "SELECT flow, state FROM ops.runs ORDER BY started_at").rows
    assert flows == [("ingest_pages", "completed"), ("relate_articles", "completed")]
