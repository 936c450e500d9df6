"""Names and values as text that every table can hold: file names are bytes and need not be UTF-8."""

import os
import re
from pathlib import Path
from typing import Final

_SURROGATES = re.compile("[\ud800-\udfff]")
_ESCAPED = re.compile(r"\\x([89a-f][0-9a-f])")
LOST: Final = "\N{REPLACEMENT CHARACTER}"


def printable(name: str | Path) -> str:
    r"""The name with bytes that are no UTF-8 written as \xNN, so that it can be stored and shown."""
    # Python keeps the byte NN of a name as the surrogate U+DCNN (PEP 383); other surrogates stand for no byte
    return _SURROGATES.sub(lambda half: f"\\x{ord(half[0]) - 0xDC00:02x}" if "\udc80" <= half[0] <= "\udcff" else LOST, str(name))


def openable(name: str) -> str:
    r"""The path that printable() has written so; a file that has \xNN in its very name goes first."""
    if not _ESCAPED.search(name) or os.path.lexists(name):
        return name
    original = _ESCAPED.sub(lambda byte: chr(0xDC00 + int(byte[1], 16)), name)
    return original if os.path.lexists(original) else name


def storable(text: str) -> str:
    r"""The text without halves of characters, which JSON can escape (\ud800) and no charset can store."""
    return _SURROGATES.sub(LOST, text)
