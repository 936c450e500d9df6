"""GBK as a careless mirror reads and writes it: byte pairs, and what becomes of the broken ones."""

from functools import cache

LEADS = range(0x81, 0xFF)
EURO = 0x80
UNKNOWN = "?"  # what an invalid pair or a lone lead byte is decoded to


def is_trail(byte: int) -> bool:
    """Whether a byte may be the second of a pair."""
    return 0x40 <= byte <= 0xFE and byte != 0x7F


@cache
def char_of(lead: int, trail: int) -> str:
    """The character of a valid pair. gb18030, never gbk: unassigned pairs become private-use characters, as in the mirrors."""
    return bytes((lead, trail)).decode("gb18030", "replace")


@cache
def bytes_of(char: str) -> bytes:
    """Its bytes; four where GBK has no pair for it."""
    return char.encode("gb18030", "replace")


def decode(data: bytes, *, has_euro: bool = True) -> str:
    """Text of bytes: an invalid pair is one question mark and swallows its second byte, as a lone lead byte at the end is one.

    0x80 alone is a euro sign to decoders that follow Windows, as PHP's does, and an invalid lead byte to others.
    """
    out: list[str] = []
    at, end = 0, len(data)
    while at < end:
        byte = data[at]
        if byte < 0x80 or (byte == EURO and has_euro):
            out.append(chr(byte) if byte < 0x80 else "€")
            at += 1
        elif at + 1 == end or byte not in LEADS or not is_trail(data[at + 1]):
            out.append(UNKNOWN)
            at += 2
        else:
            out.append(char_of(byte, data[at + 1]))
            at += 2
    return "".join(out)
