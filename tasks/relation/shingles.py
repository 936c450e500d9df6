"""Fingerprints of a text: the least hash of each window of its shingles (winnowing: Schleimer, Wilkerson and Aiken 2003).

Two texts have the same fingerprints wherever they share a passage, be it all of both or a paragraph: MinHash, which compares texts as
wholes, cannot see the paragraph. A passage as long as a window and a shingle surely has one, and as two windows and a shingle two, which
is what a candidate needs. A shingle is as long as the script of its first letter asks for, so that a text in two scripts has those of both.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tasks.relation.letters import ComparedText

Hashes = NDArray[np.uint64]

# ComparedText of a shingle, and shingles of a window, in dense scripts and in others. Two windows and a shingle are less than an excerpt.
# Chosen with tests/bench/score_copies.py on copies of real pages of which one letter in twenty is misread.
DENSE_SHINGLE, DENSE_WINDOW = 8, 24
SHINGLE, WINDOW = 16, 48
BASE = np.uint64(0x9E3779B97F4A7C15)  # odd, its bits well mixed: 2^64 by the golden ratio
STIR = np.uint64(0xBF58476D1CE4E5B9)  # of SplitMix64


def shingle_hashes(letters: ComparedText, dense_length: int, length: int) -> Hashes:
    """A hash of the letters from each place on, where there are enough of them; empty where there are fewer.

    The hash is a polynomial in BASE modulo 2^64, by differences of its sums from the beginning, of which each letter has a lower power.
    """
    count = len(letters) - length + 1
    if count < 1:
        return np.empty(0, dtype=np.uint64)
    powers, inverses = _powers(1 << len(letters).bit_length())
    sums = np.zeros(len(letters) + 1, dtype=np.uint64)
    np.cumsum(letters.codes * inverses[: len(letters)], out=sums[1:])
    ends = np.arange(count) + np.where(letters.is_dense[:count], dense_length, length)
    hashes = (sums[ends] - sums[:count]) * powers[ends - 1]
    hashes ^= hashes >> np.uint64(29)
    hashes *= STIR
    hashes ^= hashes >> np.uint64(32)
    return hashes


@lru_cache(maxsize=4)
def _powers(count: int) -> tuple[Hashes, Hashes]:
    """BASE to the power of each number below `count`, and of its negative."""
    inverse = np.full(count, pow(int(BASE), -1, 1 << 64), dtype=np.uint64)
    powers = np.full(count, BASE, dtype=np.uint64)
    powers[0] = inverse[0] = 1
    return np.cumprod(powers), np.cumprod(inverse)


def fingerprints(letters: ComparedText) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """The places of the fingerprints of a text, and these, each where it first stands, in the order of their values."""
    places, hashes = placed_fingerprints(letters)
    each, first = np.unique(hashes, return_index=True)
    return places[first], each


def placed_fingerprints(letters: ComparedText) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """The same in the order of the text; one may stand twice."""
    hashes = shingle_hashes(letters, DENSE_SHINGLE, SHINGLE)
    is_dense = letters.is_dense[: len(hashes)]
    places = np.flatnonzero(_are_least(hashes, DENSE_WINDOW, is_dense) | _are_least(hashes, WINDOW, ~is_dense))
    return places, _short(hashes[places])


def _are_least(hashes: Hashes, window: int, begins: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which are the least hash of a window that begins where `begins` says: the greatest least of all windows around them."""
    if len(hashes) < window or not begins.any():  # as of dense scripts in a text that has none
        return np.zeros(len(hashes), dtype=np.bool_)
    least = _of_windows(hashes, window, np.minimum)
    padded = np.zeros(len(hashes) + window - 1, dtype=np.uint64)
    padded[window - 1 : window - 1 + len(least)] = np.where(begins[: len(least)], least, 0)
    found: NDArray[np.bool_] = _of_windows(padded, window, np.maximum) == hashes
    return found


def _of_windows(values: Hashes, window: int, of: np.ufunc) -> Hashes:
    """The least, or the greatest, of `window` values from each place on; by doubling, which is a few operations on the whole text."""
    length, found = 1, values
    while 2 * length <= window:
        found, length = of(found[:-length], found[length:]), 2 * length
    rest = window - length
    return of(found[:-rest], found[rest:]) if rest else found


def _short(hashes: Hashes) -> NDArray[np.uint32]:
    """Their lower half: the upper one says that they were the least."""
    return (hashes & np.uint64(0xFFFFFFFF)).astype(np.uint32)
