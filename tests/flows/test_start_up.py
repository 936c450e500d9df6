"""Commands start at once because they load only what they need: importing Prefect alone takes seconds."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from flows.cli import main
from tests.conftest import ROOT, Run
from tests.flows.conftest import SAMPLES

HEAVY = ("prefect", "polars", "duckdb", "great_expectations", "pandas", "pyarrow", "trafilatura", "dataframely", "lxml", "pydantic")
LOADED = """
import json, sys
from flows.cli import main
try:
    main(sys.argv[1:])
finally:
    print(json.dumps(sorted({name.split(".")[0] for name in sys.modules})), file=sys.stderr)
"""


def loaded_by(*arguments: object, environment: dict[str, str] | None = None) -> set[str]:
    """The packages that a process of its own has loaded when the command is done."""
    command = [sys.executable, "-c", LOADED, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment or dict(os.environ))
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.mark.parametrize("arguments", [["--help"], *([name, "--help"] for name in sorted(main.commands))])
def test_help_loads_nothing_heavy(arguments: list[str]):
    assert loaded_by(*arguments) & {*HEAVY, "rich", "tasks", "expectations", "warehouse"} == set()


def test_a_run_with_nothing_to_do_loads_no_orchestrator_no_frames_and_no_judge(samples_home: Path, command_environment: dict[str, str]):
    loaded = loaded_by("ingest", SAMPLES, "--home", samples_home, environment=command_environment)
    assert loaded & {*HEAVY, "pydantic_settings"} == {"duckdb"}
    of_known_files = loaded_by("ingest", SAMPLES / "html" / "en-tidewater", "--home", samples_home, environment=command_environment)
    assert of_known_files & {"fastwarc", "zstandard", "asyncio"} == set()  # what reads and recognises pages is not loaded either


def test_a_run_that_loads_leaves_dissecting_and_judging_to_its_workers(
    home: Path, command_environment: dict[str, str], prefect_server: str
):
    environment = command_environment | {"PREFECT_API_URL": prefect_server}
    loaded = loaded_by("ingest", SAMPLES / "html" / "en-tidewater", "--home", home, environment=environment)
    assert {"prefect", "duckdb"} <= loaded
    assert loaded & {"great_expectations", "pandas", "pyarrow", "trafilatura", "lxml"} == set()


@pytest.mark.parametrize("arguments", [["sql", "SELECT 1"], ["sql", "SELECT 1", "--json"], ["doctor"]])
def test_asking_the_warehouse_loads_no_orchestrator_and_no_judge(samples_home: Path, arguments: list[str]):
    loaded = loaded_by(*arguments, "--home", samples_home)
    assert loaded & {"prefect", "great_expectations", "trafilatura"} == set()


def test_contracts_do_without_the_library_that_their_own_would_translate_them_for(samples_home: Path):
    assert "sqlalchemy" not in loaded_by("doctor", "--home", samples_home)
    code = "import sys, warehouse.tables; assert 'sqlalchemy' not in sys.modules; import sqlalchemy; print(sqlalchemy.Table.__name__)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "Table\n"


def test_the_version_loads_nothing_heavy_although_it_hashes_what_decides():
    assert loaded_by("--version") & {*HEAVY, "rich", "tasks", "expectations"} == set()


def test_uv_run_has_nothing_to_say_when_nothing_has_changed():
    uv = shutil.which("uv") or pytest.skip("uv is not installed")
    environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    command = [uv, "run", "--offline", "--locked", "python", "-c", "pass"]
    first, second = (subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False) for _ in range(2))
    if "offline" in first.stderr.lower():
        pytest.skip("uv has not all packages in its cache, and tests fetch nothing")
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")


def test_compiled_code_is_kept_whatever_the_environment_says(broadsheet_without_server: Run, samples_home: Path, tmp_path: Path):
    environment = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPYCACHEPREFIX": str(tmp_path)}
    assert broadsheet_without_server("rejects", "--home", samples_home, env=environment).returncode == 0
    assert {path.name.split(".")[0] for path in tmp_path.rglob("*.pyc")} >= {"rejects", "queries", "errors"}
