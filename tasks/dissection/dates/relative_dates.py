"""Dates of an article that are told from the moment of reading, where a crawler has told that: "3 hours ago", 昨天 10:20."""

from collections.abc import Iterator

from tasks.dissection.dates.dated import Dated
from tasks.dissection.dates.places import Surroundings
from tasks.dissection.dates.story_area import story_pieces
from tasks.dissection.listings.items.clock import ListingClock
from tasks.dissection.listings.items.times import PrintedTime, resolve_time
from tasks.dissection.markup.headline import NearText, headline_area
from tasks.dissection.markup.page_locale import Locale
from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.dissection.words.date_labels import label_before
from tasks.dissection.words.dates import Moment, ascii_digits
from tasks.dissection.words.relative_times import relative_in
from tasks.dissection.words.zones import Zone

LONGEST = 80  # characters of a date line; in a longer text it is somebody's yesterday
_OF_A_CHANGE = "modified"
_OF_ITS_OWN = (None, "published", "date", _OF_A_CHANGE)


def relative_dates(page: ParsedPage, body: str | None, locale: Locale, outlet: Zone) -> Iterator[tuple[Dated, bool]]:
    """(date, whether it is of a change) of what is printed near the headline, nearest first and below it before above it. Without the
    time of the capture they tell nothing."""
    if page.observed_at is None:
        return
    area = headline_area(page)
    around, pieces = Surroundings.of(area.heading), area.pieces
    if area.heading is None:
        begins, pieces = story_pieces(page, body)
        around = Surroundings.of(begins, frozenset())
    clock = ListingClock(page.observed_at, None, outlet, locale.language, locale.month_first)
    for piece in sorted(pieces, key=lambda piece: (piece.distance < 0, abs(piece.distance))):
        is_above = piece.distance < 0
        if len(piece.text) > LONGEST or (is_above and around.is_apart(piece.element)):
            continue
        found = _read(piece, clock)
        if found and not around.refusal_of(piece.element, is_above=is_above):
            yield found


def _read(piece: NearText, clock: ListingClock) -> tuple[Dated, bool] | None:
    """A weekday is not taken: it may be that of an event."""
    text = ascii_digits(piece.text)
    relative = relative_in(text, clock.language, hinted=False)
    label = label_before(text, relative.start) if relative else None
    if relative is None or relative.weekday is not None or label not in _OF_ITS_OWN:
        return None
    printed = text[relative.start : relative.end]
    told = resolve_time(PrintedTime(printed, relative.start, relative.end, relative=relative), clock)
    if told.at is None or told.precision == "month":
        return None
    local = told.at.astimezone(clock.zone.tzinfo).replace(tzinfo=None)
    has_clock = told.precision == "minute"
    moment = Moment(local if has_clock else local.replace(hour=0, minute=0, second=0), None, has_clock)
    return Dated("relative", printed, moment), label == _OF_A_CHANGE
