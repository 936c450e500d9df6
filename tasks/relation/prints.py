"""What the index of copies keeps of a text, and needs nothing but the text: computed where it was read, or of the row."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tasks.relation.letters import DENSE_WEIGHT, letters_of
from tasks.relation.shingles import fingerprints
from warehouse.relating.texts_file import packed

LOST = "\ufffd"  # what restoration leaves where bytes are lost for good


class Prints(NamedTuple):
    """Of one text. Of one that is too short to be compared there are no fingerprints, and nothing to compare."""

    has_prints: bool
    has_lost: bool
    packed: bytes  # its letters, as they are kept
    hashes: NDArray[np.uint32]  # fingerprints, sorted
    places: NDArray[np.uint32]  # where each stands, in letters
    is_dense: NDArray[np.bool_]  # and whether in a dense script

    def as_bytes(self) -> tuple[bool, bool, bytes, bytes, bytes, bytes]:
        """For a column of a file."""
        return *self[:3], self.hashes.tobytes(), self.places.tobytes(), self.is_dense.tobytes()


def prints_of(folded: str) -> Prints:
    """In: a folded body."""
    letters = letters_of(folded)
    if not letters.is_long_enough:
        return Prints(False, LOST in folded, b"", np.empty(0, np.uint32), np.empty(0, np.uint32), np.empty(0, np.bool_))
    at, hashes = fingerprints(letters)
    places = (at + (DENSE_WEIGHT - 1) * letters.dense_before[at]).astype(np.uint32)
    return Prints(True, LOST in folded, packed(letters.kept()), hashes, places, letters.is_dense[at])


def prints_from(has_prints: bool, has_lost: bool, text: bytes, *arrays: bytes) -> Prints:
    """What as_bytes has given."""
    hashes, places, is_dense = arrays
    return Prints(
        has_prints, has_lost, text, np.frombuffer(hashes, np.uint32), np.frombuffer(places, np.uint32), np.frombuffer(is_dense, np.bool_)
    )
