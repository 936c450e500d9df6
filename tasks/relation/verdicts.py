"""What the passages that two articles share mean: one is a copy of the other as a whole, or has an excerpt of it, or neither."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from tasks.relation.alignment import covered
from tasks.relation.letters import LEAST_EXCERPT
from warehouse.relating.deciding import Shared

COPIED = 0.6  # of the copy's letters, from which on it is one as a whole
OF_ORIGIN = 0.55  # of the origin's letters besides: what has less of it is an excerpt
OF_ORIGIN_CUT = 0.4  # the same for one that begins as the origin does, and breaks off
OF_NOTHING_ELSE = 0.2  # the same for one that begins so and has nothing else: the origin may have a foot as long as its text
SAME_TEXT = 0.9  # of both: the same text, also where a site has it so often that it looks like its frame
FRAMED = 0.5  # share of a passage from which on it is the frame of a site, and no part of either story
COMMON = 0.8  # share of a passage from which on it is furniture that many sites have, and no excerpt
AT_END = 24  # letters from the end of a text that still are its end
BEGINNING = 0.1  # share of a text that still is its beginning,
HEADLINE = 80  # and letters that may stand before it
OF_REVISION = (0.3, 0.6)  # least of the one and of the other that two captures of one address have in common


class Verdict(NamedTuple):
    """How two articles are related by their texts. Shares are of letters, 0..1."""

    one: int
    other: int
    one_share: float
    other_share: float
    is_whole: bool
    one_spans: tuple[tuple[int, int], ...]  # what is shared, in letters of `one`
    other_spans: tuple[tuple[int, int], ...]
    damaged: int | None  # the one that is the other with a little of a disguise, or EITHER


def may_be_whole(shares: tuple[float, float], *, is_one_page: bool) -> bool:
    """Whether two articles may turn out to be copies as a whole. `shares`: of letters, frames included, which make them larger alone."""
    low, high = min(shares), max(shares)
    is_copy = (high >= COPIED and low >= OF_ORIGIN_CUT) or (high >= SAME_TEXT and low >= OF_NOTHING_ELSE)
    return is_copy or (is_one_page and (low >= OF_REVISION[0] or high >= OF_REVISION[1]))


def sides(verdict: Verdict, doc: int) -> tuple[float, float]:
    """Share of this article first."""
    shares = (verdict.one_share, verdict.other_share) if verdict.one == doc else (verdict.other_share, verdict.one_share)
    return round(shares[0], 4), round(shares[1], 4)


def verdicts(shared: Sequence[Shared], keys: dict[int, str], sites: dict[int, str]) -> list[Verdict]:
    """Of all pairs; those that are not related after all are left out. `keys`, `sites`: by number of the article.

    Between two articles of one site no excerpt is claimed: an outlet repeats its own background, players and notices.
    """
    found = []
    for (one, other), passages in groupby(shared, key=lambda each: (each.one, each.other)):
        verdict = _judge(list(passages), is_one_page=keys[one] == keys[other], is_one_site=sites[one] == sites[other])
        found += [verdict] if verdict else []
    return found


def _judge(passages: list[Shared], *, is_one_page: bool, is_one_site: bool) -> Verdict | None:
    first = passages[0]
    whole = _shares(passages, first, framed=0)
    own = [each for each in passages if each.framed_share < FRAMED]
    framed = [each for each in passages if each.framed_share >= FRAMED]
    if min(whole) >= SAME_TEXT or is_one_page:
        own, shares = passages, whole
    else:
        shares = _shares(own, first, framed=covered([(p.one_start, p.one_end) for p in framed]))
    if not own:
        return None
    is_whole = min(shares) >= SAME_TEXT or _is_copy(own, shares)
    if is_one_page:
        is_whole |= min(shares) >= OF_REVISION[0] or max(shares) >= OF_REVISION[1]
    if not is_whole and (is_one_site or not any(_is_excerpt(each, shares) for each in own)):
        return None
    one_spans, other_spans = tuple((p.one_start, p.one_end) for p in own), tuple((p.other_start, p.other_end) for p in own)
    return Verdict(first.one, first.other, *shares, is_whole, one_spans, other_spans, first.damaged)


def _shares(passages: Sequence[Shared], first: Shared, framed: int) -> tuple[float, float]:
    """Shares of the two texts that the passages are, the frame of their sites left out of both."""
    one, other = covered([(p.one_start, p.one_end) for p in passages]), covered([(p.other_start, p.other_end) for p in passages])
    return min(1.0, one / max(first.one_letters - framed, 1)), min(1.0, other / max(first.other_letters - framed, 1))


def _is_copy(own: Sequence[Shared], shares: tuple[float, float]) -> bool:
    """Whether either is a copy of the other as a whole. One that breaks off begins as its origin does."""
    begins = min(p.one_start for p in own) <= max(BEGINNING * own[0].one_letters, HEADLINE) and min(p.other_start for p in own) <= max(
        BEGINNING * own[0].other_letters, HEADLINE
    )
    if begins and max(shares) >= SAME_TEXT:
        return min(shares) >= OF_NOTHING_ELSE
    return max(shares) >= COPIED and min(shares) >= (OF_ORIGIN_CUT if begins else OF_ORIGIN)


def _is_excerpt(passage: Shared, shares: tuple[float, float]) -> bool:
    """Whether a passage is long enough, and not a foot that both texts have."""
    if passage.weight < LEAST_EXCERPT or passage.common_share >= COMMON:
        return False
    ends = passage.one_letters - passage.one_end <= AT_END and passage.other_letters - passage.other_end <= AT_END
    return not ends or max(shares) >= SAME_TEXT  # a text that is nothing but the passage
