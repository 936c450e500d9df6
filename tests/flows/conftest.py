"""One ingest of the shipped samples, for every test that only looks at what it left."""

from pathlib import Path

import pytest

from tests.conftest import ROOT, Run

SAMPLES = ROOT / "samples"


@pytest.fixture(scope="session")
def samples_home(broadsheet: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home folder after an ingest of the samples. Read it; a test that changes it copies it first."""
    home = tmp_path_factory.mktemp("samples") / "home"
    done = broadsheet("ingest", SAMPLES, "--home", home)
    assert done.returncode == 0, done.stderr
    return home
