"""An HTTP response as a crawler has kept it: status, headers, body. Lenient, since crawlers keep what servers and they got wrong."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Final

from tasks.sources.observed import plausible

Headers = tuple[tuple[str, str], ...]
# HTTP/2 has no version after the dot, and a proxy's "ICY 200 OK" is of the same form.
_STATUS_LINE: Final = re.compile(rb"\s*(?:HTTP/\d+(?:\.\d+)?|ICY)[ \t]+(\d{3})(?!\d)[^\n]*(?:\n|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Response:
    """`status` is None where the block has no status line and is all body."""

    status: int | None
    headers: Headers
    body: bytes

    def header(self, name: str) -> str | None:
        """The last header of this name, which is in lower case here and in any in the response."""
        return next((value for key, value in reversed(self.headers) if key.lower() == name), None)


def opens_a_response(block: bytes) -> bool:
    """Whether `block` begins with a status line."""
    return _STATUS_LINE.match(block) is not None


def split_response(block: bytes) -> Response:
    """`block` taken apart: lines may end with CRLF or LF, and interim answers (100 Continue, a proxy's 200) come before the last."""
    response = Response(None, (), block)
    while line := _STATUS_LINE.match(response.body):
        headers, body = _headers(response.body, line.end())
        response = Response(int(line.group(1)), headers, body)
        if not (100 <= int(line.group(1)) < 200 or not headers):
            break
    return response


def parse_http_date(value: str | None) -> datetime | None:
    """`Fri, 01 Jan 2021 00:00:00 GMT` and what is like it; None where it is no date, or none of the web."""
    try:
        return plausible(parsedate_to_datetime(value)) if value else None
    except (ValueError, OverflowError):
        return None


def _headers(block: bytes, position: int) -> tuple[Headers, bytes]:
    """The header lines from `position` on, and what follows the blank line, or the first line of markup where that is missing."""
    headers: list[tuple[str, str]] = []
    while position < len(block) and block[position : position + 1] != b"<":
        end = block.find(b"\n", position)
        end = len(block) if end < 0 else end
        line, position = block[position:end].rstrip(b"\r"), end + 1
        if not line:
            break
        name, colon, value = line.partition(b":")
        if line[:1] in b" \t" and headers:  # the rest of the header above, as old servers fold them
            headers[-1] = (headers[-1][0], f"{headers[-1][1]} {_text(line)}")
        elif colon:
            headers.append((_text(name), _text(value)))
    return tuple(headers), block[position:]


def _text(value: bytes) -> str:
    """Headers are ASCII by the letter; in the wild they are UTF-8, else Latin-1."""
    try:
        return value.strip().decode("utf-8")
    except UnicodeDecodeError:
        return value.strip().decode("latin-1")
