"""How this program was called, so that the commands it prints work as they are typed."""

import os
import re
import shlex
import shutil
import sys
from pathlib import Path

NAME = "broadsheet"
DEFAULT_HOME = Path("broadsheet-data")
PROPOSED = re.compile(rf"`{NAME}(?= )")  # how messages write a command: `broadsheet doctor`


def program() -> str:
    """What to type for `broadsheet` in the shell and the folder that this process was started from."""
    script = Path(sys.argv[0])
    if "UV_RUN_RECURSION_DEPTH" in os.environ and _is_project_of(Path.cwd()):  # set by `uv run`, which also lends its PATH
        return f"uv run {NAME}"
    on_path = shutil.which(NAME)
    if script.name == NAME and on_path and "UV_RUN_RECURSION_DEPTH" not in os.environ and Path(on_path).samefile(script):
        return NAME
    if script.name == NAME:
        return shlex.quote(str(script))
    return f"{shlex.quote(sys.executable)} -m flows.cli"


def as_typed(message: str) -> str:
    """The message with the commands in it as they can be typed."""
    return PROPOSED.sub(lambda _: f"`{program()}", message)


def home_option(home: Path) -> str:
    """` --home DIR`, quoted for the shell; empty for the default."""
    return "" if home == DEFAULT_HOME else f" --home {shlex.quote(str(home))}"


def _is_project_of(folder: Path) -> bool:
    """Whether uv would find this environment again from `folder`: the nearest project there is the one it belongs to."""
    project = next((each for each in (folder, *folder.parents) if (each / "pyproject.toml").is_file()), None)
    environment = os.environ.get("UV_PROJECT_ENVIRONMENT", ".venv")
    return project is not None and (project / environment).resolve() == Path(sys.prefix).resolve()
