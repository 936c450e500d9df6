"""Who serves a home: HOME/serve.json, locked by the one process that does.

The lock is the kernel's, so it ends with its process however that ends: what a killed one has written there is stale, and taken over.
"""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from warehouse.errors import StorageFailed

NAME = "serve.json"
WRITE_SECONDS = 5.0  # between taking the lock and saying where one answers


@contextmanager
def claimed(home: Path, told: dict[str, Any]) -> Iterator[bool]:
    """Whether this process serves the home now; `told` is what others are told meanwhile. False where another one does."""
    with _opened(home) as file:
        if not _is_locked_here(file):
            yield False
            return
        _write(file, told | {"pid": os.getpid()})
        try:
            yield True
        finally:
            _write(file, {})


def served(home: Path) -> dict[str, Any] | None:
    """What the process that serves the home has told: its pid, its URLs; None where none does."""
    if not (home / NAME).exists():
        return None
    deadline = time.monotonic() + WRITE_SECONDS
    with _opened(home) as file:
        while not _is_locked_here(file):
            file.seek(0)
            if told := json.loads(file.read() or "{}"):
                return dict(told)
            if time.monotonic() > deadline:
                return {}
            time.sleep(0.05)  # it has the lock, and has not written yet
    return None


def _opened(home: Path) -> TextIO:
    try:
        home.mkdir(parents=True, exist_ok=True)
        return (home / NAME).open("a+", encoding="utf-8")
    except OSError as error:
        raise StorageFailed(f"Expected a home folder to write to, came: {error}. Make it writable, or give another --home.") from error


def _is_locked_here(file: TextIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _write(file: TextIO, told: dict[str, Any]) -> None:
    file.truncate(0)  # opened to append: it writes at the end
    file.write(json.dumps(told) if told else "")
    file.flush()
