"""The body of an HTTP response as the page was: without chunks and without compression, bounded in size."""

import gzip
import io
import re
import zlib
from collections.abc import Callable
from typing import Final, Protocol

from fastwarc.stream_io import BrotliReader

from tasks.sources.binary import is_binary
from tasks.sources.http_message import Response
from tasks.sources.media_type import SAMPLE
from tasks.sources.page import PageUnreadable
from tasks.sources.unpacked import GZIP_MAGIC
from tasks.sources.zstd_frames import MAGIC as ZSTD_MAGIC
from tasks.sources.zstd_frames import open_zstd

_CHUNK: Final = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
MOST_LAYERS: Final = 4  # a body packed more often than that is no server's mistake


class Reader(Protocol):
    def read(self, size: int, /) -> bytes: ...


def _inflate(raw: bytes, max_bytes: int) -> bytes:
    """RFC 9110 says zlib; many servers send bare deflate."""
    wbits = 15 if raw[:1] and raw[0] & 0x0F == 8 and int.from_bytes(raw[:2], "big") % 31 == 0 else -15
    inflater = zlib.decompressobj(wbits=wbits)
    data = inflater.decompress(raw, max_bytes + 1)
    if not inflater.eof and len(data) <= max_bytes:
        raise EOFError("the deflate data stop before their end")
    return data


def _gunzip(raw: bytes, max_bytes: int) -> bytes:
    """By the standard library: fastwarc's reader takes cut data for whole."""
    return gzip.GzipFile(fileobj=io.BytesIO(raw)).read(max_bytes + 1)


def _unbrotli(raw: bytes, max_bytes: int) -> bytes:
    return _read_all(BrotliReader(io.BytesIO(raw)), max_bytes)


def _unzstd(raw: bytes, max_bytes: int) -> bytes:
    return _read_all(open_zstd(io.BytesIO(raw)), max_bytes)


UNPACKERS: Final[dict[str, Callable[[bytes, int], bytes]]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
WITHOUT_MAGIC: Final = ("br", "deflate")  # found only by trying
MAGIC: Final = {GZIP_MAGIC + b"\x08": "gzip", ZSTD_MAGIC: "zstd"}


def unpack_payload(response: Response, max_bytes: int) -> bytes:
    """Undo Transfer-Encoding, then Content-Encoding: by what the bytes are, and by the headers where bytes do not tell.

    Crawlers store the body unpacked and keep the headers, or keep it packed and drop them; no page begins as gzip does.
    Raises PageUnreadable: payload_broken, input_too_large.
    """
    is_chunked = "chunked" in _tokens(response.header("transfer-encoding"))
    body = unchunked(response.body, is_declared=is_chunked)
    declared = [token for token in _tokens(response.header("content-encoding")) if token in UNPACKERS]
    for _layer in range(MOST_LAYERS):
        told = next((encoding for magic, encoding in MAGIC.items() if body.startswith(magic)), None)
        if told:
            body = _unpacked(body, told, max_bytes)
        elif declared:  # the last one applied comes off first
            body = _tried(body, declared.pop(), max_bytes)
        else:
            break
    return body


def opening_of(response: Response) -> bytes:
    """The first bytes of the body, as far as they unpack without a header: enough to tell what it is."""
    body = unchunked(response.body, is_declared="chunked" in _tokens(response.header("transfer-encoding")))
    if not body.startswith(GZIP_MAGIC):
        return body
    try:
        return zlib.decompressobj(wbits=31).decompress(body, SAMPLE)
    except zlib.error:
        return b""


def _tried(body: bytes, declared: str, max_bytes: int) -> bytes:
    """Unpacked as declared; text is taken as it is, and another packing than declared is found by trying."""
    is_text = not is_binary(body)
    for encoding in (declared, *WITHOUT_MAGIC):
        if encoding in WITHOUT_MAGIC:
            try:
                return _unpacked(body, encoding, max_bytes)
            except PageUnreadable as error:
                if error.reason == "input_too_large":
                    raise
        if is_text:
            return body
    raise PageUnreadable("payload_broken", f"expected {declared} data, found {body[:8]!r}")


def _unpacked(body: bytes, encoding: str, max_bytes: int) -> bytes:
    try:
        unpacked = UNPACKERS[encoding](body, max_bytes)
    except (OSError, EOFError, zlib.error) as error:
        raise PageUnreadable("payload_broken", f"expected {encoding} data: {str(error)[:200]}") from error
    if len(unpacked) > max_bytes:
        raise PageUnreadable("input_too_large", f"{len(body)} bytes of {encoding} unpack to more than {max_bytes}")
    return unpacked


def unchunked(body: bytes, *, is_declared: bool) -> bytes:
    """`body` without the chunks of HTTP/1.1; as it is where it has none.

    Where no header tells of chunks they must be whole; where one does, the last may be cut off, as a crawler's limit does.
    """
    parts: list[bytes] = []
    position = 0
    while size := _CHUNK.match(body, position):
        length = int(size.group(1), 16)
        parts.append(body[size.end() : size.end() + length])
        position = size.end() + length
        if length == 0:
            return b"".join(parts)
        position += 2 if body.startswith(b"\r\n", position) else int(body.startswith(b"\n", position))
    return b"".join(parts) + body[position:] if is_declared and parts else body


def _tokens(header: str | None) -> list[str]:
    return [token.strip().lower() for token in (header or "").split(",") if token.strip()]


def _read_all(reader: Reader, max_bytes: int) -> bytes:
    """At most one byte more than `max_bytes`; a reader may give less than asked for before its end."""
    parts: list[bytes] = []
    room = max_bytes + 1
    while room > 0 and (data := reader.read(room)):
        parts.append(data)
        room -= len(data)
    return b"".join(parts)
