"""Texts as they are compared: letters and digits of the folded body, without what separates them.

A character of a dense script says about as much as three letters do. Lengths that decide are told in letters, of which such a character
is DENSE_WEIGHT.
"""

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]

BMP = 0x10000
# CJK with radicals, kana and bopomofo, hangul, CJK compatibility, and what lies beyond the Basic Multilingual Plane of them.
DENSE = ((0x2E80, 0x9FFF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
DENSE_WEIGHT = 3
LEAST_TEXT = 350  # letters of a text, below which nothing is claimed of it
LEAST_EXCERPT = 190  # letters of a passage that is an excerpt: about two sentences
LEAST_PASSAGE = 45  # letters of a passage that counts at all


class ComparedText(NamedTuple):
    """The letters of a text."""

    codes: Codes
    is_dense: NDArray[np.bool_]
    dense_before: NDArray[np.int64]  # how many dense ones stand before each place; one more than there are letters

    def __len__(self) -> int:
        return len(self.codes)

    def weight(self, start: int, end: int) -> int:
        """How much is said between two places, in letters."""
        return int(end - start + (DENSE_WEIGHT - 1) * (self.dense_before[end] - self.dense_before[start]))

    @property
    def is_long_enough(self) -> bool:
        """Whether anything may be claimed of this text."""
        return self.weight(0, len(self.codes)) >= LEAST_TEXT


def letters_of(folded: str) -> ComparedText:
    """Code points of the letters and digits of a folded text."""
    every = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    codes = every[_are_letters(every)]
    is_dense = np.zeros(len(codes), dtype=np.bool_)
    for first, last in DENSE:
        is_dense |= (codes >= first) & (codes <= last)
    return ComparedText(codes, is_dense, np.concatenate(([0], np.cumsum(is_dense))))


def _are_letters(codes: Codes) -> NDArray[np.bool_]:
    inside = codes < BMP
    found: NDArray[np.bool_] = _table()[np.where(inside, codes, 0)] & inside
    return found | (codes >= DENSE[-1][0])


@cache
def _table() -> NDArray[np.bool_]:
    """Which characters of the Basic Multilingual Plane are letters or digits."""
    return np.fromiter((chr(code).isalnum() for code in range(BMP)), dtype=np.bool_, count=BMP)
