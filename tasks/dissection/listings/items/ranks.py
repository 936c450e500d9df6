"""Ranks printed before headlines: told by their run, since a single number may count anything."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from tasks.dissection.listings.items.parsed_text import ParsedText
from tasks.dissection.words.count_words import kind_counted
from tasks.dissection.words.dates import ascii_digits

LEAST_ITEMS = 3  # two numbers in order may be chance
MOST_COLUMNS = 2  # of bare numbers at one side of a headline: a rank and a count
LEAST_SHARE = 0.8  # of the printed numbers have to be in order: advertisements between the items have none
_NAMED = re.compile(r"(?<![a-z])(?:rank|ranking|top|num|no|number)[-_]?(\d{1,2})(?![\w.])", re.IGNORECASE)
# "1. Headline", "01 Headline", "第1位 Headline", "#1 Headline": a number before the headline and what parts it.
_GLUED = re.compile(
    r"(?:第|no\.?\s?|nr\.?\s?|№\s?|#)?(\d{1,3})(?:\s?(?:位|위|[.．、:：)）\]】])(?!\d)\s?|\s+|(?<=0\d)(?=\D))(?=\S{2})", re.IGNORECASE
)


def ranks_of(items: Sequence[Sequence[ParsedText]]) -> list[int | None]:
    """The rank of each item, from the first column of bare numbers that counts up with the items; all None without one."""
    for is_before in (True, False):
        numbers = [[part.number for part in item if part.number is not None and part.is_before == is_before] for item in items]
        for index in range(min(MOST_COLUMNS, max(map(len, numbers), default=0))):
            column = [own[index] if index < len(own) else None for own in numbers]
            is_named = not is_before or len(items) < LEAST_ITEMS
            if _counts_up(column, 2 if is_named else LEAST_ITEMS) and (not is_named or _is_named(items)):
                return column
    named = [_in_names(item) for item in items]
    return named if _counts_up(named, LEAST_ITEMS) else [None] * len(items)


def _in_names(item: Sequence[ParsedText]) -> int | None:
    """The rank that a style sheet draws by the class of the item: rank1, top-3."""
    return next((rank for part in item if part.piece.names and (rank := _rank_of_names(part.piece.names))), None)


@lru_cache(maxsize=4096)
def _rank_of_names(names: str) -> int | None:
    match = _NAMED.search(names)
    return int(match[1]) if match else None


def _is_named(items: Sequence[Sequence[ParsedText]]) -> bool:
    return all(any(part.number is not None and kind_counted(part.piece.names) == "rank" for part in item) for item in items)


def _counts_up(column: Sequence[int | None], least: int) -> bool:
    """Whether the numbers grow by one from item to item, wherever they begin; tabs of rankings, one behind the other, begin again."""
    starts = [0, *(place for place, number in enumerate(column) if number == 1 and place >= LEAST_ITEMS), len(column)]
    return all(_is_run(column[start:end], least) for start, end in pairwise(starts))


def _is_run(column: Sequence[int | None], least: int) -> bool:
    shifts = Counter(number - place for place, number in enumerate(column) if number is not None)
    if not shifts or sum(shifts.values()) < least:
        return False
    shift, agreeing = shifts.most_common(1)[0]
    return agreeing >= least and agreeing >= LEAST_SHARE * sum(shifts.values()) and shift >= 1


def without_ranks(headlines: Sequence[str]) -> tuple[list[str], list[int | None]]:
    """Headlines without the ranks that are glued to them, and those ranks; as they are where the run does not count up."""
    matches = [_GLUED.match(ascii_digits(headline)) for headline in headlines]
    column = [int(match[1]) if match else None for match in matches]
    if sum(number is not None for number in column) < LEAST_SHARE * len(headlines) or not _counts_up(column, LEAST_ITEMS):
        return list(headlines), [None] * len(headlines)
    rests = [headline[match.end() :] if match else headline for headline, match in zip(headlines, matches, strict=True)]
    return rests, column
