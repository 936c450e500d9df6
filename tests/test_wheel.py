"""What is shipped: the wheel has the licences where tools look, the model's among them, and decides as the checkout does."""

import email
import subprocess
import zipfile
from pathlib import Path

import pytest

from flows.version import ROOT, deciding_files, fingerprint
from tests.conftest import ROOT as CHECKOUT

LICENCES = {"LICENSE", "LICENSES/LGPL-2.1-or-later.txt", "LICENSES/CC-BY-SA-4.0.txt"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel as uv builds it, from what uv has in its cache."""
    folder = tmp_path_factory.mktemp("wheel")
    try:
        built = subprocess.run(
            ["uv", "build", "--wheel", "--offline", "--out-dir", folder],
            cwd=CHECKOUT, capture_output=True, text=True, timeout=200, check=False,
        )  # fmt: skip
    except FileNotFoundError:
        pytest.skip("uv is not installed: it builds the wheel")
    if "hatchling" in built.stderr and built.returncode:
        pytest.skip("uv has no hatchling in its cache, and tests fetch nothing: run `uv build --wheel` once")
    assert built.returncode == 0, built.stderr
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def test_the_wheel_says_its_licences_and_has_their_texts(wheel: zipfile.ZipFile):
    (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    told = email.message_from_bytes(wheel.read(name))
    assert told["License-Expression"] == "MIT AND LGPL-2.1-or-later AND CC-BY-SA-4.0"
    assert not LICENCES.difference(told.get_all("License-File", []))
    texts = {each: wheel.read(f"{Path(name).parent}/licenses/{each}").decode() for each in LICENCES}
    for licence, words in (
        ("LICENSE", "MIT License"), ("LICENSES/LGPL-2.1-or-later.txt", "GNU LESSER GENERAL PUBLIC LICENSE"),
        ("LICENSES/CC-BY-SA-4.0.txt", "Attribution-ShareAlike 4.0 International"),
    ):  # fmt: skip
        assert words in texts[licence]


def test_the_model_names_its_licences_beside_it(wheel: zipfile.ZipFile):
    beside = wheel.read("tasks/restoration/characters/zh_news.npz.license").decode()
    assert "SPDX-License-Identifier: LGPL-2.1-or-later AND CC-BY-SA-4.0" in beside
    assert "tasks/restoration/characters/DATA.md" in wheel.namelist()


def test_a_wheel_decides_as_its_checkout_does(wheel: zipfile.ZipFile, tmp_path: Path):
    wheel.extractall(tmp_path)
    assert [path.relative_to(tmp_path) for path in deciding_files(tmp_path)] == [path.relative_to(ROOT) for path in deciding_files(ROOT)]
    assert fingerprint(tmp_path) == fingerprint(ROOT)
