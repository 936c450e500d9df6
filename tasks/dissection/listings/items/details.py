"""Times, topics, counts and ranks that are printed beside the headlines of a listing."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from tasks.dissection.findings import ListingItem
from tasks.dissection.listings.found import FoundItem
from tasks.dissection.listings.items.clock import ListingClock
from tasks.dissection.listings.items.parsed_text import ParsedText, parse_text
from tasks.dissection.listings.items.ranks import ranks_of, without_ranks
from tasks.dissection.listings.items.times import ResolvedTime, find_time, resolve_time
from tasks.dissection.listings.items.topics import topics_of
from tasks.dissection.listings.items.video_lengths import without_lengths
from tasks.dissection.words.count_words import kind_counted, kind_of_label

WORD_CHARS = 16  # of a text that is only the word for what a number beside it counts
_COLUMNS = {"comment": "comment_count", "like": "like_count", "read": "read_count"}
_UNTOLD = ResolvedTime("")
_TRUSTED = ("machine", "printed", "relative", "completed")  # how an instant is told, the most certain first

Address = Callable[[str | None], str | None]


def _as_in_page(href: str | None) -> str | None:
    return href


def read_items(
    items: Sequence[FoundItem], label: str | None, names: str, clock: ListingClock, absolute: Address = _as_in_page
) -> list[ListingItem]:
    """An item for each found one, in the same order, its `url` as `absolute` makes it of that in the page.

    Read together, since columns are told by their run: bare numbers from 1 to n are ranks, times of day that go up and down
    are lengths of videos, a text at every item is not the topic of one.
    """
    apart = without_lengths([_parts(item, clock) for item in items])
    headlines, glued = without_ranks([item.headline for item in items])
    ranks = ranks_of(apart)
    topics = topics_of(apart, items, headlines, label)
    counted = kind_of_label(label) if label else None
    if counted is None and names:
        named = kind_counted(names)
        counted = named if named in _COLUMNS else None
    return [
        _item(absolute(item.href), headline, parts, (stuck if rank is None else rank), topic, counted, clock)
        for item, headline, parts, rank, stuck, topic in zip(items, headlines, apart, ranks, glued, topics, strict=True)
    ]


def _item(
    url: str | None,
    headline: str,
    parts: Sequence[ParsedText],
    rank: int | None,
    topic: str | None,
    counted: str | None,
    clock: ListingClock,
) -> ListingItem:
    if not parts:
        return ListingItem(headline, url, rank=rank)
    told = _time(parts, clock) or _UNTOLD
    return ListingItem(
        headline,
        url,
        listed_at=told.at,
        listed_zone=told.zone,
        listed_precision=told.precision,
        listed_source=told.source,
        listed_text=told.text or None,
        topic=topic,
        rank=rank,
        **_counts(parts, rank, counted),
    )


def _parts(item: FoundItem, clock: ListingClock) -> list[ParsedText]:
    parts = [*(parse_text(piece, True, clock) for piece in item.before), *(parse_text(piece, False, clock) for piece in item.after)]
    for day, time in pairwise(parts):
        if day.printed is not None and time.printed is not None and time.printed.clock is not None and day.printed.is_day:
            day.printed = find_time(f"{day.printed.text} {time.printed.text}", clock.language, clock.month_first, True) or day.printed
            time.printed = None
    return parts


def _counts(parts: Sequence[ParsedText], rank: int | None, counted: str | None) -> dict[str, int]:
    """Counts by column, the first of each kind. A bare number is told by its class names, by a text beside it, or by the label."""
    found: dict[str, int] = {}
    for index, part in enumerate(parts):
        for count in part.counts:
            if column := _COLUMNS.get(count.kind or ""):
                found.setdefault(column, count.value)
        if part.number is None or (part.number == rank and part.is_before):
            continue
        kind = kind_counted(part.piece.names) if part.piece.names else None
        if kind not in _COLUMNS:
            kind = None if kind == "other" else _word_beside(parts, index) or counted
        if kind in _COLUMNS:
            found.setdefault(_COLUMNS[kind], part.number)
    return found


def _word_beside(parts: Sequence[ParsedText], index: int) -> str | None:
    """What the text right before or behind a bare number says it counts."""
    for near in (index - 1, index + 1):
        if 0 <= near < len(parts) and len(text := parts[near].piece.text) <= WORD_CHARS and (kind := kind_of_label(text)):
            return kind
    return None


def _time(parts: Sequence[ParsedText], clock: ListingClock) -> ResolvedTime | None:
    """The most certain time of an item. That of a change counts only where no other is told; a text alone is kept as printed."""
    told = list(_times(parts, clock))
    if not told:
        return None
    certain = [one for one in told if one.at is not None]
    if not certain:
        return told[0]
    best = min(certain, key=lambda one: _TRUSTED.index(one.source or "completed"))
    if best.precision == "day":
        return next((one for one in certain if one.precision == "minute" and _is_same_day(one, best)), best)
    return best


def _is_same_day(one: ResolvedTime, other: ResolvedTime) -> bool:
    return one.at is not None and other.at is not None and abs((one.at - other.at).total_seconds()) < 86_400


def _times(parts: Sequence[ParsedText], clock: ListingClock) -> Iterator[ResolvedTime]:
    stated = [part for part in parts if part.machine or part.printed]
    for part in sorted(stated, key=lambda part: part.is_change):
        if part.machine is not None:
            yield resolve_time(part.machine, clock, "machine", text=part.printed.text if part.printed else None)
        if part.printed is not None:
            yield resolve_time(part.printed, clock)
