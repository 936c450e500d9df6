"""A gzip file as the stream of what it unpacks to, read forward; going back starts it again."""

import gzip
from typing import BinaryIO, cast


def open_unpacked(path: str) -> BinaryIO:
    """`path` unpacked. Its seek() counts unpacked bytes; forward it skips, backward it begins anew."""
    return cast(BinaryIO, gzip.open(path, "rb"))
