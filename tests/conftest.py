"""What tests of the whole share: a Prefect server of their own, and the command line as a user runs it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.lake.fixtures import empty_lake, lake, lake_connection, made_lake, postgres
from tests.prefect_server import running_server
from tests.started import Started
from tests.warm_command import WarmCommand

__all__ = ["empty_lake", "lake", "lake_connection", "made_lake", "postgres"]  # fixtures that every folder has

settings.register_profile("slow machines", deadline=None)  # no test asserts a time
settings.load_profile("slow machines")

ROOT = Path(__file__).parents[1]
PROGRAM = shutil.which("broadsheet", path=str(Path(sys.executable).parent)) or "broadsheet"
SHARED = ROOT.parent / "shared"

Run = Callable[..., subprocess.CompletedProcess[str]]
Start = Callable[..., Started]
WAITING = ("flows", "harvesting")  # folders of tests that start servers and runs, and wait for them half of the time


def pytest_xdist_auto_num_workers() -> int:
    """With `-n auto`: two for each core, since tests wait for what they have started: with three on two cores a third was idle."""
    return 2 * (os.cpu_count() or 1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first: a module that one worker is left alone with is waited for by all."""
    items.sort(key=lambda item: item.path.parent.name not in WAITING)


@pytest.fixture(scope="session", autouse=True)
def caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where what is made once is kept, by the tests and by commands that they run: workers share it, and the user's is left alone."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "caches"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder


@pytest.fixture
def own_caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where what this test makes is kept, and nothing else is."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    return tmp_path / "caches" / "broadsheet"


@pytest.fixture(scope="session")
def prefect_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Prefect's own folder: tests leave the user's alone."""
    return tmp_path_factory.mktemp("prefect")


@pytest.fixture(scope="session")
def prefect_server(prefect_home: Path) -> Iterator[str]:
    """A Prefect server on loopback for the session; gives its API's URL. Flows start in 4 s with it, in 10 s without."""
    with running_server(prefect_home) as url:
        yield url


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home folder for a warehouse."""
    return tmp_path / "home"


@pytest.fixture(scope="session")
def command_environment(prefect_home: Path, caches: Path) -> dict[str, str]:
    """The environment that commands run in: no server, nothing of the user's."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "BROADSHEET_")) and k != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PREFECT_HOME": str(prefect_home), "XDG_CACHE_HOME": str(caches)}


@pytest.fixture(scope="session")
def broadsheet_without_server(command_environment: dict[str, str]) -> Run:
    """`broadsheet ARGS` as a user runs it who has configured no server."""
    return _runner(command_environment)


@pytest.fixture(scope="session")
def warm_command(command_environment: dict[str, str], prefect_server: str) -> Iterator[WarmCommand]:
    """The command line with its imports done, against the session's server."""
    warm = WarmCommand(PROGRAM, command_environment | {"PREFECT_API_URL": prefect_server}, ROOT)
    yield warm
    warm.close()


@pytest.fixture(scope="session")
def broadsheet(command_environment: dict[str, str], prefect_server: str, warm_command: WarmCommand) -> Run:
    """`broadsheet ARGS` as a user runs it, against the session's server; with its imports done, where nothing else is asked for."""
    started = _runner(command_environment | {"PREFECT_API_URL": prefect_server})

    def run(*arguments: object, timeout: float = 240, **more: Any) -> subprocess.CompletedProcess[str]:
        if not more.keys() <= {"env", "cwd"} or not all(name.startswith("BROADSHEET_") for name in more.get("env", {})):
            return started(*arguments, timeout=timeout, **more)
        return warm_command.run(*map(str, arguments), timeout=timeout, **{"env": {}, "cwd": Path.cwd()} | more)

    return run


@pytest.fixture
def start(warm_command: WarmCommand) -> Iterator[Start]:
    """The same for a command that a test disturbs while it runs: it has a session of its own, and is killed where it outlives the test."""
    with ExitStack() as stack:
        yield lambda *arguments, **env: stack.enter_context(closing(warm_command.start(*map(str, arguments), env=env, cwd=Path.cwd())))


def _runner(environment: dict[str, str]) -> Run:
    def run(*arguments: object, timeout: float = 240, **more: Any) -> subprocess.CompletedProcess[str]:
        given = environment | more.pop("env", {})
        return subprocess.run(
            [PROGRAM, *map(str, arguments)], env=given, capture_output=True, text=True, timeout=timeout, check=False, **more
        )

    return run
