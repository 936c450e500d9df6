"""Names and values as text that every table can hold: file names are bytes and need not be UTF-8."""

import os
import re
from pathlib import Path

_SURROGATES = re.compile("[\ud800-\udfff]")


def printable(name: str | Path) -> str:
    r"""The name with bytes that are no UTF-8 written as \xNN, so that it can be stored and shown."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def storable(text: str) -> str:
    r"""The text without halves of characters, which JSON can escape (\ud800) and no charset can store."""
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)
