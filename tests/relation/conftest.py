"""Where articles are related: the file of a home, or a lake."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.relation.articles import Relater, relater_of
from warehouse.lake.address import LakeAddress


@pytest.fixture
def file(home: Path) -> Iterator[Relater]:
    with relater_of(home, home) as relater:
        yield relater


@pytest.fixture(params=["file", "lake"])
def place(request: pytest.FixtureRequest, home: Path) -> Path | LakeAddress:
    """Either: of what a table's kind or the way that rows are told may make another."""
    given: Path | LakeAddress = home if request.param == "file" else request.getfixturevalue("lake")
    return given


@pytest.fixture
def either(place: Path | LakeAddress, home: Path) -> Iterator[Relater]:
    with relater_of(place, home) as relater:
        yield relater
