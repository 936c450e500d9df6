"""Which articles are laid beside which: each new one meets those before it that have fingerprints in common with it.

One article after the other, in the order of loading, so that it does not matter how many come at once. A fingerprint remembers few
articles, and TELLERS of those that have it from each other: a story on a thousand pages is met in these. What an outlet has at FRAME_PAGES
addresses is its frame, and what stories on COMMON_SITES sites have is furniture, or a phrase of the language: neither makes two articles
meet, unless it is nearly all that there is.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tasks.relation.alignment import goes_on
from warehouse.relating.candidates import Held, NewPrints

HOLDERS = 24  # of a fingerprint that are remembered
FRAME_PAGES = 3  # of a site, from which on what they share is the site's frame, not theirs
COMMON_SITES = 8  # of stories of their own, from which on what they share is nobody's
COMMON = 0.5  # what a fingerprint counts that so many have
LEAST_SHARED = 3  # fingerprints, spread over
SPREAD = 0.4  # of the article, or, closer together,
LEAST_WEIGHT = 3  # of which each counts so much in dense scripts, and in others: a passage as long as an excerpt has four, or five
DENSE_WEIGHT, WEIGHT = 0.75, 0.6
LEAST_SPAN = 60  # letters between the first and the last of them: less is no passage
TELLERS = 3  # articles that tell one story and are remembered for it; more than one, since each may lack something
SAME_PATH = 2  # what an equal path counts besides: a mirror's text may be damaged
MOST_MET = 20  # by one article
COPIED = 0.5  # of an article's fingerprints that another has: what else has these is met through it
NEARLY_ALL = 0.8  # of an article's fingerprints: a text that a site has at three addresses is no frame

Numbers = NDArray[np.int64]
Marks = NDArray[np.bool_]


@dataclass
class Meetings:
    """What came of it. Documents are told by their numbers in the index."""

    pairs: list[tuple[int, int]] = field(default_factory=list)  # the earlier first
    is_kept: Marks = field(default_factory=lambda: np.empty(0, dtype=np.bool_))  # of the new fingerprints: whether the index remembers it,
    is_copy: Marks = field(default_factory=lambda: np.empty(0, dtype=np.bool_))  # and whether the article has it from another
    frames: list[tuple[int, int, int]] = field(default_factory=list)  # (hash, mark of the site, or 0 of all, article since)
    touched: set[int] = field(default_factory=set)  # articles of which something is a frame from now on


def meet(new: NewPrints, is_dense: Marks, held: Held) -> Meetings:
    """Who meets whom, and what the index is to remember of it. `is_dense`: whether the new fingerprints stand in a dense script."""
    room = _Room(new, is_dense, held)
    for place in range(len(new.docs)):
        room.enter(place)
    room.met.touched = {int(doc) for doc in room.docs[sorted(room.touched)]}
    return room.met


class _Room:
    """The fingerprints that more than one article has, with those who have them: a row of `slots` for each."""

    def __init__(self, new: NewPrints, is_dense: Marks, held: Held) -> None:
        every, group, counts = np.unique(new.hashes, return_inverse=True, return_counts=True)
        is_shared = np.isin(every, held.hashes) | (counts > 1)
        self.hashes = every[is_shared]
        self.group: Numbers = np.where(is_shared, np.cumsum(is_shared) - 1, -1)[group]  # of each new fingerprint; -1: nobody else has it
        self.places = new.places.astype(np.int64)
        self.weights = np.where(is_dense, DENSE_WEIGHT, WEIGHT)
        self.before = len(held.docs)
        self.first = np.searchsorted(new.owners, np.append(new.docs, new.docs[-1] + 1))  # where the fingerprints of each begin
        self.docs = np.concatenate((held.docs, new.docs))
        self.marks = np.concatenate((held.site_marks, new.site_marks))
        self.site = np.unique(self.marks, return_inverse=True)[1].astype(np.int32) + 1
        self.key = np.concatenate((held.key_marks, new.key_marks))
        self.path = np.concatenate((held.path_marks, new.path_marks))
        self.slots = np.full((len(self.hashes), HOLDERS), -1, dtype=np.int32)
        self.is_framed = np.zeros((len(self.hashes), HOLDERS), dtype=np.bool_)
        rows = np.searchsorted(self.hashes, held.hashes)
        columns = np.arange(len(rows)) - np.searchsorted(held.hashes, held.hashes)
        self.slots[rows, columns] = np.searchsorted(held.docs, held.owners)
        self.is_framed[rows, columns] = held.is_framed
        self.stands = np.zeros_like(self.slots)  # where it stands in the article of each slot
        self.stands[rows, columns] = held.places
        self.is_copy = np.zeros_like(self.is_framed)
        self.is_copy[rows, columns] = held.is_copy
        self.count = np.bincount(rows, minlength=len(self.hashes))
        self.is_common = np.zeros(len(self.hashes), dtype=np.bool_)
        full = np.flatnonzero(self.count >= COMMON_SITES)
        self.is_common[full] = self._sites(full) >= COMMON_SITES
        self.met = Meetings(is_kept=np.ones(len(new.hashes), dtype=np.bool_), is_copy=np.zeros(len(new.hashes), dtype=np.bool_))
        self.touched: set[int] = set()

    def enter(self, place: int) -> None:
        """One new article: whom it meets, and what is remembered of it."""
        here = self.before + place
        rows = np.arange(self.first[place], self.first[place + 1])
        shared = rows[self.group[rows] >= 0]
        if not len(shared):
            return
        groups = self.group[shared]
        most = int(self.count[groups].max())  # slots behind these are empty
        holders, is_framed = self.slots[groups, :most], self.is_framed[groups, :most]
        is_there = holders >= 0
        is_own_site = is_there & (self.site[holders] == self.site[here])
        is_own_frame = (is_own_site & is_framed).any(axis=1)
        is_open = is_there
        if np.count_nonzero(is_own_frame) < NEARLY_ALL * len(rows):
            is_open = is_there & ~is_framed & ~is_own_frame[:, None]
        told, is_told_elsewhere = self._meet(here, shared, rows, holders, is_open)
        becomes_frame = self._frame(here, groups, holders, is_own_site & ~is_own_frame[:, None])
        is_kept = ~is_told_elsewhere & ~is_own_frame & ~becomes_frame & ~self.is_common[groups] & (self.count[groups] < HOLDERS)
        self.met.is_kept[shared], self.met.is_copy[shared] = is_kept, told > 0
        self._remember(here, groups[is_kept], told[is_kept] > 0, self.places[shared[is_kept]])

    def _meet(self, here: int, shared: Numbers, rows: Numbers, holders: NDArray[np.int32], is_open: Marks) -> tuple[Numbers, Marks]:
        """Those with most in common first. Of each fingerprint: how many it is had from that are copies as a whole, and whether so many
        of these are remembered that nobody needs to know this article for it."""
        groups = self.group[shared]
        told, is_told_elsewhere = np.zeros(len(groups), dtype=np.int64), np.zeros(len(groups), dtype=np.bool_)
        met: list[int] = []
        while is_open.any() and len(met) < MOST_MET:
            others = [other for other in self._ranked(here, shared, rows, holders, is_open) if other not in met]
            if not others:
                break
            of_best = (holders == others[0]).any(axis=1)
            if np.count_nonzero(of_best) < COPIED * len(rows):
                met += others
                break
            met.append(others[0])
            told += of_best
            is_open = is_open & (told < TELLERS)[:, None]
            if self.site[others[0]] != self.site[here] or self.key[others[0]] == self.key[here]:
                is_told_elsewhere |= told >= TELLERS
        number = int(self.docs[here])
        self.met.pairs += [(int(self.docs[other]), number) for other in met[:MOST_MET]]
        return told, is_told_elsewhere

    def _ranked(self, here: int, shared: Numbers, rows: Numbers, holders: NDArray[np.int32], is_open: Marks) -> list[int]:
        """Those who have enough in common with it, the most first; of two with as much the earlier."""
        others = holders[is_open]
        if np.count_nonzero(is_open.any(axis=1)) < LEAST_SHARED and not (self.path[others] == self.path[here]).any():
            return []  # as of most articles in a large index: a fingerprint in fifty is there by chance

        def spread(values: NDArray[Any]) -> NDArray[Any]:
            return np.broadcast_to(values[:, None], holders.shape)[is_open]

        found, inverse = np.unique(others, return_inverse=True)
        counts = np.where(self.is_common[self.group[shared]], COMMON, 1.0)
        of_path = SAME_PATH * (self.path[found] == self.path[here])
        scores = np.bincount(inverse, spread(counts)) + of_path
        weights = np.bincount(inverse, spread(counts * self.weights[shared])) + of_path
        places = spread(self.places[shared])
        first, last = np.full(len(found), np.iinfo(np.int64).max), np.zeros(len(found), dtype=np.int64)
        np.minimum.at(first, inverse, places)
        np.maximum.at(last, inverse, places)
        is_spread = last - first >= SPREAD * np.ptp(self.places[rows])
        is_enough = (scores >= LEAST_SHARED) & (last - first >= LEAST_SPAN) & (is_spread | (weights >= LEAST_WEIGHT))
        if is_enough.any():
            begins = np.flatnonzero(of_path)  # a mirror's text begins where its origin's does
            stands = self.stands[self.group[shared], : holders.shape[1]][is_open]
            is_enough &= goes_on(np.append(inverse, begins), np.append(places, 0 * begins), np.append(stands, 0 * begins))
        return [int(found[at]) for at in np.argsort(-scores, kind="stable") if is_enough[at]]

    def _frame(self, here: int, groups: Numbers, holders: NDArray[np.int32], is_own_site: Marks) -> Marks:
        """Of which fingerprints this is the address that makes them a frame of its site."""
        if not is_own_site.any():
            return np.zeros(len(groups), dtype=np.bool_)
        keys = self.key[holders]
        is_other = is_own_site & (keys != self.key[here])
        least = np.where(is_other, keys, np.iinfo(keys.dtype).max).min(axis=1)
        becomes: Marks = (is_other.sum(axis=1) >= FRAME_PAGES - 1) & (np.where(is_other, keys, 0).max(axis=1) != least)
        if becomes.any():
            self.is_framed[groups[becomes], : holders.shape[1]] |= is_own_site[becomes]
            self._tell(groups[becomes], int(self.marks[here]), here, holders[becomes][is_own_site[becomes]])
        return becomes

    def _remember(self, here: int, groups: Numbers, is_copy: Marks, places: Numbers) -> None:
        """Enter the article as one who has these fingerprints; what has become common by that is told."""
        if not len(groups):
            return
        self.slots[groups, self.count[groups]] = here
        self.is_copy[groups, self.count[groups]] = is_copy
        self.stands[groups, self.count[groups]] = places
        self.count[groups] += 1
        full = groups[self.count[groups] >= COMMON_SITES]
        common = full[self._sites(full) >= COMMON_SITES]
        if len(common):
            self.is_common[common] = True
            holders = self.slots[common]
            self._tell(common, 0, here, holders[holders >= 0])

    def _tell(self, groups: Numbers, site_mark: int, here: int, holders: NDArray[np.int32]) -> None:
        since = int(self.docs[here])
        self.met.frames += [(int(value), site_mark, since) for value in self.hashes[groups]]
        self.touched.update(holders.tolist(), [here])

    def _sites(self, groups: Numbers) -> Numbers:
        """On how many sites those are who have these fingerprints, and not from each other."""
        is_own = (self.slots[groups] >= 0) & ~self.is_copy[groups]
        sites = np.sort(np.where(is_own, self.site[self.slots[groups]], 0), axis=1)
        distinct: Numbers = (np.diff(sites, axis=1) != 0).sum(axis=1) + (sites[:, 0] != 0)
        return distinct
