"""Texts as they are compared: letters and digits of the folded body, without what separates them.

A character of a dense script says about as much as three letters do. Lengths that decide are told in letters, of which such a character
is DENSE_WEIGHT. A label, as a button of a player has one, says nothing, whoever else has it.
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
MOST_LABEL = 20  # letters of a line without a mark at its end that is a label; no excerpt of real pages was lost by it
LINE_END = ord("\n")


class ComparedText(NamedTuple):
    """The letters of a text."""

    codes: Codes
    is_dense: NDArray[np.bool_]
    dense_before: Places  # how many dense ones stand before each place; one more than there are letters
    says: NDArray[np.uint8]  # how much each says, in letters: nothing in a label

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

    def kept(self) -> str:
        """What the index keeps of it, for kept_letters: its letters, with a line end before and behind labels."""
        is_label = self.says == 0
        bounds = np.flatnonzero(np.diff(is_label, prepend=False, append=False))
        return np.insert(self.codes, bounds, LINE_END).tobytes().decode("utf-32-le")


def letters_of(folded: str) -> ComparedText:
    """Code points of the letters and digits of a folded text, of which lines are paragraphs."""
    every = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds = _kinds()[every]
    kept = kinds > 0
    return _compared(every[kept], kinds[kept], _in_labels(every, kinds)[kept])


def kept_letters(kept: str) -> ComparedText:
    """The same of what the index keeps."""
    every = np.frombuffer(kept.encode("utf-32-le"), dtype=np.uint32)
    is_bound = every == LINE_END
    in_labels = np.cumsum(is_bound) % 2 == 1
    codes = every[~is_bound]
    return _compared(codes, _kinds()[codes], in_labels[~is_bound])


def _compared(codes: Codes, kinds: NDArray[np.uint8], in_labels: NDArray[np.bool_]) -> ComparedText:
    is_dense = kinds == DENSE_KIND
    before = np.zeros(len(codes) + 1, dtype=np.int32)
    np.cumsum(is_dense, out=before[1:])
    return ComparedText(codes, is_dense, before, np.where(in_labels, 0, 1 + (DENSE_WEIGHT - 1) * is_dense).astype(np.uint8))


def _in_labels(every: Codes, kinds: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which characters stand in short lines that a letter or digit ends."""
    ends = np.append(np.flatnonzero(every == LINE_END), len(every))
    lengths = np.diff(ends, prepend=-1) - 1
    before = np.zeros(len(every) + 1, dtype=np.int64)
    np.cumsum(np.where(kinds == DENSE_KIND, DENSE_WEIGHT, kinds), out=before[1:])
    is_label = (lengths > 0) & (np.diff(before[ends], prepend=0) <= MOST_LABEL)
    is_label[is_label] = kinds[ends[is_label] - 1] > 0
    return np.repeat(is_label, lengths + 1)[: len(every)]


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
