"""A JSON document as rows: the objects of its array, or of the longest list in it, or the document itself; offsets are bytes.

The document is scanned, never parsed: a row is where its braces are, and is parsed when it is read. So no document is too large.
"""

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final

PIECE: Final = 1024 * 1024
DEEPEST: Final = 1_000  # levels; what is nested deeper is no table
_OUTSIDE = re.compile(rb'[{}\[\]"]')
_INSIDE = re.compile(rb'(?:[^"\\]++|\\.)*+', re.DOTALL)  # the rest of a string, as far as the piece goes
_OPENS: Final = (b"{", b"[")


class DocumentBroken(Exception):
    """The document ends inside itself, or is no table; `rows` are those of it that were not given yet and are whole."""

    def __init__(self, reason: str, rows: list[tuple[int, int]]) -> None:
        super().__init__(reason)
        self.rows = rows


def is_lines(document: BinaryIO) -> bool:
    """Whether the first line is an object and the second begins another: JSON lines under a document's name."""
    first, second = (document.readline(PIECE).strip() for _ in range(2))
    return first.startswith(b"{") and first.endswith(b"}") and second.startswith(b"{")


def rows_of(document: BinaryIO, is_row: Callable[[int, int], bool]) -> Iterator[tuple[int, int]]:
    """(start, end) of every row, in order, several documents one behind the other included. Raises DocumentBroken.

    `is_row` says of a document that is an object with a list in it whether it is a row itself: a page may have pictures.
    """
    stack, starts = bytearray(), list[int]()
    lists: dict[int, list[tuple[int, int]]] = {}  # by where a list begins, the objects in it
    for offset, mark in _marks(document):
        if mark in _OPENS:
            if len(stack) == DEEPEST:
                raise DocumentBroken(f"more than {DEEPEST} levels", _longest(lists))
            stack += mark
            starts.append(offset)
        elif stack:
            path, start, end = bytes(stack), starts.pop(), offset + 1
            stack.pop()
            if path == b"[{":
                yield start, end
            elif path.endswith(b"[{") and not path[:-2].strip(b"{"):
                lists.setdefault(starts[-1], []).append((start, end))
            elif path == b"{":
                yield from [(start, end)] if not lists or is_row(start, end) else _longest(lists)
                lists.clear()
    if stack:
        raise DocumentBroken("it ends inside itself", _longest(lists))


def _longest(lists: dict[int, list[tuple[int, int]]]) -> list[tuple[int, int]]:
    """The list of the most bytes: pages are longer than their authors, pictures and tags."""
    return max(lists.values(), key=lambda rows: sum(end - start for start, end in rows), default=[])


def _marks(document: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """(offset, brace or bracket) of all that stand outside of strings."""
    offset, carried, in_string = 0, b"", False
    while piece := document.read(PIECE):
        piece = carried + piece
        at, carried = 0, b""
        while at < len(piece):
            if in_string:
                rest = _INSIDE.match(piece, at)
                at = rest.end() if rest else at
                carried = piece[at:] if piece[at : at + 1] == b"\\" else b""  # a backslash parted from what it escapes
                if carried or at == len(piece):
                    break
                in_string, at = False, at + 1
            found = _OUTSIDE.search(piece, at)
            if found is None:
                break
            at, in_string = found.end(), found[0] == b'"'
            if not in_string:
                yield offset + found.start(), found[0]
        offset += len(piece) - len(carried)
