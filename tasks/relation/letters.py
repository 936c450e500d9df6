"""Texts as they are compared: letters and digits of the folded body, without what separates them."""

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]

BMP = 0x10000
# Scripts of which a character says about as much as four letters do: CJK and its radicals, kana, hangul, CJK compatibility.
DENSE = ((0x2E80, 0x9FFF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))


class Measure(NamedTuple):
    """Lengths in letters, for one kind of script."""

    shingle: int  # of the index
    sampled: int  # one shingle in so many is in the index
    anchor: int  # shingle of the alignment, shorter: texts with misread letters still have some in common
    passage: int  # shortest passage that is taken for common
    excerpt: int  # shortest passage that is an excerpt: about two sentences
    least: int  # shortest text of which anything is claimed


# Chosen with tests/bench/score_copies.py on copies of real pages, also with one letter in twenty misread.
OF_DENSE = Measure(shingle=8, sampled=16, anchor=5, passage=16, excerpt=60, least=120)
OF_LETTERS = Measure(shingle=16, sampled=24, anchor=8, passage=40, excerpt=200, least=350)


def letters_of(folded: str) -> Codes:
    """Code points of the letters and digits of a folded text."""
    codes = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return codes[_are_letters(codes)]


def measure_of(letters: Codes) -> Measure:
    """What the lengths are for this text: that of the script that most of it is in."""
    dense = sum(int(np.count_nonzero((letters >= first) & (letters <= last))) for first, last in DENSE)
    return OF_DENSE if 2 * dense > len(letters) else OF_LETTERS


def is_long_enough(letters: Codes) -> bool:
    """Whether anything may be claimed of this text."""
    return len(letters) >= measure_of(letters).least


def _are_letters(codes: Codes) -> NDArray[np.bool_]:
    inside = codes < BMP
    found: NDArray[np.bool_] = _table()[np.where(inside, codes, 0)] & inside
    return found | (codes >= DENSE[-1][0])


@cache
def _table() -> NDArray[np.bool_]:
    """Which characters of the Basic Multilingual Plane are letters or digits."""
    return np.fromiter((chr(code).isalnum() for code in range(BMP)), dtype=np.bool_, count=BMP)
