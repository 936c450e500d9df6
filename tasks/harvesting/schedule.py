"""When a URL is asked again: what changes often is asked often, what has not changed for long is left alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from warehouse.fetches import KnownFetch

HOUR, DAY = 3600, 86_400


@dataclass(frozen=True, slots=True)
class Bounds:
    """Seconds between two requests of one URL: the first interval, and how short and long it becomes."""

    first: int
    least: int
    most: int
    is_settled_at_most: bool = False  # whether one that has not changed for so long is never asked again


# By kind in ops.fetches. An interval is halved by a change and grows by half without one, so lists follow the rhythm of their outlet.
LISTS = Bounds(first=30 * 60, least=10 * 60, most=12 * HOUR)
BOUNDS = {
    "robots": Bounds(first=DAY, least=DAY, most=DAY),  # RFC 9309, 2.4: a copy is kept for 24 hours at most
    "feed": LISTS,
    "sitemap": LISTS,
    "front": LISTS,
    "list": LISTS,
    "page": Bounds(first=DAY, least=6 * HOUR, most=30 * DAY, is_settled_at_most=True),  # corrections come within days
}
GONE = frozenset({410, 451})
TRIED_AGAIN_SECONDS = HOUR  # after a failure of network or server
GROWTH = {"page": 2.0}
LIST_GROWTH = 1.5


def next_interval(kind: str, outcome: str, before: int | None, http_status: int | None = None) -> int | None:
    """Seconds until a URL is asked again that came to this `outcome`; None where it never is. `before`: its last interval."""
    bounds = BOUNDS[kind]
    if outcome in ("new", "redirected") and before is None:
        return bounds.first
    if outcome == "changed":
        return max(bounds.least, (before or bounds.first) // 2)
    if outcome == "failed" or (http_status is not None and (http_status >= 500 or http_status == 429)):
        return TRIED_AGAIN_SECONDS
    if http_status in GONE:
        return None
    grown = int((before or bounds.first) * GROWTH.get(kind, LIST_GROWTH))
    if grown > bounds.most and bounds.is_settled_at_most:
        return None
    return max(bounds.least, min(bounds.most, grown))


def is_changed_since(changed_at: datetime | None, asked_at: datetime, outcome: str, kind: str, now: datetime) -> bool:
    """Whether a sitemap says that a URL was changed after it was asked for, so that it is due at once. A moment that is yet to come is no
    word to rely on. Where the last such word, or the last look, found nothing changed, the next look waits for the shortest interval:
    some sitemaps say of every page that it was changed just now."""
    if changed_at is None or not asked_at < changed_at <= now:
        return False
    return outcome != "unchanged" or now - asked_at >= timedelta(seconds=BOUNDS[kind].least)


def is_left_alone(changed_at: datetime | None, known: KnownFetch, kind: str, now: datetime) -> bool:
    """Whether a page that is due need not be asked for, since its sitemap says that it was changed no later than it was asked for last, and
    that look found it so. Not for longer than the longest interval: a sitemap may be wrong of one page."""
    if changed_at is None or kind != "page" or known.outcome != "unchanged":
        return False
    return changed_at <= known.requested_at and now - known.requested_at < timedelta(seconds=BOUNDS[kind].most)


def is_change_untold(known: KnownFetch) -> bool:
    """Whether the last look found a change of which the sitemap had said nothing: it then named a moment before the look before. That was
    about twice the interval ago, which a change halves."""
    if known.outcome != "changed" or known.lastmod_at is None or known.interval_seconds is None:
        return False
    return known.lastmod_at < known.requested_at - timedelta(seconds=2 * known.interval_seconds + 1)


def due_at(now: datetime, interval: int | None) -> datetime | None:
    """The moment `interval` seconds later."""
    return None if interval is None else now + timedelta(seconds=interval)
