"""Libraries for LD_PRELOAD that stand between a command and what it asks the system for: each is a C file of this folder."""

import shutil
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent


def built(stem: str, folder: Path) -> Path:
    """`stem`.c compiled into `folder`; skips the test where there is no C compiler for Linux."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None or not Path("/proc/self/fd").exists():
        pytest.skip(f"needs a C compiler and Linux: {stem}.c is a library for LD_PRELOAD")
    library = folder / f"{stem}.so"
    command = [compiler, "-shared", "-fPIC", "-O1", "-w", "-o", str(library), str(FOLDER / f"{stem}.c"), "-ldl"]
    subprocess.run(command, check=True, capture_output=True, text=True)
    return library
