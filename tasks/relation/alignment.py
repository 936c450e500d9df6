"""Two texts laid beside each other: the passages that they have in common, with room for misread letters between.

Anchors are short shingles that both have. Anchors that follow each other closely in both texts make a passage; one that stands alone
is chance.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tasks.relation.letters import LEAST_PASSAGE, Codes, ComparedText, Places
from tasks.relation.shingles import Hashes, shingle_hashes

DENSE_ANCHOR, ANCHOR = 5, 8  # letters; shorter than shingles of the index: texts with misread letters still have some in common
GAP = 64  # letters between two anchors of one passage: at one letter in ten misread, nearly all gaps are shorter
PLACE_BITS = 24  # of the number of an anchor that tell its place: no page has a text of 16 million letters
PLACE = np.uint64((1 << PLACE_BITS) - 1)
DRIFT = 16  # letters that one text may have more than the other in such a gap
# The same between two fingerprints, which are farther apart: and so much more by the letter of the way, up to so many. Of texts with the
# same words in another order no two are as near.
DRIFT_SHARE, MOST_DRIFT = 0.25, 96


class Aligned(NamedTuple):
    """A text prepared for comparison with many."""

    letters: ComparedText
    keys: Hashes  # of its anchors, sorted
    places: NDArray[np.int32]  # where each of the keys stands


class Passage(NamedTuple):
    """What stands in both texts, in letters from their beginnings; ends are behind the last."""

    start: int
    end: int
    other_start: int
    other_end: int
    weight: int  # how much of what it says stands in both, in letters


def prepare(letters: ComparedText) -> Aligned:
    """The anchors of a text: what stands in it once, since of a phrase that it repeats nobody could say which one the other text has.

    Of a text that says nearly everything twice, where it stands first.
    """
    hashes = shingle_hashes(letters, DENSE_ANCHOR, ANCHOR)[: 1 << PLACE_BITS]
    placed = np.sort(hashes & ~PLACE | np.arange(len(hashes), dtype=np.uint64))  # hash and place in one number sort ten times as fast
    keys, places = placed >> np.uint64(PLACE_BITS), (placed & PLACE).astype(np.int32)
    is_first = np.ones(len(keys) + 1, dtype=np.bool_)
    is_first[1:-1] = keys[1:] != keys[:-1]
    once = is_first[:-1] & is_first[1:]
    kept = once if 2 * np.count_nonzero(once) > len(keys) else is_first[:-1]
    return Aligned(letters, keys[kept], places[kept])


def passages(one: Aligned, other: Aligned) -> list[Passage]:
    """What both have, in the order of `other`."""
    if not len(one.keys) or not len(other.keys):
        return []
    at = np.minimum(np.searchsorted(one.keys, other.keys), len(one.keys) - 1)
    common = np.flatnonzero(one.keys[at] == other.keys)
    common = common[np.argsort(other.places[common])]
    here, there = one.places[at[common]], other.places[common]
    for _ in range(2):  # what chance has put between two anchors of a passage is taken out first
        if len(here) < 2:
            return []
        follows = _follows(here, there)
        kept = np.concatenate(([False], follows)) | np.concatenate((follows, [False]))
        here, there = here[kept], there[kept]
    if not len(here):
        return []
    bounds = np.flatnonzero(~_follows(here, there)) + 1
    starts, ends = np.concatenate(([0], bounds)), np.concatenate((bounds, [len(here)]))
    low, high = np.minimum.reduceat(here, starts), np.maximum.reduceat(here, starts)
    first, last = there[starts], there[ends - 1]
    high, last = _ends(one.letters, high), _ends(other.letters, last)
    is_long = np.minimum(one.letters.weights(low, high), other.letters.weights(first, last)) >= LEAST_PASSAGE
    found = np.stack((low, high, first, last, starts, ends), axis=1)[is_long]
    return [
        _extended(one.letters, other.letters, (start, end, other_start, other_end), here[begin:stop], there[begin:stop])
        for start, end, other_start, other_end, begin, stop in found.tolist()
    ]


def _extended(one: ComparedText, other: ComparedText, bounds: tuple[int, int, int, int], here: Places, there: Places) -> Passage:
    """The passage with what is letter by letter alike around it: anchors of what a text repeats are not there to tell. `here`, `there`:
    where its anchors stand in either text."""
    start, end, other_start, other_end = bounds
    before = alike(one.codes[:start][::-1], other.codes[:other_start][::-1])
    behind = alike(one.codes[end:], other.codes[other_end:])
    start, end, other_start, other_end = start - before, end + behind, other_start - before, other_end + behind
    return Passage(start, end, other_start, other_end, _said(one, other, range(other_start, other_end), here, there))


def _said(one: ComparedText, other: ComparedText, passage: range, here: Places, there: Places) -> int:
    """How much of a passage stands in both texts: two sentences that both have, with others between them that only look as long, say what
    the two say. `passage`: in `other`. A letter is looked for as far behind the last anchor before it as it stands there."""
    reaches = np.diff(np.concatenate(([passage.start], there[1:], [passage.stop])))  # of each anchor, up to the next one
    at = np.minimum(np.arange(passage.start, passage.stop) + np.repeat(here - there, reaches), len(one) - 1)
    beside = slice(passage.start, passage.stop)
    is_alike = one.codes[at] == other.codes[beside]
    return int(np.minimum(one.says[at], other.says[beside])[is_alike].sum())


def alike(one: Codes, other: Codes) -> int:
    """How many letters are alike, from the first on."""
    count = min(len(one), len(other))
    if not count or one[0] != other[0]:
        return 0
    differs = one[:count] != other[:count]
    return int(differs.argmax()) if differs.any() else count


def _ends(letters: ComparedText, anchors: NDArray[np.int32]) -> NDArray[np.int32]:
    """Where these anchors end."""
    lengths = np.where(letters.is_dense[anchors], np.int32(DENSE_ANCHOR), np.int32(ANCHOR))
    return anchors + lengths


def _follows(here: NDArray[np.int32], there: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Of each anchor but the last, whether the next one goes on with its passage."""
    steps = np.diff(there)
    close: NDArray[np.bool_] = (steps <= GAP) & (np.abs(np.diff(here) - steps) <= DRIFT)
    return close


def covered(spans: list[tuple[int, int]]) -> int:
    """ComparedText that lie in any of the spans."""
    total, reached = 0, 0
    for start, end in sorted(spans):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


def goes_on(owners: NDArray[np.int64], places: NDArray[np.int64], stands: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Of each of many texts whether a passage goes on, in it and in one that all are compared with, from one fingerprint to the next.

    In: of each fingerprint that both have, the number of the text, where it stands in the one, and where in that text.
    """
    order = np.lexsort((places, owners))
    owners, here, there = owners[order], places[order], stands[order].astype(np.int64)
    way = np.diff(here)
    is_near = np.abs(np.diff(there) - way) <= np.minimum(DRIFT + DRIFT_SHARE * way, MOST_DRIFT)
    found: NDArray[np.bool_] = np.bincount(owners[1:][is_near & (owners[1:] == owners[:-1])], minlength=int(owners[-1]) + 1) > 0
    return found
