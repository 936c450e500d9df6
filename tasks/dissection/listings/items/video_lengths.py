"""Lengths of videos look like times of day; a list of them goes up and down, while a list of stories goes back in time."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tasks.dissection.listings.items.parsed_text import ParsedText

LEAST_ITEMS = 3
LATE_HOUR = 15  # videos beside the news are shorter than 15 minutes, as a rule


def without_lengths(items: list[list[ParsedText]]) -> list[list[ParsedText]]:
    """Bare times of day are left out beside another time, and where the run of them is none of times. Named times stay."""
    clocks = [[part for part in item if _is_bare(part)] for item in items]
    if not any(clocks):
        return items
    firsts = [own[0].printed.clock for own in clocks if own and own[0].printed and own[0].printed.clock]
    is_of_lengths = _is_of_lengths([clock.hour * 60 + clock.minute for clock in firsts if clock])
    return [_without(item) if is_of_lengths or _has_other(item) else item for item in items]


def _is_bare(part: ParsedText) -> bool:
    """A time of day and nothing else, in an element that does not say that it is a time."""
    return part.printed is not None and part.printed.clock is not None and part.hint != "time" and part.piece.tag != "time"


def _has_other(item: Sequence[ParsedText]) -> bool:
    return any(part.machine is not None or (part.printed is not None and not _is_bare(part)) for part in item)


def _is_of_lengths(minutes: Sequence[int]) -> bool:
    if len(minutes) < LEAST_ITEMS or any(minute >= LATE_HOUR * 60 for minute in minutes):
        return False
    # one rise is midnight
    return sum(later > earlier for earlier, later in pairwise(minutes)) > 1


def _without(item: list[ParsedText]) -> list[ParsedText]:
    return [replace(part, printed=None) if _is_bare(part) else part for part in item]
