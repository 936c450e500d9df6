"""Texts as they are compared: letters and digits of the folded body, without what separates them.

A character of a dense script says about as much as three letters do. Lengths that decide are told in letters, of which such a character
is DENSE_WEIGHT.
"""

import sys
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]
Places = NDArray[np.int32]

BMP = 0x10000
# CJK with radicals, kana and bopomofo, hangul, CJK compatibility, and what lies beyond the Basic Multilingual Plane of them.
DENSE = ((0x2E80, 0x9FFF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
DENSE_KIND = 2
DENSE_WEIGHT = 3
LEAST_TEXT = 350  # letters of a text, below which nothing is claimed of it
LEAST_EXCERPT = 190  # letters of a passage that is an excerpt: about two sentences
LEAST_PASSAGE = 45  # letters of a passage that counts at all


class ComparedText(NamedTuple):
    """The letters of a text."""

    codes: Codes
    is_dense: NDArray[np.bool_]
    dense_before: Places  # how many dense ones stand before each place; one more than there are letters

    def __len__(self) -> int:
        return len(self.codes)

    def __str__(self) -> str:
        return self.codes.tobytes().decode("utf-32-le")

    def weight(self, start: int, end: int) -> int:
        """How much is said between two places, in letters."""
        return int(end - start + (DENSE_WEIGHT - 1) * int(self.dense_before[end] - self.dense_before[start]))

    def weights(self, starts: Places, ends: Places) -> NDArray[np.int64]:
        """The same between many."""
        dense = self.dense_before[ends] - self.dense_before[starts]
        return (ends - starts + (DENSE_WEIGHT - 1) * dense).astype(np.int64)

    @property
    def is_long_enough(self) -> bool:
        """Whether anything may be claimed of this text."""
        return self.weight(0, len(self.codes)) >= LEAST_TEXT


def letters_of(folded: str) -> ComparedText:
    """Code points of the letters and digits of a folded text."""
    every = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds = _kinds()[every]
    kept = kinds > 0
    is_dense = kinds[kept] == DENSE_KIND
    before = np.zeros(len(is_dense) + 1, dtype=np.int32)
    np.cumsum(is_dense, out=before[1:])
    return ComparedText(every[kept], is_dense, before)


@cache
def _kinds() -> NDArray[np.uint8]:
    """Of each code point: 0 where it is neither letter nor digit, DENSE_KIND where it is one of a dense script. Beyond the Basic
    Multilingual Plane these alone, and what comes behind them, are letters."""
    kinds = np.zeros(sys.maxunicode + 1, dtype=np.uint8)
    kinds[:BMP] = np.fromiter((chr(code).isalnum() for code in range(BMP)), dtype=np.uint8, count=BMP)
    kinds[DENSE[-1][0] :] = 1
    for first, last in DENSE:
        kinds[first : last + 1] *= DENSE_KIND
    return kinds
