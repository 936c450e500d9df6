"""File names as text that every table can hold: names on Linux are bytes and need not be UTF-8."""

import os
from pathlib import Path


def printable(name: str | Path) -> str:
    r"""The name with bytes that are no UTF-8 written as \xNN, so that it can be stored and shown."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
