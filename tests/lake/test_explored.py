"""Every view of the explorer, and an export, say of a lake what they say of the file that it was made of."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.explorer.hostile import batch, published
from tests.explorer.site import Site, exploring
from tests.explorer.test_views import addresses
from tests.lake.moved import lake_of
from tests.lake.postgres import PostgresServer
from tests.warehouse.exports import exported
from warehouse.lake.address import LakeAddress
from warehouse.lake.session import close_sessions

Places = tuple[Path, LakeAddress]


@pytest.fixture(scope="module")
def places(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    folder = tmp_path_factory.mktemp("explored")
    published(folder / "home", batch(4))
    yield folder / "home", lake_of(postgres, folder, folder / "home")
    close_sessions()


@pytest.fixture(scope="module")
def sites(places: Places) -> Iterator[tuple[Site, Site]]:
    with exploring(places[0]) as of_file, exploring(places[1]) as of_lake:
        yield of_file, of_lake


def test_every_view_shows_the_same_rows(sites: tuple[Site, Site]):
    assert all(site.get("").cells("home_contents")[0][0] == "core.articles" for site in sites)
    for address in filter(None, addresses(sites[0], "a")):  # the first view counts rows, which for a lake would be to read them
        file, lake = (site.get(address) for site in sites)
        assert (lake.status, file.status) == (200, 200), address
        rows = [[row.text_content() for row in answer.tree.xpath("//tbody/tr")] for answer in (file, lake)]
        assert rows[0] == rows[1], address


def test_the_states_of_a_lake_are_offered_and_shown(sites: tuple[Site, Site]):
    link = next(link for link in sites[1].get("").links() if "at/" in link)
    assert sites[1].get(link).status == 200
    assert sites[1].get("at/4711/").status == 404


def test_the_readers_own_query_is_kept_from_harm(sites: tuple[Site, Site]):
    answer = sites[1].get("sql?query=FROM+duckdb_databases()")
    assert "expected a query that reads the lake" in answer.text and answer.cells("rows") == []


@pytest.mark.parametrize("names", [("core",), ("mart.hosts", "raw.pages")])
def test_an_export_has_the_same_rows_and_the_same_description(places: Places, tmp_path: Path, names: tuple[str, ...]):
    told = [exported(place, tmp_path / str(number), *names)[1]["resources"] for number, place in enumerate(places)]
    assert [(one["name"], one["schema"], one["description"]) for one in told[0]] == [
        (one["name"], one["schema"], one["description"]) for one in told[1]
    ]
