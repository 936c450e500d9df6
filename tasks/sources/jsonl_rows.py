"""Page tables as JSON lines, packed or not; offsets are bytes of the unpacked lines."""

import json
import threading
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from tasks.sources.page import InputFile, PageRef, PageUnreadable, Unreadable
from tasks.sources.unpacked import open_unpacked

PIECE: Final = 1024 * 1024
ESCAPED: Final = 6  # JSON may write one byte of a page as six: \u0041
_held = threading.local()  # the open stream of a packed file, so that reading on does not unpack it again


def plan_rows(file: InputFile, start: int) -> Iterator[PageRef | Unreadable]:
    """One page per line that is not blank; a file cut off or broken while packed loses its tail only."""
    path = str(file.path)
    offset = start
    with open_unpacked(path) as lines:
        try:
            lines.seek(start)
            while length := _line_length(lines):
                if length > 0:
                    yield PageRef(file.kind, path, file.uri, offset=offset, end=offset + length)
                offset += abs(length)
        except EOFError:
            yield _tail(file, offset, "packed_truncated", "the file ends inside its data; rows before are read")
        except (OSError, zlib.error) as error:
            yield _tail(file, offset, "packed_corrupt", f"{error}; rows before are read")


def row_at(ref: PageRef, max_bytes: int) -> dict[str, Any]:
    """The row at `ref`. Raises PageUnreadable: row_broken, input_too_large."""
    if ref.end - ref.offset > ESCAPED * max_bytes:
        raise PageUnreadable("input_too_large", f"{ref.path}: a line of {ref.end - ref.offset} bytes at {ref.offset}")
    line = _line_at(ref)
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError is a ValueError
        raise PageUnreadable("row_broken", f"{ref.path} at {ref.offset}: {error}; it begins {line[:60]!r}") from error
    if not isinstance(row, dict):
        raise PageUnreadable("row_broken", f"{ref.path} at {ref.offset}: expected an object, came {line[:60]!r}")
    return row


def _line_at(ref: PageRef) -> bytes:
    try:
        lines = _stream(ref.path)
        lines.seek(ref.offset)
        return lines.read(ref.end - ref.offset)
    except (EOFError, zlib.error) as error:
        raise PageUnreadable("packed_corrupt", f"{ref.path}: {ref.offset} cannot be reached: {error}") from error


def _stream(path: str) -> BinaryIO:
    held: tuple[str, BinaryIO] | None = getattr(_held, "lines", None)
    if held is None or held[0] != path:
        if held is not None:
            held[1].close()
        held = (path, open_unpacked(path))
        _held.lines = held
    return held[1]


def _line_length(lines: BinaryIO) -> int:
    """Bytes of the next line, negative if it is blank, 0 at the end; a line of any length takes one piece of memory."""
    length, is_blank = 0, True
    while piece := lines.readline(PIECE):
        length += len(piece)
        is_blank = is_blank and not piece.strip()
        if piece.endswith(b"\n"):
            break
    return -length if is_blank else length


def _tail(file: InputFile, offset: int, reason: str, detail: str) -> Unreadable:
    return Unreadable(PageRef(file.kind, str(file.path), file.uri, offset=offset, end=offset + 1), reason, detail)
