"""Fingerprints of a text: the least hash of each window of its shingles (winnowing: Schleimer, Wilkerson and Aiken 2003).

Two texts have the same fingerprints wherever they share a passage, be it all of both or a paragraph: MinHash, which compares texts as
wholes, cannot see the paragraph. A passage as long as a window and a shingle surely has one, and as two windows and a shingle two, which
is what a candidate needs. A shingle is as long as the script of its first letter asks for, so that a text in two scripts has those of both.
"""

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
    """A hash of the letters from each place on, where there are enough of them; empty where there are fewer."""
    count = len(letters) - length + 1
    if count < 1:
        return np.empty(0, dtype=np.uint64)
    wide = letters.codes.astype(np.uint64)
    hashes = wide[:count].copy()
    for place in range(1, dense_length):
        hashes *= BASE
        hashes += wide[place : place + count]
    others = ~letters.is_dense[:count]
    if others.any():
        longer = hashes.copy()
        for place in range(dense_length, length):
            longer *= BASE
            longer += wide[place : place + count]
        hashes = np.where(others, longer, hashes)
    hashes ^= hashes >> np.uint64(29)
    hashes *= STIR
    hashes ^= hashes >> np.uint64(32)
    return hashes


def fingerprints(letters: ComparedText) -> NDArray[np.uint32]:
    """The fingerprints of a text, each once, sorted."""
    return np.unique(_short(_least(letters, shingle_hashes(letters, DENSE_SHINGLE, SHINGLE))))


def placed_fingerprints(letters: ComparedText) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """The same with their places, in the order of the text; one may stand twice."""
    hashes = shingle_hashes(letters, DENSE_SHINGLE, SHINGLE)
    places = np.flatnonzero(np.isin(hashes, _least(letters, hashes)))
    return places, _short(hashes[places])


def _least(letters: ComparedText, hashes: Hashes) -> Hashes:
    """The least hash of each window; a window is as long as the script of its first letter asks for."""
    dense = _least_of(hashes, DENSE_WINDOW)
    others = _least_of(hashes, WINDOW)
    return np.unique(np.concatenate((dense[letters.is_dense[: len(dense)]], others[~letters.is_dense[: len(others)]])))


def _least_of(hashes: Hashes, window: int) -> Hashes:
    """The least of `window` hashes from each place on; by doubling, since that is a few operations on the whole text."""
    length, least = 1, hashes
    while 2 * length <= window:
        least, length = np.minimum(least[:-length], least[length:]) if len(least) > length else least[:0], 2 * length
    rest = window - length
    return np.minimum(least[:-rest], least[rest:]) if rest and len(least) > rest else least[: max(0, len(hashes) - window + 1)]


def _short(hashes: Hashes) -> NDArray[np.uint32]:
    """Their lower half: the upper one says that they were the least."""
    return (hashes & np.uint64(0xFFFFFFFF)).astype(np.uint32)
