"""New articles enter the index: their fingerprints, and the passages that they share with articles before them."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tasks.relation.addresses import address_of, pattern_of
from tasks.relation.alignment import Aligned, Passage, covered, passages, prepare
from tasks.relation.damage import is_damaged
from tasks.relation.letters import LEAST_EXCERPT, ComparedText, kept_letters
from tasks.relation.meetings import meet
from tasks.relation.prints import prints_from, prints_of
from tasks.relation.shingles import SHINGLE, placed_fingerprints
from tasks.relation.verdicts import may_be_whole
from warehouse.connection import Connection
from warehouse.relating.candidates import DOCS, FOUND, equal_texts, hold, keep
from warehouse.relating.catching_up import fresh_texts, spans_of, texts_end
from warehouse.relating.deciding import EITHER
from warehouse.relating.texts_file import TextsFile, TextSpan

# Articles at once. The index is read as a whole for each time: so the more there are in it, the more enter it, up to what memory allows.
LEAST_AT_ONCE, MOST_AT_ONCE = 4_000, 12_000
KNOWN_AT_ONCE = 25  # articles of the index for each that enters it: then reading these costs a tenth of what the new ones do
NOWHERE = TextSpan(0, 0)  # of a text that is not compared
PREPARED = 64  # texts that are kept ready, of some 100 kB each: many meet the same earlier ones


def at_once(known_count: int) -> int:
    """How many articles enter an index that has so many."""
    return min(max(known_count // KNOWN_AT_ONCE, LEAST_AT_ONCE), MOST_AT_ONCE)


def index_chunk(con: Connection, home: Path, numbers: range) -> None:
    """Enter the articles of these numbers, in one transaction."""
    with TextsFile(home, texts_end(con)) as texts:
        docs, prints, is_dense = _fingerprinted(con, numbers, texts)
        new, held = hold(con, docs, prints)
        met = meet(new, is_dense, held)
        pairs = sorted({*met.pairs, *equal_texts(con)})
        keys = dict(zip([*held.docs.tolist(), *new.docs.tolist()], [*held.key_marks.tolist(), *new.key_marks.tolist()], strict=True))
        found = pl.DataFrame(list(_aligned(con, texts, pairs, keys)), schema=FOUND, orient="row")
    keep(con, prints.with_columns(is_copy=pl.Series(met.is_copy)).filter(pl.Series(met.is_kept)), met.frames, met.touched, found)


def _fingerprinted(con: Connection, numbers: range, texts: TextsFile) -> tuple[pl.DataFrame, pl.DataFrame, NDArray[np.bool_]]:
    """The articles; their fingerprints, with where these stand, in letters; and whether in a dense script. Articles that are too short to
    be compared have none. What is compared is written to `texts`."""
    rows, every = [], [(prints_of(""), 0)]
    for fresh in fresh_texts(con, numbers):
        prints, site = prints_of(fresh.text) if isinstance(fresh.text, str) else prints_from(*fresh.text), address_of(fresh.url).site
        span = texts.add(prints.packed) if prints.has_prints else NOWHERE
        rows.append((fresh.doc, site, pattern_of(fresh.key) if site else None, prints.has_prints, prints.has_lost, *span))
        every.append((prints._replace(packed=b""), fresh.doc))
    texts.settle()
    found = {"hash": np.concatenate([prints.hashes for prints, _ in every])}
    found["doc"] = np.repeat(np.array([doc for _, doc in every], dtype=np.uint32), [len(prints.hashes) for prints, _ in every])
    found["place"] = np.concatenate([prints.places for prints, _ in every])
    return pl.DataFrame(rows, schema=DOCS, orient="row"), pl.DataFrame(found), np.concatenate([prints.is_dense for prints, _ in every])


def _aligned(con: Connection, texts: TextsFile, pairs: Sequence[tuple[int, int]], keys: Mapping[int, int]) -> Iterator[tuple[object, ...]]:
    """The passages of pairs that may be related, as rows of FOUND. `keys`: mark of the page of each."""
    spans = spans_of(con, sorted({doc for pair in pairs for doc in pair})) if pairs else {}

    @lru_cache(maxsize=PREPARED)
    def prepared(doc: int) -> Aligned:
        return prepare(kept_letters(texts.read(spans[doc])))

    for one, other in sorted(pairs, key=lambda pair: (pair[1], pair[0])):
        earlier, beside = prepared(one), prepared(other)
        found = passages(earlier, beside)
        shares = _shares(found, len(earlier.letters), len(beside.letters))
        is_whole = may_be_whole(shares, is_one_page=keys.get(one) == keys.get(other))
        if is_whole or any(each.weight >= LEAST_EXCERPT for each in found):
            told = (one, other, len(earlier.letters), len(beside.letters), is_whole, _damaged_one(one, other, earlier, beside))
            yield from _rows(told, found, earlier.letters)


def _damaged_one(one: int, other: int, earlier: Aligned, beside: Aligned) -> int | None:
    """Which of the two is the other with a little of a mirror's disguise; EITHER where texts alone do not tell which."""
    told = is_damaged(beside.letters, earlier.letters), is_damaged(earlier.letters, beside.letters)
    return {(False, False): None, (True, False): one, (False, True): other, (True, True): EITHER}[told]


def _shares(found: Sequence[Passage], one_letters: int, other_letters: int) -> tuple[float, float]:
    return covered([each[:2] for each in found]) / one_letters, covered([each[2:4] for each in found]) / other_letters


def _rows(pair: tuple[object, ...], found: Sequence[Passage], earlier: ComparedText) -> Iterator[tuple[object, ...]]:
    """Each passage with the fingerprints that lie in it, by which a site's frame is told."""
    places, hashes = placed_fingerprints(earlier)
    for each in found:
        yield (*pair, *each, _between(places, hashes, each.start, each.end - SHINGLE))


def _between(places: NDArray[np.int64], hashes: NDArray[np.uint32], start: int, end: int) -> list[int]:
    first, last = np.searchsorted(places, start), np.searchsorted(places, end, side="right")
    return [int(value) for value in np.unique(hashes[first:last])]
