"""New articles enter the index: their fingerprints, and the passages that they share with articles before them."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tasks.relation.addresses import address_of
from tasks.relation.alignment import Aligned, Passage, covered, passages, prepare
from tasks.relation.letters import LEAST_EXCERPT, ComparedText, letters_of
from tasks.relation.shingles import SHINGLE, fingerprints, placed_fingerprints
from warehouse.connection import Connection
from warehouse.relating.candidates import DOCS, FOUND, candidates, keep
from warehouse.relating.catching_up import fresh_texts, texts_of

CHUNK = 10_000  # articles at once: the index is read as a whole for each
SIDES = 4_000  # texts that are laid beside each other at once
PREPARED = 500  # texts that are kept ready, of some 60 kB each: many meet the same earlier ones
RELATED = 0.3  # of either text, from which on a pair is kept although no passage of it is an excerpt


def index_chunk(con: Connection, numbers: range) -> None:
    """Enter the articles of these numbers, in one transaction."""
    docs, prints = _fingerprinted(con, numbers)
    pairs = candidates(con, docs, prints)
    keep(con, pl.DataFrame(list(_aligned(con, pairs)), schema=FOUND, orient="row"))


def _fingerprinted(con: Connection, numbers: range) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The articles, and their fingerprints; those that are too short to be compared have none."""
    rows, hashes, owners = [], [np.empty(0, dtype=np.uint32)], [np.empty(0, dtype=np.uint32)]
    for text in fresh_texts(con, numbers):
        letters, address = letters_of(text.folded), address_of(text.url)
        if letters.is_long_enough:
            own = fingerprints(letters)
            hashes.append(own)
            owners.append(np.full(len(own), text.doc, dtype=np.uint32))
        rows.append((text.doc, text.page_id, address.site, address.key, address.pattern, len(letters), letters.is_long_enough))
    prints = pl.DataFrame({"hash": np.concatenate(hashes), "doc": np.concatenate(owners)})
    return pl.DataFrame(rows, schema=DOCS, orient="row"), prints


def _aligned(con: Connection, pairs: Sequence[tuple[int, int]]) -> Iterator[tuple[object, ...]]:
    """The passages of pairs that may be related, as rows of FOUND."""
    for first in range(0, len(pairs), SIDES):
        some = sorted(pairs[first : first + SIDES], key=lambda pair: (pair[1], pair[0]))
        texts = texts_of(con, sorted({doc for pair in some for doc in pair}))
        known: dict[int, Aligned] = {}
        for other, with_other in groupby(some, key=lambda pair: pair[1]):
            beside = prepare(letters_of(texts[other]))
            for one, _ in with_other:
                if len(known) > PREPARED:
                    known.clear()
                if one not in known:
                    known[one] = prepare(letters_of(texts[one]))
                earlier = known[one]
                found = passages(earlier, beside)
                if _is_related(found, len(earlier.letters), len(beside.letters)):
                    yield from _rows((one, other), found, earlier.letters, len(beside.letters))


def _is_related(found: Sequence[Passage], one_letters: int, other_letters: int) -> bool:
    if any(each.weight >= LEAST_EXCERPT for each in found):
        return True
    shares = covered([each[:2] for each in found]) / one_letters, covered([each[2:4] for each in found]) / other_letters
    return max(shares) >= RELATED


def _rows(pair: tuple[int, int], found: Sequence[Passage], earlier: ComparedText, other_letters: int) -> Iterator[tuple[object, ...]]:
    """Each passage with the fingerprints that lie in it, by which a site's frame is told."""
    places, hashes = placed_fingerprints(earlier)
    for each in found:
        yield (*pair, len(earlier), other_letters, *each, _between(places, hashes, each.start, each.end - SHINGLE))


def _between(places: NDArray[np.int64], hashes: NDArray[np.uint32], start: int, end: int) -> list[int]:
    first, last = np.searchsorted(places, start), np.searchsorted(places, end, side="right")
    return [int(value) for value in np.unique(hashes[first:last])]
