"""The body of an HTTP response as the page was: without chunks and without compression, bounded in size."""

import gzip
import io
import zlib
from collections.abc import Callable
from typing import Final, Protocol

from fastwarc.stream_io import BrotliReader, ChunkedReader, ZstdReader

from tasks.sources.binary import is_binary
from tasks.sources.page import PageUnreadable


class Reading(Protocol):
    def read(self, size: int, /) -> bytes: ...


def _inflate(raw: bytes, max_bytes: int) -> bytes:
    """RFC 9110 says zlib; many servers send bare deflate."""
    wbits = 15 if raw[:1] and raw[0] & 0x0F == 8 and int.from_bytes(raw[:2], "big") % 31 == 0 else -15
    inflater = zlib.decompressobj(wbits=wbits)
    data = inflater.decompress(raw, max_bytes + 1)
    if not inflater.eof and len(data) <= max_bytes:
        raise EOFError("the deflate data stop before their end")
    return data


def _reading(reader: Callable[[io.BytesIO], Reading]) -> Callable[[bytes, int], bytes]:
    def unpack(raw: bytes, max_bytes: int) -> bytes:
        return _read_all(reader(io.BytesIO(raw)), max_bytes)

    return unpack


def _gunzip(raw: bytes, max_bytes: int) -> bytes:
    """By the standard library: fastwarc's reader takes cut data for whole."""
    return gzip.GzipFile(fileobj=io.BytesIO(raw)).read(max_bytes + 1)


UNPACKERS: Final[dict[str, Callable[[bytes, int], bytes]]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate,
    "br": _reading(BrotliReader),
    "zstd": _reading(ZstdReader),
    "chunked": _reading(ChunkedReader),
}


def unpack_payload(raw: bytes, headers: dict[str, str], max_bytes: int) -> bytes:
    """Undo Transfer-Encoding, then Content-Encoding; `headers` with lower-case names.

    Crawlers often store the body unpacked and keep the header: what does not unpack and is text is taken as it is.
    Raises PageUnreadable: payload_broken, input_too_large.
    """
    encodings = [*_tokens(headers.get("content-encoding")), *_tokens(headers.get("transfer-encoding"))]
    body = raw
    for encoding in reversed(encodings):  # the last one applied comes off first
        unpack = UNPACKERS.get(encoding)
        if unpack is None:
            continue  # identity, and inventions such as "utf-8": if they meant something, the body is not_text
        try:
            unpacked = unpack(body, max_bytes)
        except (OSError, EOFError, zlib.error) as error:
            if is_binary(body):
                raise PageUnreadable("payload_broken", f"expected {encoding} data: {str(error)[:200]}") from error
            continue
        if len(unpacked) > max_bytes:
            raise PageUnreadable("input_too_large", f"{len(raw)} bytes of {encoding} unpack to more than {max_bytes}")
        body = unpacked
    return body


def _tokens(header: str | None) -> list[str]:
    return [token.strip().lower() for token in (header or "").split(",") if token.strip()]


def _read_all(reader: Reading, max_bytes: int) -> bytes:
    """At most one byte more than `max_bytes`; a reader may give less than asked for before its end."""
    parts: list[bytes] = []
    room = max_bytes + 1
    while room > 0 and (data := reader.read(room)):
        parts.append(data)
        room -= len(data)
    return b"".join(parts)
