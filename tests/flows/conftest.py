"""One ingest of the shipped samples, for every test that only looks at what it left; and one of three articles, to be copied."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run
from tests.flows.older_extractor import load_three
from tests.prefect_server import one_by_one

SAMPLES = ROOT / "samples"


@pytest.fixture(scope="session")
def samples_home(broadsheet: Run, caches: Path) -> Path:
    """The home folder after an ingest of the samples, one for all workers. Read it; a test that changes it copies it first."""
    home = caches / "samples" / "home"
    with one_by_one(caches):
        if not home.exists():
            done = broadsheet("ingest", SAMPLES, "--home", home)
            assert done.returncode == 0, done.stderr
    return home


@pytest.fixture(scope="session")
def three_articles(broadsheet: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `pages` and `home`, into which they were ingested. Tests copy it."""
    folder = tmp_path_factory.mktemp("three")
    load_three(broadsheet, folder, folder / "home")
    return folder


@pytest.fixture
def loaded(three_articles: Path, home: Path) -> Path:
    """A home with three articles, to change."""
    return Path(shutil.copytree(three_articles / "home", home))
