"""Which code decides: what its fingerprint is over, what changes it and what does not, and that every article names it."""

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.version import DECIDES, DECIDES_NOTHING, DECIDING_FILES, LIBRARIES, ROOT, deciding_files, extractor, fingerprint
from tests.conftest import Run
from tests.flows.bad_inputs import article
from warehouse.ask import ask

ROOMS = ("flows", "tasks", "expectations", "warehouse")
DISTRIBUTIONS = {"dateutil": "python-dateutil"}  # imports by another name than the package has
ONLY_CARRY = {"polars", "numpy"}  # frames and arrays: they hold what was decided
# Of the folders that DECIDES takes files from: what moves pages about, counts them, or writes down how it went.
ONLY_MOVE = {
    "tasks/shaping": {"fetches", "ledger", "rejects"},
    "tasks/workers": {
        "__init__", "attempts", "carrier", "deadline", "dissected_batch", "finish_batch", "fork_server", "memory_limit", "order",
        "page_ticks", "pool", "same_imports", "warm_up", "work",
    },
}  # fmt: skip


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The rooms in another place, as another checkout has them."""
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / "copy" / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path / "copy")
    return tmp_path / "copy"


def told_by(checkout: Path) -> str:
    """What `broadsheet --version` of another checkout says that decides."""
    command = [sys.executable, "-m", "flows.cli", "--version"]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.split("extractor ")[1].strip()


def test_another_checkout_of_the_same_code_has_the_same_name_for_it(copied: Path):
    for path in copied.rglob("*"):
        os.utime(path, (0, 0))
    (copied / "tasks/dissection/__pycache__").mkdir()
    (copied / "tasks/dissection/__pycache__/page.cpython-311.pyc").write_bytes(b"old")
    assert told_by(copied) == extractor()


@pytest.mark.parametrize("name", [
    "tasks/dissection/words/lexicons/months.toml", "tasks/dissection/page.py", "tasks/restoration/letters.py",
    "tasks/restoration/characters/zh_news.npz", "warehouse/search/fold.tsv", "tasks/pages/second_look.py", "tasks/shaping/listing_items.py",
])  # fmt: skip
def test_one_byte_of_what_decides_changes_the_name(copied: Path, name: str):
    with (copied / name).open("ab") as file:
        file.write(b"\n")
    assert told_by(copied) != extractor()


@pytest.mark.parametrize("name", ["flows/cli.py", "tasks/workers/pool.py", "tasks/dissection/outline/outline.css", "warehouse/upsert.py"])
def test_what_decides_nothing_does_not_change_it(copied: Path, name: str):
    with (copied / name).open("ab") as file:
        file.write(b"\n")
    assert fingerprint(copied) == fingerprint(ROOT)


def test_every_file_of_what_decides_is_hashed_or_known_to_decide_nothing():
    hashed = set(deciding_files(ROOT))
    folders = [ROOT / name for name in DECIDES if (ROOT / name).is_dir()]
    kinds = {path.suffix for folder in folders for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    assert kinds - set(DECIDING_FILES) <= {".md", ".license", ".css"}
    assert all((ROOT / name).exists() for name in (*DECIDES, *DECIDES_NOTHING))
    for folder, idle in ONLY_MOVE.items():
        strays = {path.stem for path in (ROOT / folder).glob("*.py") if path not in hashed}
        assert strays == idle, f"name what decides in DECIDES of flows/version.py, else in ONLY_MOVE here: {strays ^ idle}"


def imported() -> Iterator[str]:
    for path in deciding_files(ROOT):
        for node in ast.walk(ast.parse(path.read_bytes())) if path.suffix == ".py" else ():
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            yield from [*names, node.module or ""] if isinstance(node, ast.ImportFrom) else names


def test_every_library_that_decides_is_named_with_its_version():
    outside = {name.split(".")[0] for name in imported()} - set(sys.stdlib_module_names) - set(ROOMS) - ONLY_CARRY
    assert {DISTRIBUTIONS.get(name, name) for name in outside} <= set(LIBRARIES)


def test_every_article_and_every_run_names_the_code_that_decided(broadsheet: Run, home: Path, tmp_path: Path):
    page = tmp_path / "ferry.html"
    page.write_text(article("The ferry stays in port"))
    assert broadsheet("ingest", page, "--home", home).returncode == 0
    asked = "SELECT r.extractor, count(*) FROM core.articles JOIN ops.runs AS r USING (run_id) GROUP BY ALL"
    assert ask(home, asked).rows == [(extractor(), 1)]
    assert ask(home, "SELECT DISTINCT extractor FROM core.evidence").rows == [(extractor(),)]
