"""The cloak, forwards: what a mirror makes of a text in Traditional characters. Proof of a repair is that it gives the page again."""

from collections.abc import Mapping

from tasks.restoration.cloak.gbk import bytes_of, decode

SPLITS = tuple(bytes_of(mark) for mark in "！？。，；：")  # in the order in which mirrors split at them
HALVED = str.maketrans("，：？！", ",:?!")


def cloak(text: str, readings: Mapping[str, str], *, is_halved: bool = True, has_euro: bool = True) -> str:
    """`text` with glosses pushed in after the bytes of every character of `readings`, split, decoded piece by piece."""
    data = b"".join(map(bytes_of, text))
    for char in sorted(readings, key=bytes_of):
        data = data.replace(bytes_of(char), bytes_of(char) + b"".join(map(bytes_of, f"({readings[char]})")))
    cloaked = "".join(decode(piece, has_euro=has_euro) for piece in split(data))
    return cloaked.translate(HALVED) if is_halved else cloaked


def split(data: bytes) -> list[bytes]:
    """Pieces between full-width marks, which are pieces themselves, wherever their bytes stand; not before a tag."""
    pieces = [data]
    for mark in SPLITS:
        pieces = [part for piece in pieces for part in (_split_at(piece, mark) if piece not in SPLITS else [piece])]
    return pieces


def _split_at(data: bytes, mark: bytes) -> list[bytes]:
    parts, start, at = [], 0, data.find(mark)
    while at >= 0:
        after = at + len(mark)
        if data[after : after + 1] != b"<":
            parts += [data[start:at], mark]
            start = after
        at = data.find(mark, after)
    return [part for part in (*parts, data[start:]) if part]
