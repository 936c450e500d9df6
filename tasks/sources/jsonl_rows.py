"""Page tables as JSON lines or as a JSON document, packed or not; offsets are bytes of what they unpack to."""

import json
import threading
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from tasks.sources.json_document import DocumentBroken, is_lines, rows_of
from tasks.sources.page import InputFile, PageRef, PageUnreadable, Unreadable
from tasks.sources.table_row import holds_page
from tasks.sources.unpacked import BROKEN, open_unpacked, plain_name

PIECE: Final = 1024 * 1024
ESCAPED: Final = 6  # JSON may write one byte of a page as six: \u0041
DOCUMENT_SUFFIX: Final = ".json"
MOST_OF_A_PAGE: Final = 64 * 1024 * 1024  # bytes of an object that may be a page and not a table of them
_held = threading.local()  # the open stream of a packed file, so that reading on does not unpack it again


def plan_rows(file: InputFile, start: int) -> Iterator[PageRef | Unreadable]:
    """One page per line that is not blank; a file cut off or broken while packed loses its tail only."""
    path = file.path
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


def is_document(path: str) -> bool:
    """Whether the file is one JSON document: by its name, unless its lines are documents of their own."""
    if not plain_name(path).endswith(DOCUMENT_SUFFIX):
        return False
    try:
        with open_unpacked(path) as document:
            return not is_lines(document)
    except BROKEN:  # whoever reads on says so
        return True


def plan_document(file: InputFile, start: int) -> Iterator[PageRef | Unreadable]:
    """One page per object of the document's list; of a document that is cut off or broken while packed those before."""
    path, offset, count = file.path, 0, 0

    def ref(begin: int, end: int) -> PageRef:
        return PageRef(file.kind, path, file.uri, offset=begin, end=end)

    def is_page(begin: int, end: int) -> bool:
        return end - begin < MOST_OF_A_PAGE and holds_page(row_at(ref(begin, end), MOST_OF_A_PAGE))

    with open_unpacked(path) as document:
        try:
            for begin, end in rows_of(document, is_page):
                offset, count = end, count + 1
                if begin >= start:
                    yield ref(begin, end)
            if not count:
                yield _tail(file, offset, "row_broken", "expected an object or a list of objects, found neither")
        except DocumentBroken as broken:
            yield from (ref(begin, end) for begin, end in broken.rows if begin >= start)
            offset = broken.rows[-1][1] if broken.rows else offset
            yield _tail(file, max(start, offset), "row_broken", f"{broken}; rows before are read")
        except EOFError:
            yield _tail(file, max(start, offset), "packed_truncated", "the file ends inside its data; rows before are read")
        except PageUnreadable as error:
            yield _tail(file, max(start, offset), error.reason, error.detail)
        except (OSError, zlib.error) as error:
            yield _tail(file, max(start, offset), "packed_corrupt", f"{error}; rows before are read")


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
    return Unreadable(PageRef(file.kind, file.path, file.uri, offset=offset, end=offset + 1), reason, detail)
