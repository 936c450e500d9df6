"""Fingerprints of a text: those of its shingles whose hash falls into a sample that every text draws alike.

The sample is content-defined (Manber 1994; winnowing is its later form), so that two texts have the same fingerprints wherever they
share a passage, be it all of both or a paragraph: MinHash, which compares texts as wholes, cannot see the paragraph.
"""

import numpy as np
from numpy.typing import NDArray

from tasks.relation.letters import Codes, Measure

Hashes = NDArray[np.uint64]

BASE = np.uint64(0x9E3779B97F4A7C15)  # odd, its bits well mixed: 2^64 by the golden ratio
STIR = np.uint64(0xBF58476D1CE4E5B9)  # of SplitMix64


def shingle_hashes(letters: Codes, length: int) -> Hashes:
    """A hash of the `length` letters at each place; empty where there are fewer."""
    count = len(letters) - length + 1
    if count < 1:
        return np.empty(0, dtype=np.uint64)
    wide = letters.astype(np.uint64)
    hashes = wide[:count].copy()
    for place in range(1, length):
        hashes *= BASE
        hashes += wide[place : place + count]
    hashes ^= hashes >> np.uint64(29)
    hashes *= STIR
    hashes ^= hashes >> np.uint64(32)
    return hashes


def sampled_hashes(letters: Codes, measure: Measure) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """The fingerprints of a text with their places, in its order; one may stand twice."""
    hashes = shingle_hashes(letters, measure.shingle)
    places = np.flatnonzero(hashes % np.uint64(measure.sampled) == 0)
    return places, (hashes[places] >> np.uint64(32)).astype(np.uint32)
